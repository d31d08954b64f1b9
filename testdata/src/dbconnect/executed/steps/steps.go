// Package steps has functions that only a workflow elsewhere makes activities.
package steps

import (
	"context"
	"database/sql"
	"fmt"

	"example.com/corpus/dbconnect/executed/check"
)

// Steps holds the database.
type Steps struct{ DB *sql.DB }

// Verify checks with a helper that ends the process.
func (s *Steps) Verify(ctx context.Context) error {
	check.Must(s.DB.PingContext(ctx))
	return nil
}

// Probe checks with an error.
func (s *Steps) Probe(ctx context.Context) error {
	if err := s.DB.PingContext(ctx); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	return nil
}

// Unused ends the process as well, and nobody executes it.
func (s *Steps) Unused(ctx context.Context) error {
	check.Require(s.DB != nil)
	return nil
}
