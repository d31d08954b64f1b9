// Package clients closes clients, in the right order and in the wrong one.
package clients

import (
	"errors"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type wrong struct {
	client client.Client
	worker worker.Worker
}

func (s *wrong) start() error {
	s.worker = worker.New(s.client, "q", worker.Options{})
	return s.worker.Start()
}

func (s *wrong) Close() {
	s.client.Close() // want `^this client is closed before its worker stops: what activities still do cannot be reported, and is done again$`
	s.worker.Stop()
}

type right struct {
	client client.Client
	worker worker.Worker
	other  client.Client
}

func (s *right) start() error {
	s.worker = worker.New(s.client, "q", worker.Options{})
	return s.worker.Start()
}

func (s *right) Close() {
	s.other.Close()
	s.worker.Stop()
	s.client.Close()
}

func Deferred() error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		c.Close()
		return err
	}
	defer w.Stop()
	defer c.Close() // want `this client is closed before its worker stops`
	return errors.New("deferred calls run in reverse")
}

func DeferredRight() error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	return nil
}

func InOneClosure(c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	defer func() {
		c.Close() // want `this client is closed before its worker stops`
		w.Stop()
	}()
}

func Returned(c client.Client) func() {
	w := worker.New(c, "q", worker.Options{})
	return func() {
		c.Close() // want `this client is closed before its worker stops`
		w.Stop()
	}
}

func InBranch(c client.Client, broken bool) {
	w := worker.New(c, "q", worker.Options{})
	if broken {
		c.Close()
		return
	}
	w.Stop()
	c.Close()
}

// Each of two servers has its own client.
func CloseBoth(a, b *right) {
	a.worker.Stop()
	a.client.Close()
	b.worker.Stop()
	b.client.Close()
}

func CloseBothWrong(a, b *wrong) {
	a.client.Close() // want `this client is closed before its worker stops`
	a.worker.Stop()
	b.worker.Stop()
	b.client.Close()
}

// What a server has been given is part of it.
type deps struct{ client client.Client }

type server struct {
	deps   deps
	worker worker.Worker
}

func (s *server) start() error {
	s.worker = worker.New(s.deps.client, "q", worker.Options{})
	return s.worker.Start()
}

func (s *server) Close() {
	s.deps.client.Close() // want `this client is closed before its worker stops`
	s.worker.Stop()
}

// The variable has another client when the worker is made.
func Reconnect() error {
	c, err := client.Dial(client.Options{Namespace: "old"})
	if err != nil {
		return err
	}
	c.Close()
	if c, err = client.Dial(client.Options{Namespace: "new"}); err != nil {
		return err
	}
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		return err
	}
	w.Stop()
	c.Close()
	return nil
}

// The deferred Stop is for the paths that leave early; here it does nothing.
func StopsTwice(c client.Client, work func() error) error {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	if err := work(); err != nil {
		return err
	}
	w.Stop()
	c.Close()
	return nil
}

// What is nil was never there.
func (s *wrong) shut() {
	if s.client != nil {
		s.client.Close() // want `this client is closed before its worker stops`
	}
	if s.worker != nil {
		s.worker.Stop()
	}
}

func (s *right) shut() {
	if s.worker != nil {
		s.worker.Stop()
	}
	if s.client != nil {
		s.client.Close()
	}
}

// A server without a client of its own has none to close.
func (s *right) leave() {
	if s.client != nil {
		s.client.Close()
		return
	}
	s.worker.Stop()
}
