package inserts // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
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

func Statement() string { return "INSERT INTO people VALUES (1)" } // want Statement:`^inserts {\[{0 \[INSERT INTO people VALUES \(1\)\]}\] false false \[\] \[\] \[\]}$`

func IsDuplicate(err error) bool { // want IsDuplicate:`^inserts {\[\] true false \[\] \[\] \[\]}$`
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}

func IgnoreDuplicate(err error) error { // want IgnoreDuplicate:`^inserts {\[\] false true \[\] \[\] \[\]}$`
	if IsDuplicate(err) {
		return nil
	}
	return err
}

func Clear(ctx context.Context, tx *sql.Tx) error { // want Clear:`^inserts {\[\] false false \[people\] \[\] \[\]}$`
	_, err := tx.ExecContext(ctx, "DELETE FROM people")
	return err
}

func Upsert(ctx context.Context, db *sql.DB, query string) error { // want Upsert:`^inserts {\[\] false false \[\] \[2\] \[\]}$`
	_, err := db.ExecContext(ctx, query+" ON CONFLICT DO NOTHING")
	return err
}

func Tolerate(run func() error) error { // want Tolerate:`^inserts {\[\] false false \[\] \[\] \[0\]}$`
	err := run()
	if IsDuplicate(err) {
		return nil
	}
	return err
}
