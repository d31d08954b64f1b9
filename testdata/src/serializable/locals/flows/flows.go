// Package flows runs an activity in its own process.
package flows

import (
	"context"
	"io"
	"strings"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/serializable/locals/acts"
)

func Flow(ctx workflow.Context) (n int, err error) {
	err = workflow.ExecuteLocalActivity(ctx, acts.Count, strings.NewReader("abc")).Get(ctx, &n)
	return n, err
}

// Read is registered here and run as a local activity.
func Read(ctx context.Context, r io.Reader) error { return nil }

func ReadFlow(ctx workflow.Context) error {
	return workflow.ExecuteLocalActivity(ctx, Read, strings.NewReader("abc")).Get(ctx, nil)
}

// Both is run in both ways.
func Both(ctx context.Context, r io.Reader) error { return nil } // want `parameter r of Both: io.Reader is an interface with methods`

func BothFlow(ctx workflow.Context) error {
	workflow.ExecuteLocalActivity(ctx, Both, strings.NewReader("abc"))
	return workflow.ExecuteActivity(ctx, Both, nil).Get(ctx, nil)
}

func Register(w worker.Registry) {
	w.RegisterActivity(Read)
	w.RegisterActivity(Both)
	w.RegisterWorkflow(ReadFlow)
	w.RegisterWorkflow(BothFlow)
}
