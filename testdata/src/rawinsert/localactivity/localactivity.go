// Package localactivity runs functions as local activities, which are never registered anywhere.
package localactivity

import (
	"context"
	"database/sql"
	"io"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Store is an argument of local activities: those are not serialized.
type Store struct {
	db *sql.DB
}

// addEvent is a local activity only because ImportWorkflow executes it as one.
func addEvent(ctx context.Context, s *Store, kind string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO events (kind) VALUES ($1)", kind) // want `INSERT into events without.*addEvent`
	return err
}

// addSource takes an io.Reader, as local activities may.
func (s *Store) addSource(ctx context.Context, r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, "INSERT INTO sources (body) VALUES ($1)", text) // want `INSERT into sources without.*addSource`
	return err
}

// touch is idempotent.
func (s *Store) touch(ctx context.Context, kind string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO kinds (kind) VALUES ($1) ON CONFLICT DO NOTHING", kind)
	return err
}

// unusedInsert is like the others, but nothing executes it.
func (s *Store) unusedInsert(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO events (kind) VALUES ('unused')")
	return err
}

// Importer holds what its local activities need.
type Importer struct {
	store  *Store
	source io.Reader
}

// ImportWorkflow executes a function, a method value, and a closure.
func (i *Importer) ImportWorkflow(ctx workflow.Context, kind string) error {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second})
	if err := workflow.ExecuteLocalActivity(ctx, i.store.touch, kind).Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteLocalActivity(ctx, addEvent, i.store, kind).Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteLocalActivity(ctx, i.store.addSource, i.source).Get(ctx, nil); err != nil {
		return err
	}
	finish := func(ctx context.Context) error {
		_, err := i.store.db.ExecContext(ctx, "INSERT INTO imports (kind) VALUES ($1)", kind) // want `INSERT into imports without`
		return err
	}
	return workflow.ExecuteLocalActivity(ctx, finish).Get(ctx, nil)
}

// Register registers the workflow only.
func Register(w worker.Worker, i *Importer) {
	w.RegisterWorkflow(i.ImportWorkflow)
}

var _ = (*Store).unusedInsert
