// Package table implements the store.
package table

import (
	"context"
	"database/sql"
)

// Stories is a table.
type Stories struct {
	DB *sql.DB
}

// Story reads.
func (s *Stories) Story(ctx context.Context, id int64) (url string, err error) {
	err = s.DB.QueryRowContext(ctx, "SELECT url FROM stories WHERE id = $1", id).Scan(&url)
	return url, err
}

// WriteStory inserts.
func (s *Stories) WriteStory(ctx context.Context, url string) error {
	_, err := s.DB.ExecContext(ctx, "INSERT INTO stories (url) VALUES ($1)", url)
	return err
}

// Copies is another table behind the same interface.
type Copies struct {
	Stories
}

// WriteStory inserts; it hides the promoted method.
func (c *Copies) WriteStory(ctx context.Context, url string) error {
	_, err := c.DB.ExecContext(ctx, "INSERT INTO copies (url) VALUES ($1)", url)
	return err
}
