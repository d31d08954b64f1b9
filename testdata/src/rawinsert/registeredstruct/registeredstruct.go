// Package registeredstruct registers a struct: all of its exported methods are activities, also those that are only
// called as plain Go; its unexported methods are not, whatever they take.
package registeredstruct

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// Snapshots copies tables.
type Snapshots struct{ db *sql.DB }

// Copy runs the parts; it writes nothing by itself.
func (s *Snapshots) Copy(ctx context.Context, tables []string) error {
	queue := make(chan string)
	done := make(chan error, 1)
	go func() { done <- s.pump(ctx, queue) }()
	for _, table := range tables {
		queue <- table
	}
	close(queue)
	return <-done
}

// pump takes a context and a channel: a helper of Copy.
func (s *Snapshots) pump(ctx context.Context, queue <-chan string) error {
	for table := range queue {
		activity.RecordHeartbeat(ctx, table)
		if err := s.CopyTable(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// CopyTable is only called as plain Go here, and is registered all the same.
func (s *Snapshots) CopyTable(ctx context.Context, table string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO copies (name) VALUES ($1)", table) // want `INSERT into copies without.*CopyTable`
	return err
}

// forget is unexported and called by nobody.
func (s *Snapshots) forget(ctx context.Context, done chan<- error) {
	_, err := s.db.ExecContext(ctx, "INSERT INTO forgotten DEFAULT VALUES")
	done <- err
}

// Setup is no method of the registered struct.
func Setup(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO setups DEFAULT VALUES")
	return err
}

// Register registers the struct.
func Register(w worker.Worker, db *sql.DB) {
	s := &Snapshots{db: db}
	w.RegisterActivity(s)
}

var _ = (*Snapshots).forget
