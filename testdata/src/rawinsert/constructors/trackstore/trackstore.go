// Package trackstore provides the store.
package trackstore

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/constructors/album"
)

type store struct{ db *sql.DB }

// NewTracks is the other provider.
func NewTracks(db *sql.DB) album.Tracks {
	return &store{db: db}
}

func (s *store) AddTrack(ctx context.Context, title string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO tracks (title) VALUES ($1)", title)
	return err
}
