// Package sqlbox makes a Box of a database. It knows no activities.
package sqlbox

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/importcloses/notes"
)

type box struct{ db *sql.DB }

// Open returns the box as an interface.
func Open(db *sql.DB) notes.Box {
	return box{db: db}
}

func (b box) Put(ctx context.Context, note string) error {
	_, err := b.db.ExecContext(ctx, "INSERT INTO notes (body) VALUES ($1)", note)
	return err
}
