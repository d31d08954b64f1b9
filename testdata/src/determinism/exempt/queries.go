package exempt

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// What is handed on to become the handler of a query, as a function or as any.

func mustQuery(ctx workflow.Context, name string, handler any) {
	if err := workflow.SetQueryHandler(ctx, name, handler); err != nil {
		panic(err)
	}
}

func queryAll(ctx workflow.Context, handlers map[string]any) error {
	for name, handler := range handlers {
		if err := workflow.SetQueryHandler(ctx, name, handler); err != nil {
			return err
		}
	}
	return nil
}

type desk struct{ ctx workflow.Context }

func (d desk) query(name string, handler any) error {
	return workflow.SetQueryHandler(d.ctx, name, handler)
}

// logged is no handler only: it is called, too.
func logged(ctx workflow.Context, name string, now func() time.Time) error {
	if err := workflow.Sleep(ctx, now().Sub(time.Unix(0, 0))); err != nil {
		return err
	}
	return workflow.SetQueryHandler(ctx, name, now)
}

func QueriesWorkflow(ctx workflow.Context) error {
	mustQuery(ctx, "now", func() (time.Time, error) { return time.Now(), nil })
	if err := queryAll(ctx, map[string]any{"since": func() (time.Duration, error) { return time.Since(time.Unix(0, 0)), nil }}); err != nil {
		return err
	}
	d := desk{ctx}
	if err := d.query("late", func() (bool, error) { return time.Now().Hour() > 20, nil }); err != nil {
		return err
	}
	return logged(ctx, "both", func() time.Time { return time.Now() }) // want `time.Now in workflow code`
}
