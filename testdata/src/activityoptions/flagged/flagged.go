// Package flagged has activities whose options cannot work.
package flagged

import (
	"context"
	"time"

	"example.com/corpus/activityoptions/acts"
	"example.com/corpus/activityoptions/options"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Here(ctx context.Context) error { return nil }

func LiteralWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: "x"}) // want `activity Here has neither StartToCloseTimeout nor ScheduleToCloseTimeout: it is refused every time; set one`
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

func ZeroWorkflow(ctx workflow.Context) error {
	ao := workflow.ActivityOptions{StartToCloseTimeout: 0} // want `activity Here has neither`
	ctx = workflow.WithActivityOptions(ctx, ao)
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

func LocalOptionsWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{}) // want `local activity Here has neither`
	return workflow.ExecuteLocalActivity(ctx, Here).Get(ctx, nil)
}

func NoneWorkflow(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil) // want `activity Here has no options, and so no timeout: it is refused every time; use workflow\.WithActivityOptions`
}

func OtherWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second})
	if err := workflow.ExecuteLocalActivity(ctx, Here).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil) // want `activity Here is executed on a context that has options of local activities or children only`
}

func DroppedWorkflow(ctx workflow.Context) error {
	workflow.WithActivityOptions(ctx, options.Good)                     // want `the context that workflow\.WithActivityOptions returns is dropped: the options never apply`
	_ = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{}) // want `the context that workflow\.WithChildOptions returns is dropped`
	return nil
}

func ImportedWorkflow(ctx workflow.Context) error {
	one := workflow.WithActivityOptions(ctx, options.Empty)
	_ = workflow.ExecuteActivity(one, Here) // want `activity Here has neither`
	two := workflow.WithActivityOptions(ctx, options.Make())
	_ = workflow.ExecuteActivity(two, Here) // want `activity Here has neither`
	three := options.Without(ctx)
	_ = workflow.ExecuteActivity(three, Here) // want `activity Here has neither`
	_ = options.Run(ctx, "x")                 // want `activity name, which Run executes, has no options`
	return helper(ctx)                        // want `activity Here, which helper executes, has no options`
}

func helper(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

func CoroutineWorkflow(ctx workflow.Context) error {
	workflow.Go(ctx, func(ctx workflow.Context) {
		_ = workflow.ExecuteActivity(ctx, Here).Get(ctx, nil) // want `activity Here has no options`
	})
	return nil
}

func HeartbeatWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour})
	_ = workflow.ExecuteActivity(ctx, acts.Copy, 3) // want `activity acts\.Copy records heartbeats, but has no HeartbeatTimeout`
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour, HeartbeatTimeout: time.Minute})
	_ = workflow.ExecuteActivity(ctx, acts.Copy, 3)
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour, HeartbeatTimeout: time.Minute})
	_ = workflow.ExecuteActivity(ctx, Here).Get(ctx, nil) // want `activity Here has a HeartbeatTimeout, but never records a heartbeat`
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour, HeartbeatTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, acts.Quick).Get(ctx, nil) // want `activity acts\.Quick has a HeartbeatTimeout, but never records a heartbeat`
}

func Register(w worker.Worker) {
	w.RegisterWorkflow(LiteralWorkflow)
	w.RegisterWorkflow(ZeroWorkflow)
	w.RegisterWorkflow(LocalOptionsWorkflow)
	w.RegisterWorkflow(NoneWorkflow)
	w.RegisterWorkflow(OtherWorkflow)
	w.RegisterWorkflow(DroppedWorkflow)
	w.RegisterWorkflow(ImportedWorkflow)
	w.RegisterWorkflow(CoroutineWorkflow)
	w.RegisterWorkflow(HeartbeatWorkflow)
	w.RegisterActivity(Here)
	w.RegisterActivity(acts.Copy)
}
