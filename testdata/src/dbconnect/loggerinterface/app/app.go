// Package app gives the activities their logger, so their chains close here.
package app

import (
	"database/sql"

	"go.temporal.io/sdk/worker"
	"go.uber.org/zap"

	"example.com/corpus/dbconnect/loggerinterface/logging"
	"example.com/corpus/dbconnect/loggerinterface/sync"
)

// Register hands on.
func Register(w worker.Worker, db *sql.DB, l *zap.Logger) {
	sync.Register(w, db, logging.New(l)) // want `Fatal.*Sync`
}
