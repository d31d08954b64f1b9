// Package mirror uses the wrappers.
package mirror

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/projectwrapper/catalog"
)

// Activities mirrors tables.
type Activities struct {
	Catalog catalog.Pool
	Conn    *pgx.Conn
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// CreateMirror uses the method: its text is an INSERT although no library is called here.
func (a *Activities) CreateMirror(ctx context.Context, name string) error {
	_, err := a.Catalog.Exec(ctx, "INSERT INTO mirrors (name) VALUES ($1)", name) // want `INSERT into mirrors without.*CreateMirror`
	return err
}

// LogRun uses the function.
func (a *Activities) LogRun(ctx context.Context) error {
	return catalog.Exec(ctx, slog.Default(), a.Conn, "INSERT INTO mirror_runs DEFAULT VALUES") // want `INSERT into mirror_runs without.*LogRun`
}

func (a *Activities) execWithLogging(ctx context.Context, query string) error {
	slog.InfoContext(ctx, "query", "text", query)
	return catalog.Exec(ctx, slog.Default(), a.Conn, query)
}

// CopyTable goes through a helper over the helper.
func (a *Activities) CopyTable(ctx context.Context, from, to string) error {
	return a.execWithLogging(ctx, fmt.Sprintf("INSERT INTO %s SELECT * FROM %s", to, from)+" ORDER BY id") // want `INSERT into.*CopyTable`
}

// UpsertMirror has the clause.
func (a *Activities) UpsertMirror(ctx context.Context, name string) error {
	_, err := a.Catalog.Exec(ctx, "INSERT INTO mirrors (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}

// DropMirror deletes.
func (a *Activities) DropMirror(ctx context.Context, name string) error {
	_, err := a.Catalog.Exec(ctx, "DELETE FROM mirrors WHERE name = $1", name)
	return err
}
