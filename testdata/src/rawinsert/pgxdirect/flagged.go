// Package pgxdirect writes rows through pgx: pool, connection, transaction, batch and COPY.
package pgxdirect

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Store holds the pool that the worker opened.
type Store struct {
	pool *pgxpool.Pool
}

// Register makes every exported method of Store an activity.
func Register(w worker.Worker, pool *pgxpool.Pool) {
	w.RegisterActivity(&Store{pool: pool})
}

// AddPerson goes straight to the pool.
func (s *Store) AddPerson(ctx context.Context, name string) error {
	_, err := s.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return err
}

// AddPersonID uses QueryRow because of RETURNING.
func (s *Store) AddPersonID(ctx context.Context, name string) (id int64, err error) {
	const insert = "INSERT INTO people (name) VALUES (@name) RETURNING id" // want `INSERT into people without`
	err = s.pool.QueryRow(ctx, insert, pgx.NamedArgs{"name": name}).Scan(&id)
	return id, err
}

// AddPeople uses Query and collects the keys.
func (s *Store) AddPeople(ctx context.Context, names []string) ([]int64, error) {
	rows, err := s.pool.Query(ctx, "INSERT INTO people (name) SELECT unnest($1::text[]) RETURNING id", names) // want `INSERT into people without`
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// AddBatch queues the statements: they run when the batch is sent.
func (s *Store) AddBatch(ctx context.Context, names []string) error {
	batch := &pgx.Batch{}
	for _, name := range names {
		batch.Queue("INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	}
	return s.pool.SendBatch(ctx, batch).Close()
}

// CopyPeople streams rows; COPY has no conflict clause at all.
func (s *Store) CopyPeople(ctx context.Context, names []string) (int64, error) {
	rows := make([][]any, 0, len(names))
	for _, name := range names {
		rows = append(rows, []any{name})
	}
	return s.pool.CopyFrom(ctx, pgx.Identifier{"people"}, []string{"name"}, pgx.CopyFromRows(rows)) // want `INSERT into|people`
}

// AddInTransaction hands the statement to BeginFunc's closure, which belongs to the activity.
func (s *Store) AddInTransaction(ctx context.Context, name string) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
		return err
	})
}

// AddOnConn acquires a connection first.
func (s *Store) AddOnConn(ctx context.Context, name string) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	_, err = conn.Conn().Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return err
}
