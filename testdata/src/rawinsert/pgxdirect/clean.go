package pgxdirect

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// UpsertBatch repeats safely: each queued statement names its conflict.
func (s *Store) UpsertBatch(ctx context.Context, names []string) error {
	batch := &pgx.Batch{}
	for _, name := range names {
		batch.Queue("INSERT INTO people (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", name)
	}
	return s.pool.SendBatch(ctx, batch).Close()
}

// UpsertID returns the key of the old or the new row.
func (s *Store) UpsertID(ctx context.Context, name string) (id int64, err error) {
	const upsert = `
		INSERT INTO people AS p (name) VALUES ($1)
		ON CONFLICT (name) DO UPDATE SET name = p.name
		RETURNING p.id`
	err = s.pool.QueryRow(ctx, upsert, name).Scan(&id)
	return id, err
}

// Count reads.
func (s *Store) Count(ctx context.Context) (n int, err error) {
	err = s.pool.QueryRow(ctx, "SELECT count(*) FROM people").Scan(&n)
	return n, err
}

// Listen sends statements that have nothing to do with rows.
func (s *Store) Listen(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, "NOTIFY inserted_people")
	return err
}
