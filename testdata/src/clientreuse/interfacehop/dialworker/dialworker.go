// Package dialworker binds the factory that dials.
package dialworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/clientreuse/interfacehop/factories"
	"example.com/corpus/clientreuse/interfacehop/notify"
)

// Register registers.
func Register(w worker.Worker) {
	notifier := &notify.Notifier{Factory: factories.Dialing{HostPort: "temporal:7233"}}
	w.RegisterActivity(notifier) // want `client.DialContext.*NotifyParent.*Client`
}
