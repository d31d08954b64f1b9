// Package messages reads signals, queries and updates, and sends some.
package messages

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

type Decision struct {
	Approved bool
	Reason   string
}

const Approve = "approve"

func ReviewWorkflow(ctx workflow.Context) error {
	var d Decision
	workflow.GetSignalChannel(ctx, Approve).Receive(ctx, &d)
	count := workflow.GetSignalChannel(ctx, "count")
	s := workflow.NewSelector(ctx)
	s.AddReceive(count, func(c workflow.ReceiveChannel, _ bool) {
		var n int
		c.Receive(ctx, &n)
	})
	workflow.GetSignalChannel(ctx, "wake").Receive(ctx, nil)
	if err := workflow.SetQueryHandler(ctx, "page", func(from, size int) ([]string, error) { return nil, nil }); err != nil {
		return err
	}
	if err := workflow.SetUpdateHandler(ctx, "rename", func(ctx workflow.Context, name string) error { return nil }); err != nil {
		return err
	}
	return nil
}

func Send(ctx context.Context, c client.Client) error {
	_ = c.SignalWorkflow(ctx, "id", "", Approve, "yes")                                              // want `signal approve is sent as \(string\) and read as \(messages\.Decision\) at messages\.go:\d+: argument 1 cannot be decoded`
	_ = c.SignalWorkflow(ctx, "id", "", "count", "three")                                            // want `signal count is sent as \(string\) and read as \(int\)`
	_, _ = c.QueryWorkflow(ctx, "id", "", "page", 1)                                                 // want `query page is sent with 1 argument, and read with 2 at messages\.go:\d+`
	_, _ = c.QueryWorkflow(ctx, "id", "", "page", "a", 2)                                            // want `query page is sent as \(string, int\) and read as \(int, int\)`
	_, _ = c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{UpdateName: "rename", Args: []any{7}}) // want `update rename is sent as \(int\) and read as \(string\)`

	_ = c.SignalWorkflow(ctx, "id", "", Approve, Decision{})
	_ = c.SignalWorkflow(ctx, "id", "", Approve, &Decision{})
	_ = c.SignalWorkflow(ctx, "id", "", Approve, map[string]any{"Approved": true})
	_ = c.SignalWorkflow(ctx, "id", "", Approve, nil)
	_ = c.SignalWorkflow(ctx, "id", "", "wake", "anything")
	_ = c.SignalWorkflow(ctx, "id", "", "elsewhere", 1)
	_, _ = c.QueryWorkflow(ctx, "id", "", "page", 1, 2)
	_, _ = c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{UpdateName: "rename", Args: []any{"x"}})
	return nil
}

func ParentWorkflow(ctx workflow.Context) error {
	child := workflow.ExecuteChildWorkflow(ctx, ReviewWorkflow)
	_ = child.SignalChildWorkflow(ctx, "count", []int{1}) // want `signal count is sent as \(\[\]int\) and read as \(int\)`
	return workflow.SignalExternalWorkflow(ctx, "id", "", "count", 3).Get(ctx, nil)
}

// What queries and updates return.
func AnswerWorkflow(ctx workflow.Context) error {
	if err := workflow.SetQueryHandler(ctx, "decision", func() (Decision, error) { return Decision{}, nil }); err != nil {
		return err
	}
	return workflow.SetUpdateHandler(ctx, "decide", func(ctx workflow.Context, yes bool) (int, error) { return 0, nil })
}

func Ask(ctx context.Context, c client.Client) error {
	v, err := c.QueryWorkflow(ctx, "id", "", "decision")
	if err != nil {
		return err
	}
	var text string
	_ = v.Get(&text) // want `the result of query decision: messages\.Decision at messages\.go:\d+ is read as string: Get does not fill it`
	var d Decision
	_ = v.Get(&d)
	var p *Decision
	_ = v.Get(&p)
	var anything any
	_ = v.Get(&anything)
	h, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{UpdateName: "decide", Args: []any{true}})
	if err != nil {
		return err
	}
	var n int64
	_ = h.Get(ctx, &n)
	return h.Get(ctx, &text) // want `the result of update decide: int at messages\.go:\d+ is read as string: Get does not fill it`
}
