// Package buninsert writes rows through bun.
package buninsert

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"
	"go.temporal.io/sdk/worker"
)

// Person is a row of people.
type Person struct {
	bun.BaseModel `bun:"table:people"`

	ID   int64  `bun:",pk,autoincrement"`
	Name string `bun:",unique"`
	Show string
}

// Activities writes people.
type Activities struct {
	db *bun.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, db *bun.DB) {
	w.RegisterActivity(&Activities{db: db})
}

// AddPerson is an INSERT.
func (a *Activities) AddPerson(ctx context.Context, p *Person) error {
	_, err := a.db.NewInsert().Model(p).Exec(ctx) // want `INSERT into`
	return err
}

// AddReturning reads the key.
func (a *Activities) AddReturning(ctx context.Context, p *Person) (int64, error) {
	err := a.db.NewInsert().Model(p).Returning("id").Scan(ctx) // want `INSERT into`
	return p.ID, err
}

// AddLater stores the builder and finishes it below.
func (a *Activities) AddLater(ctx context.Context, p *Person, short bool) error {
	q := a.db.NewInsert().Model(p) // want `INSERT into`
	if short {
		q = q.Column("name")
	}
	_, err := q.Exec(ctx)
	return err
}

// AddInTransaction inserts through the transaction.
func (a *Activities) AddInTransaction(ctx context.Context, p *Person) error {
	return a.db.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(p).Exec(ctx) // want `INSERT into`
		return err
	})
}

// add uses what both a DB and a Tx are.
func add(ctx context.Context, db bun.IDB, p *Person) error {
	_, err := db.NewInsert().Model(p).Exec(ctx) // want `INSERT into.*AddThroughInterface`
	return err
}

// AddThroughInterface calls it.
func (a *Activities) AddThroughInterface(ctx context.Context, p *Person) error {
	return add(ctx, a.db, p)
}

// AddRaw is text.
func (a *Activities) AddRaw(ctx context.Context, name string) error {
	_, err := a.db.NewRaw("INSERT INTO people (name) VALUES (?)", name).Exec(ctx) // want `INSERT into people without`
	return err
}

// Upsert says On.
func (a *Activities) Upsert(ctx context.Context, p *Person) error {
	_, err := a.db.NewInsert().
		Model(p).
		On("CONFLICT (name) DO UPDATE").
		Set("show = EXCLUDED.show").
		Exec(ctx)
	return err
}

// Ignore says Ignore.
func (a *Activities) Ignore(ctx context.Context, p *Person) error {
	_, err := a.db.NewInsert().Model(p).Ignore().Exec(ctx)
	return err
}

// IgnoreLater decides after the builder was stored.
func (a *Activities) IgnoreLater(ctx context.Context, p *Person) error {
	q := a.db.NewInsert().Model(p)
	q = q.On("CONFLICT DO NOTHING")
	_, err := q.Exec(ctx)
	return err
}

// Update updates.
func (a *Activities) Update(ctx context.Context, p *Person) error {
	_, err := a.db.NewUpdate().Model(p).WherePK().Exec(ctx)
	return err
}

// Replace empties the table first, in a transaction.
func (a *Activities) Replace(ctx context.Context, people []*Person) error {
	return a.db.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewTruncateTable().Model((*Person)(nil)).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&people).Exec(ctx)
		return err
	})
}

func exec(ctx context.Context, q *bun.InsertQuery) error {
	_, err := q.Exec(ctx)
	return err
}

// AddThrough hands the builder to a function that only runs it.
func (a *Activities) AddThrough(ctx context.Context, p *Person) error {
	return exec(ctx, a.db.NewInsert().Model(p)) // want `INSERT into people without`
}

// AddStoredThrough has it in a variable.
func (a *Activities) AddStoredThrough(ctx context.Context, p *Person) error {
	q := a.db.NewInsert().Model(p) // want `INSERT into people without`
	return exec(ctx, q)
}

// AddByFunction uses the package's function.
func (a *Activities) AddByFunction(ctx context.Context, p *Person) error {
	_, err := bun.NewInsertQuery(a.db).Model(p).Exec(ctx) // want `INSERT into people without`
	return err
}

func execIgnoring(ctx context.Context, q *bun.InsertQuery) error {
	_, err := q.Ignore().Exec(ctx)
	return err
}

// IgnoreThrough hands it to one that adds the clause.
func (a *Activities) IgnoreThrough(ctx context.Context, p *Person) error {
	return execIgnoring(ctx, a.db.NewInsert().Model(p))
}

// AddMissing copies what is not there yet.
func (a *Activities) AddMissing(ctx context.Context, people []Person) error {
	_, err := a.db.NewInsert().
		With("data", a.db.NewValues(&people)).
		Table("people", "data").
		Where("NOT EXISTS (SELECT 1 FROM people p WHERE p.name = data.name)").
		Exec(ctx)
	return err
}
