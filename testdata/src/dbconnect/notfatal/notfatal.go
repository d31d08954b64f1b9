// Package notfatal calls things named Fatal, Exit and ConnectToDB that end nothing. Silent.
package notfatal

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// Severity is how bad a finding is.
type Severity int

// Fatal is a constructor of an error.
func Fatal(err error) error {
	return fmt.Errorf("fatal: %w", err)
}

// Report collects findings.
type Report struct{ lines []string }

// Fatal adds a line.
func (r *Report) Fatal(args ...any) {
	r.lines = append(r.lines, fmt.Sprint(args...))
}

// Exit leaves a section.
func (r *Report) Exit(code int) {
	r.lines = append(r.lines, fmt.Sprint("exit ", code))
}

// ConnectToDB only writes down that somebody connects.
func (r *Report) ConnectToDB(name string) {
	r.lines = append(r.lines, "connect "+name)
}

// Logger has a Fatal, and what is behind it here only reports.
type Logger interface {
	Fatal(args ...any)
}

type activities struct {
	log Logger
}

// Inspect calls them all.
func (a *activities) Inspect(ctx context.Context, name string) ([]string, error) {
	r := new(Report)
	r.ConnectToDB(name)
	r.Fatal("no such database")
	r.Exit(1)
	a.log.Fatal("through the interface")
	activity.GetLogger(ctx).Error("os.Exit(1) is not called")
	if len(r.lines) == 0 {
		return nil, Fatal(errors.New("empty"))
	}
	return r.lines, nil
}

// Leave ends its goroutine, which the SDK survives.
func (a *activities) Leave(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.Goexit()
	}()
	<-done
	return ctx.Err()
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&activities{log: new(Report)})
}
