// Command taken has types that would like a name which another has, or that are used
// where this build does not look.
package main

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Two interfaces that differ in what says nothing: they cannot have one name.
type order interface { // want `interface order lists activities`
	Charge(ctx context.Context) error
}

type orderInterface interface { // want `interface orderInterface lists activities`
	Refund(ctx context.Context) error
}

type charger struct{} // want `charger implements order and is not called orderActivitiesImpl`

func (charger) Charge(ctx context.Context) error { return nil }

type refunder struct{} // want `refunder implements orderInterface and is not called orderInterfaceActivitiesImpl`

func (refunder) Refund(ctx context.Context) error { return nil }

type MoveActivities interface {
	Move(ctx context.Context) error
}

// A file that only Windows builds has the name as well: no fix.
type mover struct{} // want `mover implements MoveActivities and is not called moveActivitiesImpl`

func (mover) Move(ctx context.Context) error { return nil }

func main() {
	var w worker.Worker
	w.RegisterActivity(charger{})
	w.RegisterActivity(refunder{})
	w.RegisterActivity(mover{})
}
