// Package worker puts the table into the wrapper and the wrapper into the activities.
package worker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/embeddedwrapper/events"
	"example.com/corpus/rawinsert/embeddedwrapper/sqllog"
)

// Register registers each method by itself: only one of them inserts.
func Register(w worker.Worker, db *sql.DB) {
	recorder := &events.Recorder{Log: events.Prefixed{Log: &sqllog.Log{DB: db}, Prefix: "people/"}}
	w.RegisterActivity(recorder.LastEvent)
	w.RegisterActivity(recorder.RecordEvent) // want `INSERT into events without.*RecordEvent.*Append`
}
