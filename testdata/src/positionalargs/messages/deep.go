package messages

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

type Line struct{ SKU string }

func LinesWorkflow(ctx workflow.Context) error {
	var lines []Line
	workflow.GetSignalChannel(ctx, "lines").Receive(ctx, &lines)
	workflow.GetSignalChannel(ctx, "good lines").Receive(ctx, &lines)
	if err := workflow.SetQueryHandler(ctx, "totals", func(by map[string]int) (int, error) { return len(by), nil }); err != nil {
		return err
	}
	return nil
}

func SendLines(ctx context.Context, c client.Client) error {
	if err := c.SignalWorkflow(ctx, "w", "", "lines", []string{"a"}); err != nil { // want `signal lines is sent as \(\[\]string\) and read as \(\[\]messages\.Line\) at deep\.go:14: argument 1 cannot be decoded: string is read as messages\.Line`
		return err
	}
	if err := c.SignalWorkflow(ctx, "w", "", "good lines", []*Line{{SKU: "a"}}); err != nil {
		return err
	}
	_, err := c.QueryWorkflow(ctx, "w", "", "totals", Line{SKU: "a"}) // want `query totals .*: argument 1 cannot be decoded: field SKU: string is read as int`
	return err
}
