// Package activities knows its dependencies as concrete types, so the chains close here, before anyone registers it.
package activities

import (
	"context"
	"fmt"

	"example.com/corpus/rawinsert/statichops/service"
)

// RosterActivitiesImpl is an implementation of activities by its name.
type RosterActivitiesImpl struct {
	Roster *service.Roster
}

// AddNewKardashian is two hops and two packages away from the statement.
func (a *RosterActivitiesImpl) AddNewKardashian(ctx context.Context, name string) error {
	return a.admit(ctx, name+" Kardashian")
}

// admit holds the last call inside this package, which is where the report stands.
func (a *RosterActivitiesImpl) admit(ctx context.Context, name string) error {
	if err := a.Roster.Admit(ctx, name); err != nil { // want `INSERT into people without.*AddNewKardashian.*Admit.*Add.*insertPerson`
		return fmt.Errorf("admit %s: %w", name, err)
	}
	return nil
}

// AdmitOnce reaches the safe statement only.
func (a *RosterActivitiesImpl) AdmitOnce(ctx context.Context, name string) error {
	return a.Roster.AdmitOnce(ctx, name)
}
