// Package catalog wraps the pool, as many programs do.
package catalog

import (
	"context"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Pool forwards text and arguments.
type Pool struct {
	pool *pgxpool.Pool
}

// Exec is a sink of the project's own.
func (p Pool) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	slog.DebugContext(ctx, "exec", "sql", sql)
	return p.pool.Exec(ctx, sql, args...)
}

// Exec runs one statement on a connection.
func Exec(ctx context.Context, logger *slog.Logger, conn *pgx.Conn, query string) error {
	logger.Info("executing", "query", query)
	_, err := conn.Exec(ctx, query)
	return err
}
