// Package clean has a main's worker, which runs until it is interrupted.
package clean

import (
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func Run(c client.Client) error {
	defer c.Close()
	w := worker.New(c, "q", worker.Options{})
	return w.Run(worker.InterruptCh())
}

func Start(c client.Client) (worker.Worker, error) {
	w := worker.New(c, "q", worker.Options{})
	return w, w.Start()
}

func Stop(w worker.Worker) { w.Stop() }
