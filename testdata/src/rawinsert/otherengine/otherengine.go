// Package otherengine has workers, registrations and executions that are not Temporal's. Silent.
package otherengine

import (
	"context"
	"database/sql"
	"fmt"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/testsuite"
)

// Worker is a queue worker of another engine with the same vocabulary.
type Worker struct {
	tasks map[string]any
}

// RegisterActivity only shares its name.
func (w *Worker) RegisterActivity(fn any) {
	w.tasks[fmt.Sprintf("%T", fn)] = fn
}

// ExecuteActivity too.
func (w *Worker) ExecuteActivity(ctx context.Context, fn func(context.Context) error) error {
	return fn(ctx)
}

// Jobs inserts, at most once: the other engine does not retry.
type Jobs struct{ db *sql.DB }

// Insert inserts.
func (j *Jobs) Insert(ctx context.Context) error {
	_, err := j.db.ExecContext(ctx, "INSERT INTO jobs DEFAULT VALUES")
	return err
}

// Run registers and executes on the other engine.
func Run(ctx context.Context, db *sql.DB) error {
	w := &Worker{tasks: make(map[string]any)}
	j := &Jobs{db: db}
	w.RegisterActivity(j)
	w.RegisterActivity(j.Insert)
	return w.ExecuteActivity(ctx, j.Insert)
}

// counting is an interceptor: its ExecuteActivity is called for every activity and is none.
type counting struct {
	interceptor.ActivityInboundInterceptorBase
	db *sql.DB
}

// ExecuteActivity counts attempts: a second row for a second attempt is what it is for.
func (c *counting) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (any, error) {
	if _, err := c.db.ExecContext(ctx, "INSERT INTO attempts DEFAULT VALUES"); err != nil {
		return nil, err
	}
	return c.Next.ExecuteActivity(ctx, in)
}

// Try runs a function by hand in the SDK's test environment, whose ExecuteActivity has no context parameter. What runs
// in a test environment is not retried by a server.
func Try(db *sql.DB) error {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	_, err := env.ExecuteActivity("insert-job", 1)
	return err
}

var _ interceptor.ActivityInboundInterceptor = (*counting)(nil)
