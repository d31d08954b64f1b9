// Package columns runs on a database that has no clause.
package columns

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Store runs text.
type Store struct{ Conn driver.Conn }

// Run runs it.
func (s *Store) Run(ctx context.Context, query string) error { return s.Conn.Exec(ctx, query) }
