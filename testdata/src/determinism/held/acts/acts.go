// Package acts has activities, and variables that name them for workflows.
package acts

import (
	"context"
	"database/sql"
	"time"
)

// Mail has the activities.
type Mail struct{ db *sql.DB }

// Send and Stamp name activities; Clock is a function that anybody may call.
var (
	Send      = (*Mail).send
	Stamp any = (*Mail).stamp
	Clock     = time.Now
)

func (m *Mail) send(ctx context.Context, id string) error {
	_, err := m.db.ExecContext(ctx, "UPDATE mails SET sent = true WHERE id = $1", id)
	return err
}

func (m *Mail) stamp(_ context.Context, id string) (time.Time, error) { return time.Now(), nil }
