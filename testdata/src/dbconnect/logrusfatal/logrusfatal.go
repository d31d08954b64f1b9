// Package logrusfatal logs with logrus.
package logrusfatal

import (
	"context"
	"database/sql"

	"github.com/sirupsen/logrus"
	"go.temporal.io/sdk/worker"
)

// Activities counts people.
type Activities struct {
	db  *sql.DB
	log *logrus.Entry
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&Activities{db: db, log: logrus.WithField("worker", "people")})
}

// Package calls the package's function.
func (a *Activities) Package(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		logrus.Fatal(err) // want `Fatal`
	}
	return nil
}

// Formatted calls Fatalf.
func (a *Activities) Formatted(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		logrus.StandardLogger().Fatalf("ping: %v", err) // want `Fatal`
	}
	return nil
}

// Entry calls Fatalln of an entry with fields.
func (a *Activities) Entry(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		a.log.WithError(err).WithField("op", "ping").Fatalln("lost the database") // want `Fatal`
	}
	return nil
}

// FieldLogger calls Fatal behind the library's own interface.
func (a *Activities) FieldLogger(ctx context.Context) error {
	var logger logrus.FieldLogger = a.log
	if err := a.db.PingContext(ctx); err != nil {
		logger.Fatal(err) // want `Fatal`
	}
	return nil
}

// Errors are logged, and returned.
func (a *Activities) Errors(ctx context.Context) error {
	err := a.db.PingContext(ctx)
	if err != nil {
		a.log.WithError(err).Error("fatal")
		logrus.Warn("not Fatal")
	}
	return err
}

// Panics are recovered by the SDK.
func (a *Activities) Panics(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		a.log.Panic(err)
	}
	return nil
}
