// Package dbconnect ends the worker when the database is away.
package dbconnect

import (
	"context"

	"github.com/mediacloud/mcwflint/runtime/postgres"
	"go.temporal.io/sdk/worker"
)

type StoryActivities interface {
	Count(ctx context.Context) (int, error)
}

type StoryActivitiesImpl struct{}

func (*StoryActivitiesImpl) Count(ctx context.Context) (n int, err error) {
	db, err := postgres.ConnectToDB(ctx)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow(ctx, "SELECT count(*) FROM stories").Scan(&n)
	return n, err
}

func Register(w worker.Registry) { w.RegisterActivity(&StoryActivitiesImpl{}) }
