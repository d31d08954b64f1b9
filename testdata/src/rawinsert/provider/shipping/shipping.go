// Package shipping calls the engine that is Temporal: its wrapper makes the target an activity.
package shipping

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/workflow"

	"example.com/corpus/rawinsert/provider"
)

// Parcels is a table.
type Parcels struct{ db *sql.DB }

// Ship is executed by the wrapper.
func (p *Parcels) Ship(ctx context.Context, address string) error {
	_, err := p.db.ExecContext(ctx, "INSERT INTO parcels (address) VALUES ($1)", address) // want `INSERT into parcels without.*Ship`
	return err
}

// Return is executed by nobody.
func (p *Parcels) Return(ctx context.Context, address string) error {
	_, err := p.db.ExecContext(ctx, "INSERT INTO returned (address) VALUES ($1)", address)
	return err
}

// ShipWorkflow ships.
func ShipWorkflow(ctx workflow.Context, address string) error {
	var parcels *Parcels
	var engine provider.Temporal
	return engine.ExecuteActivity(nil, ctx, parcels.Ship, address)
}
