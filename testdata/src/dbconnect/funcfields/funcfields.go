// Package funcfields reaches exits through func values: fields, variables, closures for others to call.
package funcfields

import (
	"context"
	"database/sql"
	"log"
	"os"
	"sync"

	"go.temporal.io/sdk/worker"
)

// Activities checks databases.
type Activities struct {
	db   *sql.DB
	exit func(code int)
	warn func(format string, args ...any)
}

// leave says goodbye and ends the process.
func leave(code int) {
	log.Print("leaving")
	os.Exit(code) // want `os.Exit.*Check.*leave`
}

// New puts leave into a field, so that tests may put something else there.
func New(db *sql.DB) *Activities {
	return &Activities{
		db:   db,
		exit: leave,
		warn: log.Printf,
	}
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(New(db))
	w.RegisterActivity(NewSteps(Options{}))
}

// Check calls the field.
func (a *Activities) Check(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		a.warn("ping: %v", err)
		a.exit(3)
	}
	return nil
}

// Warn calls the harmless field.
func (a *Activities) Warn(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		a.warn("ping: %v", err)
	}
	return nil
}

// Variable keeps the function in a local variable.
func (a *Activities) Variable(ctx context.Context) error {
	fail := log.Fatalf // want `log.Fatal.*Variable`
	if err := a.db.PingContext(ctx); err != nil {
		fail("ping: %v", err)
	}
	return nil
}

// Pool checks in goroutines.
func (a *Activities) Pool(ctx context.Context, n int) error {
	var group sync.WaitGroup
	for range n {
		group.Go(func() {
			if err := a.db.PingContext(ctx); err != nil {
				log.Fatalln(err) // want `log.Fatal.*Pool`
			}
		})
	}
	group.Wait()
	return nil
}
