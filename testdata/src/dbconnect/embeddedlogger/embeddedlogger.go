// Package embeddedlogger has loggers that are promoted, derived, or come out of functions.
package embeddedlogger

import (
	"context"
	"database/sql"
	"log"

	"github.com/sirupsen/logrus"
	"go.temporal.io/sdk/worker"
	"go.uber.org/zap"
)

// env is what activities share. It embeds its logger.
type env struct {
	*log.Logger
	db *sql.DB
}

// scope is a logger for one name.
func scope(name string) *zap.SugaredLogger {
	return zap.S().Named(name)
}

// entry is a logger for one name.
func entry(name string) *logrus.Entry {
	return logrus.WithField("name", name)
}

type activities struct{ env env }

// Promoted calls a method of the embedded logger.
func (a *activities) Promoted(ctx context.Context) error {
	if err := a.env.db.PingContext(ctx); err != nil {
		a.env.Fatalf("ping: %v", err) // want `Fatal`
	}
	return nil
}

// Scoped calls a method of what a function returns.
func (a *activities) Scoped(ctx context.Context) error {
	if err := a.env.db.PingContext(ctx); err != nil {
		scope("ping").With("err", err).Fatal("lost") // want `Fatal`
	}
	return nil
}

// Entered likewise.
func (a *activities) Entered(ctx context.Context) error {
	if err := a.env.db.PingContext(ctx); err != nil {
		entry("ping").Fatalln(err) // want `Fatal`
	}
	return nil
}

// Prints only prints with all of them.
func (a *activities) Prints(ctx context.Context) error {
	err := a.env.db.PingContext(ctx)
	if err != nil {
		a.env.Printf("fatal: %v", err)
		scope("ping").Errorw("fatal", "err", err)
		entry("ping").Errorln("fatal", err)
	}
	return err
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&activities{env: env{Logger: log.Default(), db: db}})
}
