// Package urlstore has a store that archives and one that does not.
package urlstore

import (
	"context"
	"database/sql"
)

// Table archives.
type Table struct{ DB *sql.DB }

// Seen reads.
func (t *Table) Seen(ctx context.Context, url string) (seen bool, err error) {
	err = t.DB.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM urls WHERE url = $1)", url).Scan(&seen)
	return seen, err
}

// Archive inserts.
func (t *Table) Archive(ctx context.Context, url string) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO urls (url) VALUES ($1)", url)
	return err
}

// Set remembers.
type Set map[string]bool

// Seen looks and remembers.
func (s Set) Seen(_ context.Context, url string) (bool, error) {
	seen := s[url]
	s[url] = true
	return seen, nil
}
