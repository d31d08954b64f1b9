// Package registered registers workflows of another package: there it is known that nobody gives
// their contexts options.
package registered

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/activityoptions/registered/flows"
)

func Register(w worker.Registry) {
	w.RegisterWorkflow(flows.PackWorkflow)  // want `activity Pack has no options, and so no timeout: it is refused every time; use workflow\.WithActivityOptions \(at flows\.go:15\)`
	w.RegisterWorkflow(flows.ChildWorkflow) // want `activity Pack is executed on a context that has options of local activities or children only: .* \(at flows\.go:20\)`
	w.RegisterWorkflow(flows.AcceptedWorkflow)
	w.RegisterWorkflow(flows.FineWorkflow)
}
