// Package rows has the statements.
package rows

import (
	"context"
	"database/sql"
)

// AddRun inserts.
func AddRun(ctx context.Context, db *sql.DB, flow string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO runs (flow) VALUES ($1)", flow)
	return err
}

// AddSighting inserts.
func AddSighting(ctx context.Context, db *sql.DB, flow string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO sightings (flow) VALUES ($1)", flow)
	return err
}

// AddAudit inserts, for nobody.
func AddAudit(ctx context.Context, db *sql.DB, flow string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO audit (flow) VALUES ($1)", flow)
	return err
}
