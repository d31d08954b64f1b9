package inserts // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"context"
	"database/sql"
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

func Statement() string { return "INSERT INTO people VALUES (1)" } // want Statement:`^inserts {\[{0 \[INSERT INTO people VALUES \(1\)\]}\] \[\] \[\]}$`

func Clear(ctx context.Context, tx *sql.Tx) error { // want Clear:`^inserts {\[\] \[people\] \[\]}$`
	_, err := tx.ExecContext(ctx, "DELETE FROM people")
	return err
}

func Upsert(ctx context.Context, db *sql.DB, query string) error { // want Upsert:`^inserts {\[\] \[\] \[2\]}$`
	_, err := db.ExecContext(ctx, query+" ON CONFLICT DO NOTHING")
	return err
}
