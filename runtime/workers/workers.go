// Package workers makes workers that run either workflows or activities, and stops workers in a hurry.
//
// Workflows and activities belong in separate processes: activities that eat the memory of their process, or end it,
// then take no workflow with them, and each kind can be scaled and deployed without the other. Both poll the same task
// queue:
//
//	w := workers.NewWorkflowWorker(c, taskQueue, worker.Options{})
//	w.RegisterWorkflow(workflows.KardashianWorkflowImpl{}.KeepUpWithKardashians)
//	return w.Run(worker.InterruptCh())
//
// and in the other program
//
//	w := workers.NewActivityWorker(c, taskQueue, worker.Options{})
//	w.RegisterActivity(activities.NewKardashianActivities(pool))
//	return w.Run(worker.InterruptCh())
//
// Package workertest, below this one, runs a worker for as long as a test.
package workers

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// NewWorkflowWorker returns a worker that runs workflows and their local activities, and takes no other activities off
// the queue. It sets options.LocalActivityWorkerOnly, clears options.DisableWorkflowWorker, and leaves the other options
// as they are.
func NewWorkflowWorker(c client.Client, taskQueue string, options worker.Options) worker.Worker {
	options.LocalActivityWorkerOnly = true
	options.DisableWorkflowWorker = false
	return worker.New(c, taskQueue, options)
}

// NewActivityWorker returns a worker that runs activities alone; RegisterWorkflow panics. It sets
// options.DisableWorkflowWorker, clears options.LocalActivityWorkerOnly, and leaves the other options as they are.
func NewActivityWorker(c client.Client, taskQueue string, options worker.Options) worker.Worker {
	options.DisableWorkflowWorker = true
	options.LocalActivityWorkerOnly = false
	return worker.New(c, taskQueue, options)
}

// stopBound is how long StopWorkerFaster waits. stop_worker_faster() in Media Cloud's workflow guide, for an SDK whose
// own stop slept 5 seconds between its looks at the worker, looks every 500 ms.
const stopBound = 500 * time.Millisecond

// StopWorkerFaster is [StopWorkerWithin] 500 ms.
func StopWorkerFaster(w worker.Worker) (stopped bool) {
	return StopWorkerWithin(w, stopBound)
}

// StopWorkerWithin stops a worker and returns when it has stopped, or after bound, whichever is first, whatever the
// worker's WorkerStopTimeout says. It reports whether the worker has stopped. It is for tests: in production a worker
// deserves the time that its options give it, which Stop waits for.
//
// A worker that has not stopped goes on stopping in the background: it takes no new tasks, activities see
// worker.GetWorkerStopChannel closed at once, and their contexts are cancelled after WorkerStopTimeout; an activity that
// heeds neither runs until it returns. Until then goroutines of the worker are there for goleak to find, and a client
// that is closed meanwhile makes the worker log errors. A test that cannot have this ends its activities first: a channel
// that they also wait for, closed before the worker is stopped.
//
// It may be called several times, and concurrently, also on a worker that was never started.
func StopWorkerWithin(w worker.Worker, bound time.Duration) (stopped bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Stop()
	}()
	overdue := time.NewTimer(bound)
	defer overdue.Stop()
	select {
	case <-done:
		return true
	case <-overdue.C:
		return false
	}
}
