// Package ledger has a statement that may run twice for a reason the linter cannot see.
package ledger

import (
	"context"
	"database/sql"
)

// Append writes a line. At the place of the effect the directive silences every chain that ends here.
func Append(ctx context.Context, db *sql.DB, line string) error {
	//mcwflint:ignore rawinsert -- readers fold equal lines
	_, err := db.ExecContext(ctx, "INSERT INTO ledger (line) VALUES ($1)", line)
	return err
}

// AppendRaw writes a line without a reason.
func AppendRaw(ctx context.Context, db *sql.DB, line string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO raw_ledger (line) VALUES ($1)", line)
	return err
}
