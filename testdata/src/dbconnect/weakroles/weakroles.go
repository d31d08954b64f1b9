// Package weakroles registers nothing: names and the activity package say who is who.
package weakroles

import (
	"context"
	"database/sql"
	"log"
	"os"

	"go.temporal.io/sdk/activity"
)

// CountActivities lists what the workflows may call.
type CountActivities interface {
	CountPeople(ctx context.Context) (int, error)
}

// CountActivitiesImpl implements it.
type CountActivitiesImpl struct {
	DB *sql.DB
}

// CountPeople is an activity by interface and by name.
func (a *CountActivitiesImpl) CountPeople(ctx context.Context) (n int, err error) {
	if err := a.DB.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n); err != nil {
		log.Fatal(err) // want `log.Fatal.*CountPeople`
	}
	return n, nil
}

// Sweep uses the activity package.
func Sweep(ctx context.Context, db *sql.DB) error {
	activity.RecordHeartbeat(ctx)
	if _, err := db.ExecContext(ctx, "DELETE FROM drafts"); err != nil {
		activity.GetLogger(ctx).Error("sweep", "err", err)
		os.Exit(1) // want `os.Exit.*Sweep`
	}
	return nil
}

// Command is no activity: a command line may end.
func Command(args []string) {
	if len(args) == 0 {
		log.Fatal("usage: count DATABASE")
	}
}

// Daemon's methods are none either.
type Daemon struct{ DB *sql.DB }

// Run may end the process.
func (d *Daemon) Run(ctx context.Context) {
	if err := d.DB.PingContext(ctx); err != nil {
		log.Fatal(err)
	}
}

var _ CountActivities = (*CountActivitiesImpl)(nil)
