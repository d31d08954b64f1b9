package clean

import (
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/mediacloud/mcwflint/runtime/workers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
)

var c client.Client

func TestDeferred(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	defer workers.StopWorkerFaster(w)
	if os.Getenv("SHORT") != "" {
		return
	}
}

func TestDeferredClosure(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	defer func() { workers.StopWorkerFaster(w) }()
}

func TestCleanup(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	t.Cleanup(func() { workers.StopWorkerFaster(w) })
}

func TestStoppedByHelper(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	defer Stop(w)
}

func TestAtTheEnd(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Skip(err)
	}
	if os.Getenv("BROKEN") != "" {
		t.Fatal("broken")
	}
	workers.StopWorkerFaster(w)
}

func TestFailedToStart(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	err := w.Start()
	if err != nil {
		return
	}
	workers.StopWorkerFaster(w)
}

func TestBothBranches(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	if os.Getenv("SHORT") != "" {
		workers.StopWorkerFaster(w)
		return
	}
	workers.StopWorkerFaster(w)
}

// The channel ends it.
func TestOwnChannel(t *testing.T) {
	stop := make(chan any)
	var wg sync.WaitGroup
	w := worker.New(c, "q", worker.Options{})
	wg.Go(func() { _ = w.Run(stop) })
	close(stop)
	wg.Wait()
}

func TestRunAndStopped(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	go w.Run(worker.InterruptCh())
	defer workers.StopWorkerFaster(w)
}

// A goroutine has its end of its own; the function around it stops the worker.
func TestRunInGoroutine(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	go func() {
		err := w.Run(worker.InterruptCh())
		assert.NoError(t, err)
	}()
	workers.StopWorkerFaster(w)
}

func TestStartedInSubtest(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	t.Run("start", func(t *testing.T) {
		require.NoError(t, w.Start())
	})
	workers.StopWorkerFaster(w)
}

// Nothing is started where the closure is made.
func TestStartedByClosure(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	start := func() error { return w.Start() }
	if os.Getenv("SHORT") != "" {
		return
	}
	require.NoError(t, start())
	workers.StopWorkerFaster(w)
}

func TestAsserted(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if !assert.NoError(t, w.Start()) {
		return
	}
	workers.StopWorkerFaster(w)
}

func TestAssertedLater(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	err := w.Start()
	ok := assert.NoError(t, err)
	if !ok || err != nil {
		return
	}
	workers.StopWorkerFaster(w)
}

func TestAssertedInVariable(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	ok := assert.NoError(t, w.Start())
	if !ok {
		return
	}
	workers.StopWorkerFaster(w)
}

func TestFailedInOtherWords(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	var err = w.Start()
	switch {
	case errors.Is(err, os.ErrClosed):
		return
	case nil != err:
		return
	}
	workers.StopWorkerFaster(w)
}

func TestFailsNow(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	if os.Getenv("BROKEN") != "" {
		require.FailNow(t, "broken")
		return
	}
	workers.StopWorkerFaster(w)
}

var shared worker.Worker

// The process ends, and its workers.
func TestMain(m *testing.M) {
	shared = worker.New(c, "shared", worker.Options{})
	if err := shared.Start(); err != nil {
		panic(err)
	}
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// What runs in the background, to the program.
type service interface{ Stop() }

func stop(s service) { s.Stop() }

func TestStoppedAsService(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	var s service = w
	defer s.Stop()
}

func TestCleanedUpAsService(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	s := service(w)
	t.Cleanup(s.Stop)
}

func TestHandedOnAsService(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	defer stop(service(w))
}

func TestOneOfServices(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	var s service = w
	defer func() { s.Stop() }()
	if os.Getenv("SHORT") == "" {
		s = nil
	}
}

func start(t *testing.T) worker.Worker {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	return w
}

func TestReturned(t *testing.T) {
	w := start(t)
	defer workers.StopWorkerFaster(w)
}

func startWithCleanup(t *testing.T) worker.Worker {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	t.Cleanup(func() { workers.StopWorkerFaster(w) })
	return w
}

func TestReturnedWithCleanup(t *testing.T) {
	w := startWithCleanup(t)
	w.RegisterWorkflow(start)
}

func startWithStop(t *testing.T) func() {
	w := worker.New(c, "q", worker.Options{})
	require.NoError(t, w.Start())
	return func() { workers.StopWorkerFaster(w) }
}

func TestReturnedStop(t *testing.T) { defer startWithStop(t)() }

func TestNeverStarted(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	w.RegisterWorkflow(start)
}

func TestStored(t *testing.T) {
	var all []worker.Worker
	for range 3 {
		w := worker.New(c, "q", worker.Options{})
		require.NoError(t, w.Start())
		all = append(all, w)
	}
	for _, w := range all {
		defer workers.StopWorkerFaster(w)
	}
}

func TestEnvironment(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(start)
}
