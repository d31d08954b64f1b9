// Package spread gives calls what another call returns: they have one argument, and more
// parameters.
package spread

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func text() (string, int)                                           { return "x", 1 << 20 }
func raw() ([]byte, int)                                            { return nil, 1 }
func named(ctx workflow.Context) (workflow.Context, string)         { return ctx, "go" }
func waited(ctx workflow.Context) (workflow.Context, time.Duration) { return ctx, time.Second }
func executed(ctx workflow.Context) (workflow.Context, any)         { return ctx, Act }
func executedWith(ctx workflow.Context) (workflow.Context, any, string) {
	return ctx, Act, "x"
}
func given(ctx workflow.Context) (workflow.Context, workflow.ActivityOptions) {
	return ctx, workflow.ActivityOptions{}
}
func givenLocal(ctx workflow.Context) (workflow.Context, workflow.LocalActivityOptions) {
	return ctx, workflow.LocalActivityOptions{}
}
func givenChild(ctx workflow.Context) (workflow.Context, workflow.ChildWorkflowOptions) {
	return ctx, workflow.ChildWorkflowOptions{}
}
func queried(ctx workflow.Context) (workflow.Context, string, any) {
	return ctx, "q", func() (string, error) { return "", nil }
}
func versioned(ctx workflow.Context) (workflow.Context, string, workflow.Version, workflow.Version) {
	return ctx, "v", 1, 2
}
func signalled(ctx workflow.Context) (workflow.Context, string, string, string, any) {
	return ctx, "w", "", "go", 1
}
func started() (context.Context, client.StartWorkflowOptions, any, string) {
	return context.Background(), client.StartWorkflowOptions{}, Spread, "x"
}
func asked() (context.Context, string, string, string) { return context.Background(), "", "", "q" }
func looped(ctx workflow.Context) (workflow.Context, func(workflow.Context)) {
	return ctx, func(workflow.Context) {}
}
func awaited(ctx workflow.Context) (workflow.Context, func() bool) {
	return ctx, func() bool { return true }
}
func received(ctx workflow.Context, v *string) (workflow.Context, any) { return ctx, v }
func memo(ctx workflow.Context) (workflow.Context, map[string]any)     { return ctx, nil }
func statement(ctx context.Context) (context.Context, string)          { return ctx, "INSERT INTO t VALUES (1)" }
func compared(err error) (error, error)                                { return err, sql.ErrNoRows }
func made(c client.Client) (client.Client, string, worker.Options)     { return c, "q", worker.Options{} }
func chosen() (any, activity.RegisterOptions)                          { return Act, activity.RegisterOptions{Name: "x"} }
func chosenWorkflow() (any, workflow.RegisterOptions) {
	return Spread, workflow.RegisterOptions{Name: "x"}
}

// Act is an activity.
func Act(ctx context.Context, db *sql.DB, err error) (string, error) {
	if _, err := db.ExecContext(statement(ctx)); errors.Is(compared(err)) {
		return "", err
	}
	_ = bytes.Repeat(raw())
	_ = fmt.Sprint(statement(ctx))
	return strings.Repeat(text()), nil
}

// Spread is a workflow.
func Spread(ctx workflow.Context, m map[string]int) error {
	ctx = workflow.WithActivityOptions(given(ctx))
	ctx = workflow.WithLocalActivityOptions(givenLocal(ctx))
	ctx = workflow.WithChildOptions(givenChild(ctx))
	ctx = workflow.WithStartToCloseTimeout(waited(ctx))
	ctx = workflow.WithHeartbeatTimeout(waited(ctx))
	ctx = workflow.WithTaskQueue(named(ctx))
	_ = workflow.Sleep(waited(ctx))
	_ = workflow.NewTimer(waited(ctx))
	_ = workflow.ExecuteActivity(executed(ctx))
	_ = workflow.ExecuteActivity(executedWith(ctx))
	_ = workflow.ExecuteLocalActivity(executed(ctx))
	_ = workflow.ExecuteChildWorkflow(executed(ctx))
	_ = workflow.GetVersion(versioned(ctx))
	_ = workflow.SetQueryHandler(queried(ctx))
	_ = workflow.SetUpdateHandler(queried(ctx))
	_ = workflow.SignalExternalWorkflow(signalled(ctx))
	_ = workflow.UpsertMemo(memo(ctx))
	_ = workflow.Await(awaited(ctx))
	workflow.Go(looped(ctx))
	var v string
	_ = workflow.GetSignalChannel(named(ctx)).Receive(received(ctx, &v))
	ch := workflow.GetSignalChannel(named(ctx))
	ch.Receive(received(ctx, &v))
	_ = workflow.SideEffect(ctx, nil).Get(&v)
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	_ = len(keys)
	return workflow.NewContinueAsNewError(executed(ctx))
}

// Start starts and asks.
func Start(c client.Client) {
	_, _ = c.ExecuteWorkflow(started())
	_, _ = c.QueryWorkflow(asked())
	w := worker.New(made(c))
	w.RegisterActivityWithOptions(chosen())
	w.RegisterWorkflowWithOptions(chosenWorkflow())
	w.RegisterWorkflow(Spread)
	w.RegisterWorkflow(Twice)
	w.RegisterActivity(Act)
	_ = w.Run(worker.InterruptCh())
}

// Twice is a tree of calls: each function calls the one below it twice.
func Twice(ctx workflow.Context) error {
	d24(ctx)
	d24(ctx)
	return nil
}

func d24(ctx workflow.Context) { d23(ctx); d23(ctx) }
func d23(ctx workflow.Context) { d22(ctx); d22(ctx) }
func d22(ctx workflow.Context) { d21(ctx); d21(ctx) }
func d21(ctx workflow.Context) { d20(ctx); d20(ctx) }
func d20(ctx workflow.Context) { d19(ctx); d19(ctx) }
func d19(ctx workflow.Context) { d18(ctx); d18(ctx) }
func d18(ctx workflow.Context) { d17(ctx); d17(ctx) }
func d17(ctx workflow.Context) { d16(ctx); d16(ctx) }
func d16(ctx workflow.Context) { d15(ctx); d15(ctx) }
func d15(ctx workflow.Context) { d14(ctx); d14(ctx) }
func d14(ctx workflow.Context) { d13(ctx); d13(ctx) }
func d13(ctx workflow.Context) { d12(ctx); d12(ctx) }
func d12(ctx workflow.Context) { d11(ctx); d11(ctx) }
func d11(ctx workflow.Context) { d10(ctx); d10(ctx) }
func d10(ctx workflow.Context) { d9(ctx); d9(ctx) }
func d9(ctx workflow.Context)  { d8(ctx); d8(ctx) }
func d8(ctx workflow.Context)  { d7(ctx); d7(ctx) }
func d7(ctx workflow.Context)  { d6(ctx); d6(ctx) }
func d6(ctx workflow.Context)  { d5(ctx); d5(ctx) }
func d5(ctx workflow.Context)  { d4(ctx); d4(ctx) }
func d4(ctx workflow.Context)  { d3(ctx); d3(ctx) }
func d3(ctx workflow.Context)  { d2(ctx); d2(ctx) }
func d2(ctx workflow.Context)  { d1(ctx); d1(ctx) }
func d1(ctx workflow.Context)  { d0(ctx); d0(ctx) }
func d0(ctx workflow.Context)  { _ = workflow.Sleep(ctx, time.Second) }
