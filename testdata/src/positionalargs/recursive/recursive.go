// Package recursive has types that contain themselves, as a fuzzer writes them.
package recursive

import (
	"context"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Pointer *Pointer

type List []List

type Map map[string]Map

type Array [2]*Array

type Embeds struct {
	*Embeds
	N int
}

func Text(ctx context.Context, s string) error      { return nil }
func Pointers(ctx context.Context, p Pointer) error { return nil }
func Lists(ctx context.Context, l List) error       { return nil }
func Maps(ctx context.Context, m Map) error         { return nil }
func Arrays(ctx context.Context, a *Array) error    { return nil }

func Workflow(ctx workflow.Context, p Pointer, l List, a *Array) error {
	workflow.ExecuteActivity(ctx, Text, p)
	workflow.ExecuteActivity(ctx, Pointers, "x")
	workflow.ExecuteActivity(ctx, Lists, Map{}) // want `argument 1 of Lists: recursive.Map is read as recursive.List`
	workflow.ExecuteActivity(ctx, Maps, l)      // want `argument 1 of Maps: recursive.List is read as recursive.Map`
	workflow.ExecuteActivity(ctx, Arrays, a)
	workflow.ExecuteActivity(ctx, Text, Embeds{}) // want `argument 1 of Text: recursive.Embeds is read as string`
	return workflow.ExecuteActivity(ctx, "unknown", p, l, a).Get(ctx, &p)
}

func Start(w worker.Worker, l List, p Pointer) {
	w.RegisterWorkflow(Workflow)
	w.RegisterActivity(l)
	w.RegisterActivity(p)
}
