package inserts // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

func Raw(ctx context.Context, db *sql.DB) error { // want Raw:`^insert people$`
	_, err := db.ExecContext(ctx, "INSERT INTO people VALUES (1)")
	return err
}

func Clause(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO people VALUES (1) ON CONFLICT DO NOTHING")
	return err
}

func Below(ctx context.Context, db *sql.DB) error { return Raw(ctx, db) } // want Below:`^insert people$`

func Statement() string { return "INSERT INTO people VALUES (1)" } // want Statement:`^inserts {\[{0 \[INSERT INTO people VALUES \(1\)\]}\] \[\] \[\] false}$`

func Clear(ctx context.Context, tx *sql.Tx) error { // want Clear:`^inserts {\[\] \[people\] \[\] false}$`
	_, err := tx.ExecContext(ctx, "DELETE FROM people")
	return err
}

func Upsert(ctx context.Context, db *sql.DB, query string) error { // want Upsert:`^inserts {\[\] \[\] \[2\] false}$`
	_, err := db.ExecContext(ctx, query+" ON CONFLICT DO NOTHING")
	return err
}

type Row struct{ ID string }

func (Row) BeforeCreate(db *gorm.DB) error { // want BeforeCreate:`^inserts {\[\] \[\] \[\] true}$`
	db.Statement.AddClause(clause.OnConflict{DoNothing: true})
	return nil
}
