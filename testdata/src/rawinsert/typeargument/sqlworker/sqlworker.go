// Package sqlworker instantiates the queue with the table.
package sqlworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/typeargument/jobtable"
	"example.com/corpus/rawinsert/typeargument/queue"
)

// Register registers a method of the instantiated type.
func Register(w worker.Worker, db *sql.DB) {
	jobs := &queue.Queue[*jobtable.Table]{Store: &jobtable.Table{DB: db}}
	w.RegisterActivity(jobs.Enqueue) // want `INSERT into jobs without.*Enqueue.*InsertJob`
}
