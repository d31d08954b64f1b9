// Package conflictfar has the conflict clause far from the word INSERT.
package conflictfar

import (
	"context"
	"database/sql"
	"fmt"

	"go.temporal.io/sdk/worker"
)

// Dialect chooses among three texts of one statement.
type Dialect int

// The dialects.
const (
	Postgres Dialect = iota
	MySQL
	SQLite
)

// Activities runs against any of the dialects.
type Activities struct {
	db      *sql.DB
	dialect Dialect
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// ThirdLiteral: the clause is in the third literal.
func (a *Activities) ThirdLiteral(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name, show) "+
		"VALUES ($1, $2) "+
		"ON CONFLICT (name) DO UPDATE SET show = EXCLUDED.show", name, show)
	return err
}

// Below: the clause is many lines below in one raw literal.
func (a *Activities) Below(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx, `
		INSERT INTO people (
			name,
			show
		)
		VALUES (
			$1,
			$2
		)

		ON CONFLICT (name)
		DO UPDATE SET
			show = EXCLUDED.show
	`, name, show)
	return err
}

// Backticks: MySQL's quotes force a concatenation in the middle of a raw literal.
func (a *Activities) Backticks(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx, `INSERT INTO people (name, `+"`show`"+`)
		VALUES (?, ?)
		ON DUPLICATE KEY UPDATE `+"`show`"+` = VALUES(`+"`show`"+`)`, name, show)
	return err
}

// upsert is the same statement in three dialects with three different clauses.
func (a *Activities) upsert() string {
	switch a.dialect {
	case MySQL:
		return "INSERT INTO people (name, `show`) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = name"
	case SQLite:
		return "INSERT OR IGNORE INTO people (name, show) VALUES (?, ?)"
	default:
		return "INSERT INTO people (name, show) VALUES ($1, $2) ON CONFLICT DO NOTHING"
	}
}

// ThreeDialects: every text is safe.
func (a *Activities) ThreeDialects(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx, a.upsert(), name, show)
	return err
}

// ThreeClauses shares the head and looks the clause up: the end is unknown. Silent.
func (a *Activities) ThreeClauses(ctx context.Context, name, show string) error {
	clauses := map[Dialect]string{
		Postgres: "ON CONFLICT DO NOTHING",
		MySQL:    "ON DUPLICATE KEY UPDATE name = name",
		SQLite:   "ON CONFLICT (name) DO NOTHING",
	}
	_, err := a.db.ExecContext(ctx, fmt.Sprintf("INSERT INTO people (name, show) VALUES (?, ?) %s", clauses[a.dialect]), name, show)
	return err
}

// OneDialectForgotten: the MySQL text lost its clause, and that database gets the row twice.
func (a *Activities) OneDialectForgotten(ctx context.Context, name string) error {
	query := "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING"
	if a.dialect == MySQL {
		return a.mysql(ctx, "INSERT INTO people (name) VALUES (?)", name) // want `INSERT into people without`
	}
	_, err := a.db.ExecContext(ctx, query, name)
	return err
}

func (a *Activities) mysql(ctx context.Context, query string, args ...any) error {
	_, err := a.db.ExecContext(ctx, query, args...)
	return err
}
