// Package store has what the activities need. The test adds what they call.
package store

import (
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Handles are the ways to one database.
type Handles struct {
	Pool   *pgxpool.Pool
	DB     *sql.DB
	Suffix string // always empty, which only a run can tell
}

// UnlessDuplicate accepts a unique violation.
func UnlessDuplicate(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return nil
	}
	return err
}

// ErrTaken is another error for a unique violation.
var ErrTaken = errors.New("the name is taken")
