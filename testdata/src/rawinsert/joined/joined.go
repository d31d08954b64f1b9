// Package joined joins its statements, and tells helpers which errors it accepts.
package joined

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
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

// A kind says what an error of the database is about.
type kind int

const (
	other kind = iota
	there
	gone
)

func kindOf(err error) kind {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return other
	}
	switch pg.Code {
	case "23505":
		return there
	case "23503":
		return gone
	}
	return other
}

func tolerate(err error, kinds ...kind) error {
	k := kindOf(err)
	for _, one := range kinds {
		if k == one {
			return nil
		}
	}
	return err
}

// Enroll accepts duplicates by their kind, Follow what is gone.
func (a *Activities) Enroll(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO pupils (id) VALUES ($1)", id)
	return tolerate(err, gone, there)
}

func (a *Activities) Follow(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO follows (id) VALUES ($1)", id) // want `INSERT into follows without`
	return tolerate(err, gone)
}

// statement numbers its placeholders.
func statement(table string, columns []string, clause string) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (") // want `INSERT into numbers without`
	for i := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(")")
	b.WriteString(clause)
	return b.String()
}

func (a *Activities) Numbered(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, statement("numbered", []string{"id"}, " ON CONFLICT DO NOTHING"), id)
	return err
}

func (a *Activities) NumberedRaw(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, statement("numbers", []string{"id"}, ""), id)
	return err
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
