// Package steps keeps what activities run in tables, lists and fields.
package steps

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/functiontables/registry"
)

// Events are the activities.
type Events struct {
	db       *sql.DB
	registry *registry.Registry
	steps    map[string]func(context.Context) error
	audit    registry.Handler
	notify   registry.Handler
}

// New builds the tables.
func New(db *sql.DB) (*Events, error) {
	r := registry.New()
	e := &Events{db: db, registry: r}
	r.Handle("opened", e.open)
	r.Handle("moved", e.move)
	r.After(e.note)
	r.Subscribe("filed", e.file)
	steps := map[string]func(context.Context) error{"close": e.close}
	steps["archive"] = e.archive
	e.steps = steps
	e.audit = traced(auditor(db))
	var err error
	e.notify, err = notifier(db)
	return e, err
}

func (e *Events) open(ctx context.Context, id string) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO opened (id) VALUES ($1)", id) // want `INSERT into opened without.*Events.Dispatch -> registry.Registry.Dispatch -> steps.Events.open`
	return err
}

func (e *Events) move(ctx context.Context, id string) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO moved (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	return err
}

func (e *Events) note(ctx context.Context, id string) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO notes (id) VALUES ($1)", id) // want `INSERT into notes without.*Events.Dispatch -> registry.Registry.Dispatch -> steps.Events.note`
	return err
}

func (e *Events) close(ctx context.Context) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO closed DEFAULT VALUES") // want `INSERT into closed without.*Events.Step -> Events.close`
	return err
}

func (e *Events) archive(ctx context.Context) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO archived DEFAULT VALUES") // want `INSERT into archived without.*Events.Step -> Events.archive`
	return err
}

func (e *Events) file(ctx context.Context, id string) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO files (id) VALUES ($1)", id) // want `INSERT into files without.*Events.Publish -> registry.Registry.Publish -> steps.Events.file`
	return err
}

// Publish runs the handlers of a topic.
func (e *Events) Publish(ctx context.Context, topic, id string) error {
	return e.registry.Publish(ctx, topic, id)
}

// seed is in no table.
func (e *Events) seed(ctx context.Context) error {
	_, err := e.db.ExecContext(ctx, "INSERT INTO seeds DEFAULT VALUES")
	return err
}

func auditor(db *sql.DB) registry.Handler {
	return func(ctx context.Context, id string) error {
		_, err := db.ExecContext(ctx, "INSERT INTO audits (id) VALUES ($1)", id) // want `INSERT into audits without.*Events.Audit -> auditor`
		return err
	}
}

func notifier(db *sql.DB) (registry.Handler, error) {
	return func(ctx context.Context, id string) error {
		_, err := db.ExecContext(ctx, "INSERT INTO outbox (id) VALUES ($1)", id) // want `INSERT into outbox without.*Events.Notify -> notifier`
		return err
	}, db.Ping()
}

func traced(h registry.Handler) registry.Handler {
	return func(ctx context.Context, id string) error { return h(ctx, id) }
}

// Dispatch runs what the registry has.
func (e *Events) Dispatch(ctx context.Context, kind, id string) error {
	return e.registry.Dispatch(ctx, kind, id)
}

// Step runs one of the table.
func (e *Events) Step(ctx context.Context, name string) error {
	if step := e.steps[name]; step != nil {
		return step(ctx)
	}
	return nil
}

// Audit calls a decorated closure.
func (e *Events) Audit(ctx context.Context, id string) error { return e.audit(ctx, id) }

// Notify calls a closure that came with an error.
func (e *Events) Notify(ctx context.Context, id string) error { return e.notify(ctx, id) }

// Count only asks how many there are.
func (e *Events) Count(context.Context) (int, error) { return len(e.steps), nil }

// Register registers the activities, and seeds once.
func Register(ctx context.Context, w worker.Worker, db *sql.DB) error {
	e, err := New(db)
	if err != nil {
		return err
	}
	w.RegisterActivity(e)
	return e.seed(ctx)
}
