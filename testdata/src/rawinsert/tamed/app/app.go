// Command app gives INSERTs to functions of other packages and to interfaces.
package main

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/tamed/columns"
	"example.com/corpus/rawinsert/tamed/sqlx"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type upserter interface {
	Upsert(ctx context.Context, query string) error
}

type execer interface {
	Exec(ctx context.Context, query string) error
}

type runner interface {
	Run(ctx context.Context, query string) error
}

// Two types are bound to it, and one runs the text as it is.
type either interface {
	Do(ctx context.Context, query string) error
}

type tame struct{ db *sql.DB }

func (t tame) Do(ctx context.Context, query string) error { return sqlx.Upsert(ctx, t.db, query) }

type wild struct{ db *sql.DB }

func (w wild) Do(ctx context.Context, query string) error { return sqlx.Plain(ctx, w.db, query) }

type activities struct {
	db       *sql.DB
	upserter upserter
	execer   execer
	runner   runner
	one, two either
}

func (a *activities) Upsert(ctx context.Context) error {
	return sqlx.Upsert(ctx, a.db, "INSERT INTO people VALUES (1)")
}

func (a *activities) Formatted(ctx context.Context) error {
	return sqlx.Formatted(ctx, a.db, "INSERT INTO people VALUES (1)")
}

func (a *activities) Plain(ctx context.Context) error {
	return sqlx.Plain(ctx, a.db, "INSERT INTO people VALUES (1)") // want `INSERT into people without ON CONFLICT`
}

func (a *activities) Sometimes(ctx context.Context) error {
	return sqlx.Sometimes(ctx, a.db, true, "INSERT INTO people VALUES (1)") // want `INSERT into people without ON CONFLICT`
}

func (a *activities) Trimmed(ctx context.Context) error {
	return sqlx.Trimmed(ctx, a.db, false, "INSERT INTO people VALUES (1)") // want `INSERT into people without ON CONFLICT`
}

func (a *activities) Leading(ctx context.Context) error {
	return sqlx.Leading(ctx, a.db, "INSERT INTO people VALUES (1)") // want `INSERT into people without ON CONFLICT`
}

func (a *activities) ThroughUpserter(ctx context.Context) error {
	return a.upserter.Upsert(ctx, "INSERT INTO people VALUES (1)")
}

func (a *activities) ThroughExecer(ctx context.Context) error {
	return a.execer.Exec(ctx, "INSERT INTO people VALUES (1)") // want `INSERT into people without ON CONFLICT`
}

func (a *activities) ThroughRunner(ctx context.Context) error {
	return a.runner.Run(ctx, "INSERT INTO people VALUES (1)")
}

func (a *activities) ThroughEither(ctx context.Context) error {
	return a.one.Do(ctx, "INSERT INTO people VALUES (1)") // want `INSERT into people without ON CONFLICT`
}

func main() {
	db, err := sql.Open("postgres", "")
	if err != nil {
		panic(err)
	}
	c, err := client.Dial(client.Options{})
	if err != nil {
		panic(err)
	}
	w := worker.New(c, "people", worker.Options{})
	store := &sqlx.DB{DB: db}
	w.RegisterActivity(&activities{db, store, store, &columns.Store{}, tame{db}, wild{db}})
}
