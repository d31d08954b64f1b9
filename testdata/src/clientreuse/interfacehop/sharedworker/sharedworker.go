// Package sharedworker binds the factory that does not dial. Silent.
package sharedworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/clientreuse/interfacehop/factories"
	"example.com/corpus/clientreuse/interfacehop/notify"
)

// Register registers.
func Register(w worker.Worker) {
	w.RegisterActivity(&notify.Notifier{Factory: factories.Workers{}})
}
