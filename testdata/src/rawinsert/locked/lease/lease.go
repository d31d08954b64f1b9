// Package lease takes locks for others.
package lease

import (
	"context"
	"database/sql"
	"errors"
)

// Hold takes the transaction's lock.
func Hold(ctx context.Context, tx *sql.Tx, key string) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, key)
	return err
}

// With runs f under a lock of that name.
func With(ctx context.Context, db *sql.DB, name string, f func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var got sql.NullInt64
	if err := conn.QueryRowContext(ctx, `SELECT GET_LOCK(?, 10)`, name).Scan(&got); err != nil {
		return err
	}
	if got.Int64 != 1 {
		return errors.New("held")
	}
	return f(conn)
}

// Log takes none.
func Log(ctx context.Context, db *sql.DB, name string, f func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return f(conn)
}
