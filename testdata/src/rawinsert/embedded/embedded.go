// Package embedded has its statements in files.
package embedded

import (
	"context"
	"database/sql"
	"embed"

	"go.temporal.io/sdk/worker"
)

//go:embed insert_fact.sql
var insertFact string

var (
	//go:embed upsert_fact.sql
	upsertFact []byte

	// Several files, of which a call names one.
	//go:embed statements/*.sql
	statements embed.FS

	//go:embed statements
	folder embed.FS
)

type Activities struct{ db *sql.DB }

func (a *Activities) Add(ctx context.Context, day string, n int) error {
	_, err := a.db.ExecContext(ctx, insertFact, day, n) // want `INSERT into facts without ON CONFLICT`
	return err
}

func (a *Activities) Put(ctx context.Context, day string, n int) error {
	_, err := a.db.ExecContext(ctx, string(upsertFact), day, n)
	return err
}

func (a *Activities) Event(ctx context.Context, day string, n int) error {
	text, err := statements.ReadFile("statements/raw.sql")
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, string(text), day, n) // want `INSERT into events without ON CONFLICT`
	return err
}

func (a *Activities) PutEvent(ctx context.Context, day string, n int) error {
	text, err := statements.ReadFile("statements/upsert.sql")
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, string(text), day, n)
	return err
}

// load is what programs have for it.
func load(name string) string {
	text, err := folder.ReadFile("statements/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return string(text)
}

var eventRaw, eventUpsert = load("raw"), load("upsert")

func (a *Activities) Loaded(ctx context.Context, day string, n int) error {
	_, err := a.db.ExecContext(ctx, eventRaw, day, n) // want `INSERT into events without ON CONFLICT`
	return err
}

func (a *Activities) LoadedPut(ctx context.Context, day string, n int) error {
	_, err := a.db.ExecContext(ctx, eventUpsert, day, n)
	return err
}

// Which file a call reads is not known.
func (a *Activities) Any(ctx context.Context, name, day string, n int) error {
	text, err := statements.ReadFile(name)
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, string(text), day, n)
	return err
}

func Register(w worker.Worker) { w.RegisterActivity(&Activities{}) }
