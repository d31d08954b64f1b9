// Package clickhouse writes to a database whose dialect has no conflict handling:
// there is no clause to ask for.
package clickhouse

import (
	"context"
	"database/sql"

	clickhouse "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.temporal.io/sdk/worker"
)

type Activities struct {
	conn driver.Conn
	db   *sql.DB
}

// Open makes both kinds of connection.
func Open(options *clickhouse.Options) (*Activities, error) {
	conn, err := clickhouse.Open(options)
	if err != nil {
		return nil, err
	}
	return &Activities{conn: conn, db: clickhouse.OpenDB(options)}, nil
}

func Register(w worker.Worker, a *Activities) { w.RegisterActivity(a) }

// Exec runs on the driver's own type.
func (a *Activities) Exec(ctx context.Context, name string) error {
	return a.conn.Exec(ctx, "INSERT INTO people (name) VALUES (?)", name)
}

// ExecSQL runs on database/sql, in a package that imports this driver alone.
func (a *Activities) ExecSQL(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES (?)", name)
	return err
}

// Batch prepares a batch: the text stops at the columns.
func (a *Activities) Batch(ctx context.Context, names []string) error {
	batch, err := a.conn.PrepareBatch(ctx, "INSERT INTO people (name)")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := batch.Append(name); err != nil {
			return err
		}
	}
	return batch.Send()
}
