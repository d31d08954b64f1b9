// Package closures inserts in functions that somebody else calls.
package closures

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"go.temporal.io/sdk/worker"
)

// Activities writes people.
type Activities struct {
	db     *sql.DB
	onSave func(ctx context.Context, name string) error
}

// New stores a bound method in a func field.
func New(db *sql.DB) *Activities {
	a := &Activities{db: db}
	a.onSave = a.recordSave
	return a
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(New(db))
}

// inTx runs fn in a transaction.
func (a *Activities) inTx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// InTransaction inserts in the closure it hands to inTx.
func (a *Activities) InTransaction(ctx context.Context, name string) error {
	return a.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without.*InTransaction`
		return err
	})
}

func insertInto(ctx context.Context, name string) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO archive (name) VALUES ($1)", name) // want `INSERT into archive without.*ReturnedClosure`
		return err
	}
}

// ReturnedClosure runs a closure that another function makes.
func (a *Activities) ReturnedClosure(ctx context.Context, name string) error {
	return a.inTx(ctx, insertInto(ctx, name))
}

// WorkerPool inserts in goroutines.
func (a *Activities) WorkerPool(ctx context.Context, names []string) error {
	var group sync.WaitGroup
	errs := make([]error, len(names))
	for i, name := range names {
		group.Go(func() {
			_, errs[i] = a.db.ExecContext(ctx, "INSERT INTO crowd (name) VALUES ($1)", name) // want `INSERT into crowd without.*WorkerPool`
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// Deferred inserts on the way out.
func (a *Activities) Deferred(ctx context.Context, name string) (err error) {
	defer func() {
		_, execErr := a.db.ExecContext(ctx, "INSERT INTO exits (name) VALUES ($1)", name) // want `INSERT into exits without.*Deferred`
		err = errors.Join(err, execErr)
	}()
	return nil
}

func (a *Activities) recordSave(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO saves (name) VALUES ($1)", name) // want `INSERT into saves without.*Save.*recordSave`
	return err
}

// Save calls whatever stands in the field: New put recordSave there.
func (a *Activities) Save(ctx context.Context, name string) error {
	return a.onSave(ctx, name)
}

// step is one entry of a table of functions.
type step struct {
	name string
	run  func(ctx context.Context, db *sql.DB) error
}

func addPilot(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO pilots (title) VALUES ('one')") // want `INSERT into pilots without.*Steps.*addPilot`
	return err
}

// Steps refers to the functions in a table; a reference is as good as a call.
func (a *Activities) Steps(ctx context.Context) error {
	for _, s := range []step{{name: "pilot", run: addPilot}} {
		if err := s.run(ctx, a.db); err != nil {
			return err
		}
	}
	return nil
}

// notRun writes a closure that is outside of every activity.
func notRun(db *sql.DB) func() error {
	return func() error {
		_, err := db.Exec("INSERT INTO people (name) VALUES ('nobody')")
		return err
	}
}

var _ = notRun
