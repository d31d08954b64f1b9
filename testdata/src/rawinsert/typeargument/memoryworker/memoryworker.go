// Package memoryworker instantiates the queue with a channel: no SQL is bound by any of its imports but jobtable,
// which converts nothing. Silent.
package memoryworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/typeargument/jobtable"
	"example.com/corpus/rawinsert/typeargument/queue"
)

// Register registers a method of the instantiated type.
func Register(w worker.Worker) {
	jobs := &queue.Queue[jobtable.Channel]{Store: make(jobtable.Channel, 100)}
	w.RegisterActivity(jobs.Enqueue)
}
