// Package squirrelinsert builds statements with squirrel.
package squirrelinsert

import (
	"context"
	"database/sql"
	"strings"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

var psql = sq.StatementBuilder.PlaceholderFormat(sq.Dollar)

// Activities writes people.
type Activities struct {
	db   *sql.DB
	pool *pgxpool.Pool
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// AddPerson runs the builder.
func (a *Activities) AddPerson(ctx context.Context, name string) error {
	_, err := sq.Insert("people").Columns("name").Values(name).RunWith(a.db).ExecContext(ctx) // want `INSERT into people without`
	return err
}

// AddDollar uses the package's configured builder and text for pgx.
func (a *Activities) AddDollar(ctx context.Context, name string) error {
	query, args, err := psql.Insert("people").Columns("name").Values(name).ToSql() // want `INSERT into people without`
	if err != nil {
		return err
	}
	_, err = a.pool.Exec(ctx, query, args...)
	return err
}

// AddMany stores the builder.
func (a *Activities) AddMany(ctx context.Context, names []string) error {
	insert := psql.Insert("people").Columns("name") // want `INSERT into people without`
	for _, name := range names {
		insert = insert.Values(name)
	}
	_, err := insert.RunWith(a.db).ExecContext(ctx)
	return err
}

// AddReturning has a suffix that handles nothing.
func (a *Activities) AddReturning(ctx context.Context, name string) (id int64, err error) {
	err = psql.Insert("people").Columns("name").Values(name).Suffix("RETURNING id").RunWith(a.db).QueryRowContext(ctx).Scan(&id) // want `INSERT into people without`
	return id, err
}

// Upsert has the clause as a suffix.
func (a *Activities) Upsert(ctx context.Context, name string) error {
	_, err := psql.Insert("people").
		Columns("name").
		Values(name).
		Suffix("ON CONFLICT (name) DO NOTHING").
		RunWith(a.db).
		ExecContext(ctx)
	return err
}

// UpsertMany adds the suffix to a stored builder.
func (a *Activities) UpsertMany(ctx context.Context, names []string) error {
	insert := psql.Insert("people").Columns("name")
	for _, name := range names {
		insert = insert.Values(name)
	}
	insert = insert.Suffix("ON CONFLICT DO NOTHING")
	_, err := insert.RunWith(a.db).ExecContext(ctx)
	return err
}

// Ignore has MySQL's option.
func (a *Activities) Ignore(ctx context.Context, name string) error {
	_, err := sq.Insert("people").Options("IGNORE").Columns("name").Values(name).RunWith(a.db).ExecContext(ctx)
	return err
}

// Replace is MySQL's statement.
func (a *Activities) Replace(ctx context.Context, name string) error {
	_, err := sq.Replace("people").Columns("name").Values(name).RunWith(a.db).ExecContext(ctx)
	return err
}

// Update updates.
func (a *Activities) Update(ctx context.Context, name, show string) error {
	_, err := psql.Update("people").Set("show", show).Where(sq.Eq{"name": name}).RunWith(a.db).ExecContext(ctx)
	return err
}

// ReplaceShow deletes first, in a transaction that runs both builders.
func (a *Activities) ReplaceShow(ctx context.Context, show, name string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := psql.Delete("people").Where(sq.Eq{"show": show}).RunWith(tx).ExecContext(ctx); err != nil {
		return err
	}
	insert := psql.Insert("people").Columns("show", "name").Values(show, name)
	if _, err := insert.RunWith(tx).ExecContext(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// ReplaceText runs their texts.
func (a *Activities) ReplaceText(ctx context.Context, show, name string) error {
	tx, err := a.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	query, args := psql.Delete("people").Where(sq.Eq{"show": show}).MustSql()
	if _, err := tx.Exec(ctx, query, args...); err != nil {
		return err
	}
	query, args = psql.Insert("people").Columns("show", "name").Values(show, name).MustSql()
	if _, err := tx.Exec(ctx, query, args...); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// exec runs what any of squirrel's builders makes: nothing can be added to it here.
func (a *Activities) exec(ctx context.Context, q sq.Sqlizer) error {
	query, args, err := q.ToSql()
	if err != nil {
		return err
	}
	_, err = a.pool.Exec(ctx, query, args...)
	return err
}

// AddThrough hands the builder to it.
func (a *Activities) AddThrough(ctx context.Context, name string) error {
	return a.exec(ctx, psql.Insert("people").Columns("name").Values(name)) // want `INSERT into people without`
}

// AddStoredThrough has it in a variable.
func (a *Activities) AddStoredThrough(ctx context.Context, name string) error {
	insert := psql.Insert("people").Columns("name").Values(name) // want `INSERT into people without`
	return a.exec(ctx, insert)
}

// AddWith uses squirrel's own function.
func (a *Activities) AddWith(ctx context.Context, name string) error {
	_, err := sq.ExecContextWith(ctx, a.db, sq.Insert("people").Columns("name").Values(name)) // want `INSERT into people without`
	return err
}

// AddReturningExpr has an expression as a suffix that handles nothing.
func (a *Activities) AddReturningExpr(ctx context.Context, name string) error {
	return a.exec(ctx, psql.Insert("people").Columns("name").Values(name).SuffixExpr(sq.Expr("RETURNING id"))) // want `INSERT into people without`
}

// UpsertThrough has the clause, as an expression.
func (a *Activities) UpsertThrough(ctx context.Context, name string) error {
	return a.exec(ctx, psql.Insert("people").Columns("name").Values(name).SuffixExpr(sq.Expr("ON CONFLICT DO NOTHING")))
}

func withName(insert sq.InsertBuilder, name string) sq.InsertBuilder {
	return insert.Columns("name").Values(name)
}

// UpsertBehind goes on from what a function returns.
func (a *Activities) UpsertBehind(ctx context.Context, name string) error {
	return a.exec(ctx, withName(psql.Insert("people"), name).Suffix("ON CONFLICT DO NOTHING"))
}

func execIgnoring(ctx context.Context, pool *pgxpool.Pool, insert sq.InsertBuilder) error {
	query, args := insert.Suffix("ON CONFLICT DO NOTHING").MustSql()
	_, err := pool.Exec(ctx, query, args...)
	return err
}

// UpsertInside leaves the clause to a function.
func (a *Activities) UpsertInside(ctx context.Context, name string) error {
	return execIgnoring(ctx, a.pool, psql.Insert("people").Columns("name").Values(name))
}

// AddStaged copies all.
func (a *Activities) AddStaged(ctx context.Context) error {
	return a.exec(ctx, psql.Insert("people").Columns("name").Select(psql.Select("name").From("staged").Where("name <> ''"))) // want `INSERT into people without`
}

// AddMissing copies what is not there yet.
func (a *Activities) AddMissing(ctx context.Context) error {
	return a.exec(ctx, psql.Insert("people").Columns("name").Select(psql.Select("name").From("staged s").
		Where("NOT EXISTS (SELECT 1 FROM people p WHERE p.name = s.name)")))
}

func missing() sq.SelectBuilder {
	return psql.Select("name").From("staged s").Where("NOT EXISTS (SELECT 1 FROM people p WHERE p.name = s.name)")
}

// AddSelected has the query from somewhere else.
func (a *Activities) AddSelected(ctx context.Context) error {
	return a.exec(ctx, psql.Insert("people").Columns("name").Select(missing()))
}

func (a *Activities) execOnce(ctx context.Context, q sq.Sqlizer) error {
	if err := a.exec(ctx, q); err != nil && !strings.Contains(err.Error(), "23505") {
		return err
	}
	return nil
}

// AddOnce leaves the duplicate to the function that runs the builder.
func (a *Activities) AddOnce(ctx context.Context, name string) error {
	return a.execOnce(ctx, psql.Insert("people").Columns("name").Values(name))
}
