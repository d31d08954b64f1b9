// Package executewrapper executes activities through wrappers of its own.
package executewrapper

import (
	"context"
	"database/sql"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Tables has the functions that are executed.
type Tables struct {
	db *sql.DB
}

// run passes its parameters on as target and arguments, so it is an Execute for its callers.
func run(ctx workflow.Context, act any, args ...any) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, act, args...).Get(ctx, nil)
}

// call is a generic wrapper with a result.
func call[T any](ctx workflow.Context, act any, args ...any) (result T, err error) {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second})
	err = workflow.ExecuteLocalActivity(ctx, act, args...).Get(ctx, &result)
	return result, err
}

// OpenTab is executed by run.
func (t *Tables) OpenTab(ctx context.Context, guest string) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO tabs (guest) VALUES ($1)", guest) // want `INSERT into tabs without.*OpenTab`
	return err
}

// OrderDrink is executed by call.
func (t *Tables) OrderDrink(ctx context.Context, drink string) (id int64, err error) {
	err = t.db.QueryRowContext(ctx, "INSERT INTO drinks (drink) VALUES ($1) RETURNING id", drink).Scan(&id) // want `INSERT into drinks without.*OrderDrink`
	return id, err
}

// CloseTab is executed by a local variable.
func (t *Tables) CloseTab(ctx context.Context, guest string) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO receipts (guest) VALUES ($1)", guest) // want `INSERT into receipts without.*CloseTab`
	return err
}

// Tip is executed by nobody.
func (t *Tables) Tip(ctx context.Context, cents int64) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO tips (cents) VALUES ($1)", cents)
	return err
}

// EveningWorkflow executes all of them but Tip.
func EveningWorkflow(ctx workflow.Context, guest string) error {
	var t Tables
	if err := run(ctx, t.OpenTab, guest); err != nil {
		return err
	}
	if _, err := call[int64](ctx, (&Tables{}).OrderDrink, "water"); err != nil {
		return err
	}
	closeTab := t.CloseTab
	return run(ctx, closeTab, guest)
}
