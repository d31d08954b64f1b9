// Command main makes the workers.
package main

import (
	"example.com/corpus/workersplit/helpers/regs"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return
	}
	w := worker.New(c, "q", worker.Options{})
	regs.Workflows(w)
	regs.Activities(w) // want `runs activities besides workflows \(RegisterWorkflow at regs.go:22\)`

	both := worker.New(c, "q", worker.Options{})
	regs.Both(both) // want `runs activities besides workflows \(RegisterWorkflow at regs.go:22\)`

	made := regs.NewActivityWorker(c)
	regs.Workflows(made) // want `runs workflows besides activities \(RegisterActivity at regs.go:26\)`

	split := regs.NewSplit(c)
	regs.Workflows(split)
}
