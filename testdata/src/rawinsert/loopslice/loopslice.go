// Package loopslice registers in a loop over a slice of any.
package loopslice

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

type shop struct {
	db *sql.DB
}

func (s *shop) AddItem(ctx context.Context, item string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO items (item) VALUES ($1)", item) // want `INSERT into items without.*AddItem`
	return err
}

func (s *shop) AddPrice(ctx context.Context, cents int64) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO prices (cents) VALUES ($1)", cents) // want `INSERT into prices without.*AddPrice`
	return err
}

func (s *shop) AddDraft(ctx context.Context, item string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO drafts (item) VALUES ($1)", item)
	return err
}

// activities lists what is registered. AddDraft is not among them and stays silent.
func (s *shop) activities() []any {
	return []any{s.AddItem}
}

// Definition pairs a function with a name.
type Definition struct {
	Name string
	Func any
}

// Register loops over both lists.
func Register(w worker.Worker, db *sql.DB) {
	s := &shop{db: db}
	for _, a := range s.activities() {
		w.RegisterActivity(a)
	}
	definitions := []Definition{
		{Name: "add-price", Func: s.AddPrice},
	}
	for _, d := range definitions {
		w.RegisterActivityWithOptions(d.Func, activity.RegisterOptions{Name: d.Name})
	}
}

// Manual is called by an operator, not by a workflow.
func Manual(ctx context.Context, db *sql.DB) error {
	return (&shop{db: db}).AddDraft(ctx, "by hand")
}
