// Package standalone executes an activity from a client, without a workflow.
package standalone

import (
	"context"
	"database/sql"
	"time"

	"go.temporal.io/sdk/client"
)

// Mailer keeps mails.
type Mailer struct{ db *sql.DB }

// Enqueue is an activity because Send executes it.
func (m *Mailer) Enqueue(ctx context.Context, to string) error {
	_, err := m.db.ExecContext(ctx, "INSERT INTO mails (recipient) VALUES ($1)", to) // want `INSERT into mails without.*Enqueue`
	return err
}

// Count is plain Go.
func (m *Mailer) Count(ctx context.Context) (n int, err error) {
	if _, err := m.db.ExecContext(ctx, "INSERT INTO counts DEFAULT VALUES"); err != nil {
		return 0, err
	}
	err = m.db.QueryRowContext(ctx, "SELECT count(*) FROM mails").Scan(&n)
	return n, err
}

// Send starts the activity.
func Send(ctx context.Context, c client.Client, to string) error {
	var m *Mailer
	options := client.StartActivityOptions{ID: "mail-" + to, TaskQueue: "mails", StartToCloseTimeout: time.Minute}
	handle, err := c.ExecuteActivity(ctx, options, m.Enqueue, to)
	if err != nil {
		return err
	}
	return handle.Get(ctx, nil)
}
