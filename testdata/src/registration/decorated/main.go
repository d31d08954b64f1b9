// Command decorated registers activities in what measures them, under names of its own.
package main

import (
	"context"
	"log"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type photos struct{ taken int }

func (p *photos) take(_ context.Context, night string) (int, error) { return p.taken, nil }

func (p *photos) stack(_ context.Context, night string) (int, error) { return p.taken / 2, nil }

func timed[I, O any](f func(context.Context, I) (O, error)) func(context.Context, I) (O, error) {
	return func(ctx context.Context, in I) (O, error) {
		start := time.Now()
		defer func() { log.Println(time.Since(start)) }()
		return f(ctx, in)
	}
}

func NightWorkflow(ctx workflow.Context, night string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for _, name := range []string{"Take", "Stack"} {
		if err := workflow.ExecuteActivity(ctx, name, night).Get(ctx, nil); err != nil {
			return err
		}
	}
	if err := workflow.ExecuteActivity(ctx, "Take", night).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, "Stak", night).Get(ctx, nil) // want `nothing in this program registers the activity Stak:.*did you mean Stack`
}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	p := new(photos)
	w := worker.New(c, "night", worker.Options{})
	w.RegisterWorkflow(NightWorkflow)
	w.RegisterActivityWithOptions(timed(p.take), activity.RegisterOptions{Name: "Take"})
	w.RegisterActivityWithOptions(timed(p.stack), activity.RegisterOptions{Name: "Stack"})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
