// Package sync logs through the interface; whoever calls Register says through which logger.
package sync

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/loggerinterface/logging"
)

type syncer struct {
	db     *sql.DB
	logger logging.Logger
}

// Sync ends the process through the interface.
func (s *syncer) Sync(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		s.logger.With("op", "sync").Fatal("ping", "err", err)
	}
	return nil
}

// Report only informs through the same interface.
func (s *syncer) Report(context.Context) error {
	s.logger.With("op", "report").Info("fatal errors: 0")
	return nil
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB, logger logging.Logger) {
	w.RegisterActivity(&syncer{db: db, logger: logger})
}
