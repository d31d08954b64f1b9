package names // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Execute(ctx workflow.Context, activity any, args ...any) error { // want Execute:`^names {\[{3 1 0 \[2\] true 0 0 0}\] }$`
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, nil)
}

func First(ctx workflow.Context, activity, arg any) error { return Execute(ctx, activity, arg, 1) } // want First:`^names {\[{3 1 0 \[2 -1\] false 0 0 0}\] }$`

func Register(w worker.Worker, name string, activity any) { // want Register:`^names {\[{1 2 0 \[\] false 0 0 0}\] }$`
	w.RegisterActivity(activity)
}
