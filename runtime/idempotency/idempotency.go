// Package idempotency gives activities a key that is the same for every attempt.
//
// Temporal runs an activity at least once: a worker that dies after the work and before the answer has it done again. Where
// the other side remembers keys, the second attempt is told apart from a second order:
//
//	key := idempotency.Key(ctx)
//	_, err := pool.Exec(ctx, `INSERT INTO payments (key, cents) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, key, cents)
//
//	req.Header.Set("Idempotency-Key", key)
//
// The column wants a unique index, and no default.
package idempotency

import (
	"context"
	"strings"

	"go.temporal.io/sdk/activity"
)

// Key returns what names an execution of an activity: the same for all its attempts, and another for every other
// execution, also of another run of the workflow, and for an activity that the workflow executes a second time. It is text
// of at most a few hundred bytes, made of the namespace, the workflow's id and run id, and the activity's id, with slashes
// between them.
//
// It panics outside of an activity, as activity.GetInfo does. A workflow that is reset runs its later activities again,
// under another run id, and so under other keys.
func Key(ctx context.Context) string {
	info := activity.GetInfo(ctx)
	return strings.Join([]string{info.Namespace, info.WorkflowExecution.ID, info.WorkflowExecution.RunID, info.ActivityID}, "/")
}

// KeyFor is a key for one of several things that an activity does, such as a call for each row: Key with a name behind it.
func KeyFor(ctx context.Context, name string) string { return Key(ctx) + "/" + name }
