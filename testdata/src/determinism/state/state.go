// Package state has workflows that share variables of the process. Flagged.
package state

import (
	"context"
	"sync"
	"sync/atomic"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

var (
	started int
	total   atomic.Int64
	seen    = map[string]bool{}
	limits  struct{ max int }
)

func CountWorkflow(ctx workflow.Context, id string) error {
	started++        // want `write to state\.started in workflow code: every replay writes again`
	total.Add(1)     // want `write to state\.total in workflow code`
	seen[id] = true  // want `write to state\.seen in workflow code`
	limits.max = 3   // want `write to state\.limits in workflow code`
	delete(seen, id) // want `write to state\.seen in workflow code`
	return nil
}

// What is set at start is configuration.
var region string

func init() { region = "eu" }

// SetRegion is called by main.
func SetRegion(r string) { region = r }

// What is computed when it is first needed, and kept, is the same whoever computes it.
var (
	plan  []string
	plans = map[string][]string{}
	once  sync.Once
	table map[string]int
)

func planned(name string) []string {
	if plan == nil {
		plan = []string{"a"}
	}
	p, ok := plans[name]
	if !ok {
		p = []string{name}
		plans[name] = p
	}
	once.Do(func() { table = map[string]int{"a": 1} })
	return append(p, plan...)
}

func ReadWorkflow(ctx workflow.Context) (string, error) {
	local := started0()
	local++
	return region + planned("x")[0], nil
}

func started0() int { return 0 }

// lastSeen is written by an activity, in one worker, at any time.
var lastSeen string

func Remember(ctx context.Context, s string) error {
	lastSeen = s
	return nil
}

func ForgetfulWorkflow(ctx workflow.Context) (string, error) {
	return lastSeen, nil // want `read of state\.lastSeen in workflow code: an activity writes it, in one worker and at any time`
}

func Register(w worker.Worker) {
	w.RegisterActivity(Remember)
	w.RegisterWorkflow(ForgetfulWorkflow)
}
