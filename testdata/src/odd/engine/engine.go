// Package engine imports no SDK, and registers a function on an interface of its own.
package engine

// Registry is what a worker has.
type Registry interface{ RegisterWorkflow(w any) }

// Charge is no workflow by its parameters.
func Charge(s string) error { return nil }

// Setup registers it.
func Setup(r Registry) { r.RegisterWorkflow(Charge) }
