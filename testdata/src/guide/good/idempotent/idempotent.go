// Package idempotent is the guide's example of an activity that may run twice.
package idempotent

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

type KardashianActivities interface {
	AddNewKardashian(ctx context.Context) error
}

type KardashianActivitiesImpl struct{ db *pgxpool.Pool }

func (a *KardashianActivitiesImpl) AddNewKardashian(ctx context.Context) error {
	_, err := a.db.Exec(ctx, `
		INSERT INTO kardashians (name, surname)
		VALUES ('Kim', 'Kardashian')
		ON CONFLICT (name, surname) DO NOTHING
	`)
	return err
}

func Register(w worker.Registry) { w.RegisterActivity(&KardashianActivitiesImpl{}) }
