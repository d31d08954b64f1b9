// Package joined joins its statements, and tells helpers which errors it accepts.
package joined

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/sdk/worker"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type builder struct{ table, conflict string }

func (b *builder) doNothing() *builder {
	b.conflict = "ON CONFLICT DO NOTHING"
	return b
}

func (b *builder) sql() string {
	parts := []string{"INSERT INTO " + b.table + " (id) VALUES ($1)"}
	if b.conflict != "" {
		parts = append(parts, b.conflict)
	}
	return strings.Join(parts, " ")
}

// Activities run them.
type Activities struct {
	db *sql.DB
	g  *gorm.DB
}

// Add has the builder add the clause.
func (a *Activities) Add(ctx context.Context, id string) error {
	b := &builder{table: "things"}
	_, err := a.db.ExecContext(ctx, b.doNothing().sql(), id)
	return err
}

// Plain adds none, Each runs one statement after the other.
func (a *Activities) Plain(ctx context.Context, id string) error {
	parts := []string{"INSERT INTO plain", "(id)", "VALUES ($1)"} // want `INSERT into plain without`
	_, err := a.db.ExecContext(ctx, strings.Join(parts, " "), id)
	return err
}

func (a *Activities) Each(ctx context.Context) error {
	for _, statement := range []string{"INSERT INTO first VALUES (1)", "DELETE FROM second"} { // want `INSERT into first without`
		if _, err := a.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func ignore(err error, code string) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == code {
		return nil
	}
	return err
}

// Append accepts duplicates, Link what is gone.
func (a *Activities) Append(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO events (id) VALUES ($1)", id)
	return ignore(err, "23505")
}

func (a *Activities) Link(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO links (id) VALUES ($1)", id) // want `INSERT into links without`
	return ignore(err, "23503")
}

type row struct{ ID string }

// Ignore has gorm say IGNORE, Quick something else.
func (a *Activities) Ignore(ctx context.Context, id string) error {
	return a.g.WithContext(ctx).Clauses(clause.Insert{Modifier: "IGNORE"}).Create(&row{id}).Error
}

func (a *Activities) Quick(ctx context.Context, id string) error {
	return a.g.WithContext(ctx).Clauses(clause.Insert{}).Create(&row{id}).Error // want `INSERT into row without`
}

// Register registers them.
func Register(w worker.Registry, a *Activities) { w.RegisterActivity(a) }
