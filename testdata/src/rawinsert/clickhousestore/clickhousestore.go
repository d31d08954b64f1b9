// Package clickhousestore has a database of each kind behind methods of its own.
package clickhousestore

import (
	"context"
	"log/slog"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Store has both.
type Store struct {
	conn driver.Conn
	pool *pgxpool.Pool
}

func (s *Store) log(ctx context.Context, query string, args ...any) error {
	slog.InfoContext(ctx, "runs", "query", query)
	return s.conn.Exec(ctx, query, args...)
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.pool.Exec(ctx, query, args...)
	return err
}

// Activities writes to both.
type Activities struct {
	store *Store
}

// Register makes the roles strong.
func Register(w worker.Worker, store *Store) {
	w.RegisterActivity(&Activities{store})
}

const insertEvent = "INSERT INTO events (name) VALUES (?)"

// Log runs on the one that has no clause, by what the store does with the text.
func (a *Activities) Log(ctx context.Context, name string) error {
	return a.store.log(ctx, insertEvent, name)
}

func logOn(ctx context.Context, conn driver.Conn, query string, args ...any) error {
	return conn.Exec(ctx, query, args...)
}

// LogOn hands the connection to a function.
func (a *Activities) LogOn(ctx context.Context, name string) error {
	return logOn(ctx, a.store.conn, "INSERT INTO events (name) VALUES (?)", name)
}

// Exec runs on the other.
func (a *Activities) Exec(ctx context.Context, name string) error {
	return a.store.exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
}
