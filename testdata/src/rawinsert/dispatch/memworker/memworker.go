// Package memworker registers activities over the memory store; sqlworker converts the
// other one to the same interface.
package memworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/dispatch/acts"
)

// Register registers.
func Register(w worker.Worker) {
	w.RegisterActivity(acts.NewFileActivities())
}
