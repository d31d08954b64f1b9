package funcfields

import (
	"context"
	"log"
	"os"

	"example.com/corpus/dbconnect/funcfields/leaving"
)

// exit is a variable, so that tests may put something else there.
var exit = os.Exit // want `os.Exit ends.*Activities.Leave`

// Options are what the program may change.
type Options struct {
	Fatalf func(format string, args ...any)
	Exit   func(code int)
}

// Steps are activities too.
type Steps struct{ options Options }

// NewSteps fills in what is missing.
func NewSteps(options Options) *Steps {
	if options.Exit == nil {
		options.Exit = os.Exit // want `os.Exit ends.*Steps.Exit`
	}
	if options.Fatalf == nil {
		options.Fatalf = log.Fatalf // want `log.Fatalf ends.*Steps.Fatal`
	}
	return &Steps{options: options}
}

// Leave calls the variable.
func (a *Activities) Leave(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		exit(4)
	}
	return nil
}

// Reason uses a variable with an exit in it, and does not call that.
func (a *Activities) Reason(ctx context.Context) (string, error) {
	return leaving.Quiet.Reason, a.db.PingContext(ctx)
}

// Other calls a variable of another package, by way of its function.
func (a *Activities) Other(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		leaving.Fatal(err) // want `os.Exit ends.*Activities.Other -> leaving.Fatal at leaving.go:9`
	}
	return nil
}

// Exit calls a field.
func (s *Steps) Exit(ctx context.Context) error {
	s.options.Exit(1)
	return nil
}

// Fatal calls another.
func (s *Steps) Fatal(ctx context.Context) error {
	s.options.Fatalf("no steps")
	return nil
}
