// Package mishap has what goes wrong in production once a month happen on request.
package mishap

import (
	"context"
	"errors"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
)

// LoseAnswers has the first n attempts of every activity fail after they have done their work, as they do when a worker
// dies, or its connection, before it can answer.
func LoseAnswers(n int) interceptor.WorkerInterceptor {
	return &loser{n: n}
}

type loser struct {
	interceptor.WorkerInterceptorBase
	n int
}

func (l *loser) InterceptActivity(ctx context.Context, next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	return &inbound{interceptor.ActivityInboundInterceptorBase{Next: next}, l.n}
}

type inbound struct {
	interceptor.ActivityInboundInterceptorBase
	n int
}

func (i *inbound) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (any, error) {
	result, err := i.Next.ExecuteActivity(ctx, in)
	if err == nil && int(activity.GetInfo(ctx).Attempt) <= i.n {
		return nil, errors.New("the work is done, and the answer lost")
	}
	return result, err
}
