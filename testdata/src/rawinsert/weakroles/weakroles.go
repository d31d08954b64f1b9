// Package weakroles registers nothing and executes nothing: names, the activity package and a directive say who is who.
package weakroles

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/activity"
)

// RosterActivities lists what the workflows may call.
type RosterActivities interface {
	AddToRoster(ctx context.Context, name string) error
}

// rosterStore implements the interface, so its listed methods are activities whatever its name.
type rosterStore struct {
	db *sql.DB
}

var _ RosterActivities = (*rosterStore)(nil)

// AddToRoster is listed in the interface.
func (s *rosterStore) AddToRoster(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO roster (name) VALUES ($1)", name) // want `INSERT into roster without`
	return err
}

// ShowActivitiesImpl is an implementation by its name.
type ShowActivitiesImpl struct {
	db *sql.DB
}

// AddShow is an exported method of it.
func (s *ShowActivitiesImpl) AddShow(ctx context.Context, title string) error {
	return s.insertShow(ctx, title)
}

func (s *ShowActivitiesImpl) insertShow(ctx context.Context, title string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO shows (title) VALUES ($1)", title) // want `INSERT into shows without.*AddShow.*insertShow`
	return err
}

// dropDraft is unexported and nobody calls it: no activity.
func (s *ShowActivitiesImpl) dropDraft(ctx context.Context, title string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO drafts (title) VALUES ($1)", title)
	return err
}

var _ = (*ShowActivitiesImpl).dropDraft

// RecordVisit uses the activity package, which works in activities only.
func RecordVisit(ctx context.Context, db *sql.DB, name string) error {
	activity.RecordHeartbeat(ctx, name)
	_, err := db.ExecContext(ctx, "INSERT INTO visits (name) VALUES ($1)", name) // want `INSERT into visits without.*RecordVisit`
	return err
}

// logged uses the activity package too, but it is unexported: a helper of activities elsewhere, or of none.
func logged(ctx context.Context, db *sql.DB, name string) error {
	activity.GetLogger(ctx).Info("visit", "name", name)
	_, err := db.ExecContext(ctx, "INSERT INTO audit (name) VALUES ($1)", name)
	return err
}

var _ = logged

// ImportNames is marked by hand.
//
//mcwflint:activity
func ImportNames(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO people (name) SELECT name FROM staging") // want `INSERT into people without.*ImportNames`
	return err
}

// Archive is a plain store: nothing about it says activity.
type Archive struct {
	db *sql.DB
}

// Add is no activity.
func (a *Archive) Add(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO archive (name) VALUES ($1)", name)
	return err
}
