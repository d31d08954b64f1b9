package exitcalls

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
)

// Failing returns the error: Temporal retries the activity.
func (a *Activities) Failing(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

// Panicking is recovered by the SDK: it costs this attempt, not the process.
func (a *Activities) Panicking(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		panic(err)
	}
	return nil
}

// LogPanic panics as well.
func (a *Activities) LogPanic(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Panicf("ping: %v", err)
	}
	return nil
}

// Printing only prints.
func (a *Activities) Printing(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Print("fatal: ", err)
		slog.ErrorContext(ctx, "os.Exit would be wrong here", "err", err)
	}
	return nil
}

// Hostname uses package os for something else.
func (a *Activities) Hostname(context.Context) (string, error) {
	return os.Hostname()
}

// usage ends the process, but no activity calls it.
func usage() {
	fmt.Fprintln(os.Stderr, "usage: people")
	os.Exit(2)
}

var _ = usage
