// Package ids makes identifiers, for workflows and for others.
package ids

import (
	"strconv"

	"github.com/google/uuid"
	"go.temporal.io/sdk/workflow"
)

// A Generator makes identifiers.
type Generator interface{ NewID() string }

// Random makes random ones.
type Random struct{ Prefix string }

// NewID is another one on every replay.
func (r Random) NewID() string { return r.Prefix + uuid.NewString() }

// Counted counts them.
type Counted struct {
	run string
	n   int
}

// NewID is the same on every replay.
func (c *Counted) NewID() string {
	c.n++
	return c.run + strconv.Itoa(c.n)
}

// Of makes those of a workflow's run.
func Of(ctx workflow.Context) Generator {
	return &Counted{run: workflow.GetInfo(ctx).WorkflowExecution.RunID}
}

// Default makes those of a process.
func Default() Generator { return Random{} }
