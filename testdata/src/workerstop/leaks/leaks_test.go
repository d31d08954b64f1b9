package leaks

import (
	"errors"
	"os"
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

var c client.Client

func TestNeverStopped(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil { // want `^this worker is never stopped: it goes on polling, and takes the tasks of the tests that follow$`
		t.Fatal(err)
	}
}

func TestInGoroutine(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	go w.Run(worker.InterruptCh()) // want `this worker is never stopped`
	go func() {
		_ = w.Run(worker.InterruptCh()) // want `this worker is never stopped`
	}()
}

func TestBlocks(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Run(worker.InterruptCh()); err != nil { // want `^Run with InterruptCh never returns in a test: nobody interrupts it; use Start, and stop the worker$`
		t.Fatal(err)
	}
}

func TestBlocksInSubtest(t *testing.T) {
	t.Run("sub", func(t *testing.T) {
		w := worker.New(c, "q", worker.Options{})
		_ = w.Run(worker.InterruptCh()) // want `never returns in a test`
	})
}

func TestOnePath(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil { // want `^this worker is not stopped on the path that returns at line 49: it goes on polling, and takes the tasks of the tests that follow$`
		return
	}
	if os.Getenv("SHORT") != "" {
		return
	}
	w.Stop() // want `plain Stop in a test`
}

func TestOneBranch(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	err := w.Start() // want `this worker is not stopped on the path that returns at line 63`
	if err != nil {
		return
	}
	if os.Getenv("SHORT") == "" {
		w.Stop() // want `plain Stop in a test`
	}
}

func start(t *testing.T) worker.Worker {
	t.Helper()
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestHelper(t *testing.T) {
	start(t)      // want `^the worker that start started is never stopped: it goes on polling, and takes the tasks of the tests that follow$`
	w := start(t) // want `the worker that start started is never stopped`
	w.RegisterWorkflow(start)
	_ = start(t) // want `the worker that start started is never stopped`
}

type server struct{ w worker.Worker }

func (s *server) run() error {
	s.w = worker.New(c, "q", worker.Options{})
	return s.w.Start() // want `this worker is never stopped`
}

func TestField(t *testing.T) {
	if err := (&server{}).run(); err != nil {
		t.Fatal(errors.Unwrap(err))
	}
}

func TestGoroutineOnePath(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	go func() {
		_ = w.Run(worker.InterruptCh()) // want `this worker is not stopped on the path that returns at line 100`
	}()
	if os.Getenv("SHORT") != "" {
		return
	}
	w.Stop() // want `plain Stop in a test`
}

func TestStartedAndMore(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil || os.Getenv("SHORT") != "" { // want `this worker is not stopped on the path that returns at line 108`
		return
	}
	w.Stop() // want `plain Stop in a test`
}

// Another name that only registers.
func TestRegistry(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	var r worker.Registry = w
	r.RegisterWorkflow(start)
	_ = w.Start() // want `this worker is never stopped`
}

func TestBlocksOnVariable(t *testing.T) {
	interrupted := worker.InterruptCh()
	w := worker.New(c, "q", worker.Options{})
	_ = w.Run(interrupted) // want `never returns in a test`
}
