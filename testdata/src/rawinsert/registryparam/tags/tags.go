// Package tags has plain functions and methods that become activities elsewhere.
package tags

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/registryparam/tagdb"
)

// Tagger tags.
type Tagger struct {
	DB *sql.DB
}

// AddTag inserts through tagdb.
func (t *Tagger) AddTag(ctx context.Context, tag string) error {
	return tagdb.Insert(ctx, t.DB, tag)
}

// AddTagOnce is safe.
func (t *Tagger) AddTagOnce(ctx context.Context, tag string) error {
	return tagdb.InsertOnce(ctx, t.DB, tag)
}

// AddLabel inserts through tagdb.
func (t *Tagger) AddLabel(ctx context.Context, label string) error {
	return tagdb.InsertLabel(ctx, t.DB, label)
}

// AddColor is never registered.
func (t *Tagger) AddColor(ctx context.Context, color string) error {
	return tagdb.InsertColor(ctx, t.DB, color)
}
