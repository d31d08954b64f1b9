// Package random draws random numbers in workflows. Flagged.
package random

import (
	crand "crypto/rand"
	"math/rand"
	randv2 "math/rand/v2"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/workflow"
)

func JitterWorkflow(ctx workflow.Context) error {
	_ = workflow.Sleep(ctx, time.Duration(rand.Intn(10))) // want `rand\.Intn in workflow code: another value on every replay: use workflow\.SideEffect`
	_ = randv2.IntN(3)                                    // want `rand\.IntN in workflow code`
	_, err := crand.Read(make([]byte, 8))                 // want `rand\.Read in workflow code`
	_, _ = uuid.NewRandomFromReader(crand.Reader)         // want `rand\.Reader in workflow code` `uuid\.NewRandomFromReader in workflow code`
	return err
}

func ChildWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{WorkflowID: uuid.NewString()}) // want `uuid\.NewString in workflow code`
	return workflow.ExecuteChildWorkflow(ctx, JitterWorkflow).Get(ctx, nil)
}

// A generator with a seed of its own, and identifiers made from names, are the same every time.
func SeededWorkflow(ctx workflow.Context, seed int64) (string, error) {
	r := rand.New(rand.NewSource(seed))
	_ = r.Intn(10)
	_ = randv2.New(randv2.NewPCG(1, 2)).IntN(3)
	id := uuid.NewSHA1(uuid.NameSpaceURL, []byte("x"))
	_, _ = uuid.Parse("x")
	return id.String(), nil
}

// SideEffect records the value.
func RecordedWorkflow(ctx workflow.Context) (string, error) {
	var id string
	err := workflow.SideEffect(ctx, func(ctx workflow.Context) any { return uuid.NewString() }).Get(&id)
	if err != nil {
		return "", err
	}
	return newID(ctx)
}

func newID(ctx workflow.Context) (id string, err error) {
	make := func(ctx workflow.Context) any { return uuid.NewString() }
	err = workflow.SideEffect(ctx, make).Get(&id)
	return id, err
}

func draw(workflow.Context) any { return rand.Int() }

func NamedEffectWorkflow(ctx workflow.Context) (n int, err error) {
	err = workflow.SideEffect(ctx, draw).Get(&n)
	_ = workflow.MutableSideEffect(ctx, "n", draw, func(a, b any) bool { return a == b })
	return n, err
}

// A wrapper that records what it is given.
func record(ctx workflow.Context, f func() string) (s string) {
	_ = workflow.SideEffect(ctx, func(workflow.Context) any { return f() }).Get(&s)
	return s
}

func WrapperWorkflow(ctx workflow.Context) (string, error) {
	return record(ctx, uuid.NewString) + record(ctx, func() string { return uuid.NewString() }), nil
}
