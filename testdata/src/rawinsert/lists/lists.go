// Package lists hands its activities over in lists, maps and configurations.
package lists

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/lists/platform"
)

// Turns, Games, Boards and Scores have activities.
type (
	Turns  struct{ db *sql.DB }
	Games  struct{ db *sql.DB }
	Boards struct{ db *sql.DB }
	Scores struct{ db *sql.DB }
)

// Append adds a turn.
func (t *Turns) Append(ctx context.Context, turn string) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO turns (turn) VALUES ($1)", turn) // want `INSERT into turns without.*Turns.Append`
	return err
}

// Undo takes it back.
func (t *Turns) Undo(ctx context.Context, turn string) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO undone (turn) VALUES ($1)", turn) // want `INSERT into undone without.*Turns.Undo`
	return err
}

// Open opens a game.
func (g *Games) Open(ctx context.Context, game string) error {
	_, err := g.db.ExecContext(ctx, "INSERT INTO games (game) VALUES ($1)", game) // want `INSERT into games without.*Games.Open`
	return err
}

// Close closes it.
func (g *Games) Close(ctx context.Context, game string) error {
	_, err := g.db.ExecContext(ctx, "INSERT INTO closed (game) VALUES ($1)", game) // want `INSERT into closed without.*Games.Close`
	return err
}

// Draw draws a board.
func (b *Boards) Draw(ctx context.Context, board string) error {
	_, err := b.db.ExecContext(ctx, "INSERT INTO boards (board) VALUES ($1)", board) // want `INSERT into boards without.*Boards.Draw`
	return err
}

// Keep keeps a score.
func (s *Scores) Keep(ctx context.Context, score string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO scores (score) VALUES ($1)", score) // want `INSERT into scores without.*Scores.Keep`
	return err
}

// A Site serves the web: what it inserts, it inserts once.
type Site struct{ db *sql.DB }

// Check is asked by probes, and Visit by browsers.
func (s *Site) Check(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO probes DEFAULT VALUES")
	return err
}

// Visit counts a visit.
func (s *Site) Visit(ctx context.Context, page string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO visits (page) VALUES ($1)", page)
	return err
}

// Run puts it all together.
func Run(ctx context.Context, w worker.Worker, db *sql.DB) {
	turns, games := &Turns{db}, &Games{db}
	activities := []any{turns.Append, games}
	platform.Register(w, nil, activities)
	platform.RegisterNamed(w, map[string]any{"undo": turns.Undo})
	platform.Config{Activities: []any{&Boards{db}}, Servers: []any{&Site{db}}}.Run(w)
	new(platform.Registry).Add(&Scores{db}).Apply(w)
	platform.Probes(ctx, []any{&Site{db}})
}
