// Command app knows which engine it is.
package main

import (
	"example.com/corpus/engines/temporal"
	"example.com/corpus/workersplit/engines/calls" // want `this worker runs activities besides workflows \(RegisterWorkflow at calls.go:21\).*\(at calls.go:20\)` `this worker runs workflows besides activities \(RegisterActivity at calls.go:28\).*\(at calls.go:27\)`
)

func main() {
	f := &temporal.Workers{}
	calls.Mixed(f)
	calls.Registry(f)
	calls.Split(f)
	calls.Shared(f)
}
