// Package exitcalls ends the process from activities: the worker dies with every other activity it runs.
package exitcalls

import (
	"context"
	"database/sql"
	"log"
	"os"

	"go.temporal.io/sdk/worker"
)

// Activities counts people.
type Activities struct {
	db     *sql.DB
	logger *log.Logger
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&Activities{db: db, logger: log.New(os.Stderr, "people ", log.LstdFlags)})
}

// Exit ends the process at once.
func (a *Activities) Exit(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		os.Exit(1) // want `os.Exit`
	}
	return nil
}

// Fatal ends it with a message.
func (a *Activities) Fatal(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Fatal(err) // want `log.Fatal`
	}
	return nil
}

// Fatalf formats the message.
func (a *Activities) Fatalf(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Fatalf("ping: %v", err) // want `log.Fatal`
	}
	return nil
}

// Fatalln ends the line, and the process.
func (a *Activities) Fatalln(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Fatalln("ping", err) // want `log.Fatal`
	}
	return nil
}

// LoggerFatal is the method of a logger of its own.
func (a *Activities) LoggerFatal(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		a.logger.Fatal(err) // want `Fatal`
	}
	return nil
}

// DefaultFatal is the method of the default logger.
func (a *Activities) DefaultFatal(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Default().Fatalf("ping: %v", err) // want `Fatal`
	}
	return nil
}

// must is everybody's little helper.
func must(err error) {
	if err != nil {
		log.Fatal(err) // want `log.Fatal.*Count.*must`
	}
}

// Count calls it.
func (a *Activities) Count(ctx context.Context) (n int, err error) {
	must(a.db.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n))
	return n, nil
}

// onError takes what to do as a function.
func onError(err error, do func(...any)) {
	if err != nil {
		do(err)
	}
}

// Handed hands log.Fatal on without calling it: a reference is as good as a call.
func (a *Activities) Handed(ctx context.Context) error {
	onError(a.db.PingContext(ctx), log.Fatal) // want `log.Fatal`
	return nil
}

// InGoroutine ends the process from another goroutine, which no recover reaches either.
func (a *Activities) InGoroutine(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if a.db.PingContext(ctx) != nil {
			os.Exit(2) // want `os.Exit.*InGoroutine`
		}
	}()
	<-done
	return nil
}
