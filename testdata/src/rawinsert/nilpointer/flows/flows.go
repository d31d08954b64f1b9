// Package flows has methods that only the workflows package makes activities.
package flows

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/nilpointer/rows"
)

// Flowable is the usual bag of dependencies.
type Flowable struct {
	DB *sql.DB
}

// SyncFlow calls into another package.
func (f *Flowable) SyncFlow(ctx context.Context, flow string) error {
	return rows.AddRun(ctx, f.DB, flow)
}

// DropFlow deletes.
func (f *Flowable) DropFlow(ctx context.Context, flow string) error {
	_, err := f.DB.ExecContext(ctx, "DELETE FROM runs WHERE flow = $1", flow)
	return err
}

// Audit is never executed.
func (f *Flowable) Audit(ctx context.Context, flow string) error {
	return rows.AddAudit(ctx, f.DB, flow)
}

// Watcher is executed through a nil field.
type Watcher struct {
	DB *sql.DB
}

// Watch inserts what it saw.
func (w *Watcher) Watch(ctx context.Context, flow string) error {
	return rows.AddSighting(ctx, w.DB, flow)
}
