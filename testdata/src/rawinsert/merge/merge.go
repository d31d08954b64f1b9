// Package merge uses MERGE: its INSERT branch runs only when no row matches.
package merge

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"go.temporal.io/sdk/worker"
)

// Activities merges people.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// MergeInto is standard SQL.
func (a *Activities) MergeInto(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx, `
		MERGE INTO people p USING (VALUES ($1, $2)) AS v (name, show) ON p.name = v.name
		WHEN MATCHED THEN UPDATE SET show = v.show
		WHEN NOT MATCHED THEN INSERT (name, show) VALUES (v.name, v.show)`, name, show)
	return err
}

// MergeWithoutInto is BigQuery's form.
func (a *Activities) MergeWithoutInto(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "MERGE `lake.people` p USING `lake.staging` s ON p.name = s.name "+
		"WHEN NOT MATCHED THEN INSERT (name) VALUES (s.name)")
	return err
}

const notMatched = "WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"

// MergeFromTemplates: the INSERT branch is a template of its own, which is not a statement.
func (a *Activities) MergeFromTemplates(ctx context.Context, table string, columns []string) error {
	list := strings.Join(columns, ", ")
	branch := fmt.Sprintf(notMatched, list, list)
	_, err := a.db.ExecContext(ctx, fmt.Sprintf("MERGE INTO %s t USING staging s ON t.id = s.id %s", table, branch))
	return err
}

// insertBranch is a fragment: an INSERT without INTO and table.
func insertBranch(columns string) string {
	return "INSERT (" + columns + ") VALUES (" + columns + ")"
}

// MergeFromFragment joins the fragment to its WHEN.
func (a *Activities) MergeFromFragment(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "MERGE INTO people t USING staging s ON t.id = s.id WHEN NOT MATCHED THEN "+insertBranch("id, name"))
	return err
}

// StageThenMerge: the MERGE is safe, the staging table gets the row again.
func (a *Activities) StageThenMerge(ctx context.Context, name string) error {
	if _, err := a.db.ExecContext(ctx, "INSERT INTO staging (name) VALUES ($1)", name); err != nil { // want `INSERT into staging without`
		return err
	}
	return a.MergeFromFragment(ctx)
}
