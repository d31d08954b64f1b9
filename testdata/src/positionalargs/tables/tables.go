// Package tables pairs names with functions, not all of them activities.
package tables

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Check is a health check, called as plain Go.
type Check struct {
	Name string
	Run  func(ctx context.Context, db *sql.DB) error
	Hint any
}

var Checks = []Check{{Name: "Charge", Run: checkCharge}, {"Refund", checkRefund, nil}}

func checkCharge(ctx context.Context, db *sql.DB) error { return nil }

func checkRefund(ctx context.Context, db *sql.DB) error { return nil }

func RunChecks(ctx context.Context, db *sql.DB) error {
	for _, c := range Checks {
		if err := c.Run(ctx, db); err != nil {
			return err
		}
	}
	return nil
}

// Entry is registered below.
type Entry struct {
	Name string
	Run  func(ctx context.Context, order string) error
}

var entries = []Entry{{Name: "ship", Run: ship}, {"pack", pack}}

func ship(ctx context.Context, order string) error { return nil }

func pack(ctx context.Context, order string) error { return nil }

func Refund(ctx context.Context, order string, cents int) error { return nil }

func Flow(ctx workflow.Context, order string) error {
	workflow.ExecuteActivity(ctx, "Charge", order, 5)          // of another program
	workflow.ExecuteActivity(ctx, "Refund", order)             // want `Refund takes 2 arguments after its context and gets 1`
	workflow.ExecuteActivity(ctx, "ship", order, 5)            // want `ship takes 1 argument after its context and gets 2`
	return workflow.ExecuteActivity(ctx, "pack").Get(ctx, nil) // want `pack takes 1 argument after its context and gets 0`
}

func Register(w worker.Worker) {
	for _, e := range entries {
		w.RegisterActivityWithOptions(e.Run, activity.RegisterOptions{Name: e.Name})
	}
	w.RegisterActivity(Refund)
	w.RegisterWorkflow(Flow)
}
