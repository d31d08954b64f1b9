// Package kept keeps workers and clients in fields, and makes workers in helpers.
package kept

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func step(ctx context.Context) error { return ctx.Err() }

// A host is made of variables.
type host struct {
	client client.Client
	worker worker.Worker
}

func newHost(c client.Client) (*host, error) {
	w := worker.New(c, "q", worker.Options{DisableWorkflowWorker: true})
	w.RegisterActivity(step)
	return &host{client: c, worker: w}, w.Start()
}

func (h *host) Close() {
	h.client.Close() // want `this client is closed before its worker stops`
	h.worker.Stop()
}

func (h *host) CloseInOrder() {
	h.worker.Stop()
	h.client.Close()
}

// Of two clients one only starts workflows.
type pair struct {
	starter client.Client
	polls   client.Client
	worker  worker.Worker
}

func newPair(starter, polls client.Client) (*pair, error) {
	p := &pair{starter: starter, polls: polls}
	w := worker.New(polls, "q", worker.Options{})
	p.worker = w
	return p, w.Start()
}

func (p *pair) Close() {
	p.starter.Close()
	p.worker.Stop()
	p.polls.Close()
}

func (p *pair) CloseAll() {
	p.starter.Close()
	p.polls.Close() // want `this client is closed before its worker stops`
	p.worker.Stop()
}

// A field that has one client here and another there may have either.
type either struct {
	client client.Client
	worker worker.Worker
}

func newEither(c, other client.Client, own bool) *either {
	e := &either{client: c, worker: worker.New(c, "q", worker.Options{})}
	if own {
		e.client = other
	}
	return e
}

func (e *either) Close() {
	e.client.Close()
	e.worker.Stop()
}

// What a helper makes has the client and the options that it is given.
func poll(c client.Client, queue string) (worker.Worker, error) {
	w := worker.New(c, queue, worker.Options{})
	w.RegisterActivity(step)
	if err := w.Start(); err != nil {
		return nil, err
	}
	return w, nil
}

func Serve(c client.Client, done <-chan struct{}) error {
	w, err := poll(c, "q")
	if err != nil {
		return err
	}
	defer w.Stop()
	defer c.Close() // want `this client is closed before its worker stops`
	<-done
	return nil
}

func ServeOther(c, other client.Client, done <-chan struct{}) error {
	w, err := poll(c, "q")
	if err != nil {
		return err
	}
	defer c.Close()
	defer w.Stop()
	defer other.Close()
	<-done
	return nil
}

// A helper with a client of its own closes it itself.
func pollAlone() (worker.Worker, error) {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return nil, err
	}
	return worker.New(c, "q", worker.Options{}), nil
}

func ServeAlone(c client.Client, done <-chan struct{}) error {
	w, err := pollAlone()
	if err != nil {
		return err
	}
	defer w.Stop()
	defer c.Close()
	<-done
	return nil
}
