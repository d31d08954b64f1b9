package markers // want package:`.`

// What the domain of that name says of functions.

import (
	"context"
	"database/sql"
	"errors"
)

const mark = `INSERT INTO marks (id) VALUES ($1) ON CONFLICT DO NOTHING`

func Claim(ctx context.Context, tx *sql.Tx, id string) (bool, error) { // want Claim:`^markers {{true false false } \[\] false}$`
	res, err := tx.ExecContext(ctx, mark, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func Count(ctx context.Context, tx *sql.Tx, id string) (int64, error) { // want Count:`^markers {{false true false } \[\] false}$`
	res, err := tx.ExecContext(ctx, mark, id)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

var errDone = errors.New("done")

func Mark(ctx context.Context, tx *sql.Tx, id string) error { // want Mark:`^markers {{false false false error example.com/corpus/domains/markers.errDone} \[\] false}$`
	res, err := tx.ExecContext(ctx, mark, id)
	if err != nil {
		return err
	}
	if n, _ := res.RowsAffected(); n == 0 {
		return errDone
	}
	return nil
}

// MarkAny returns none as well where another attempt has marked the row.
func MarkAny(ctx context.Context, tx *sql.Tx, id string, force bool) error {
	res, err := tx.ExecContext(ctx, mark, id)
	if err != nil {
		return err
	}
	if n, _ := res.RowsAffected(); n == 0 && !force {
		return errDone
	}
	return nil
}

type Result int

const (
	New Result = iota
	Again
)

func Dispose(ctx context.Context, tx *sql.Tx, id string) (Result, error) { // want Dispose:`^markers {{false false false example.com/corpus/domains/markers.Again} \[\] false}$`
	res, err := tx.ExecContext(ctx, mark, id)
	if err != nil {
		return New, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return Again, err
	}
	return New, nil
}

func Once(ctx context.Context, tx *sql.Tx, id string, run func() error) error { // want Once:`^markers {{false false false } \[3\] false}$`
	if fresh, err := Claim(ctx, tx, id); err != nil || !fresh {
		return err
	}
	return run()
}

func Lock(ctx context.Context, tx *sql.Tx) error { // want Lock:`^markers {{false false false } \[\] true}$`
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(1)")
	return err
}
