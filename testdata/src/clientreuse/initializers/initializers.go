// Package initializers makes clients where package variables are initialized, or once behind one. Silent, but for the field that is called each time.
package initializers

import (
	"context"
	"log"
	"sync"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// temporal is made by a function literal that is called where it stands.
var temporal = func() client.Client {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatalf("temporal: %v", err)
	}
	return c
}()

// Lazy is the sync.Once of many programs' own lazy package.
type Lazy[T any] struct {
	once  sync.Once
	make  func() (T, error)
	value T
	err   error
}

// NewLazy keeps its function in a field.
func NewLazy[T any](f func() (T, error)) *Lazy[T] { return &Lazy[T]{make: f} }

// Get makes the value when it is first asked for.
func (l *Lazy[T]) Get() (T, error) {
	l.once.Do(func() { l.value, l.err = l.make() })
	return l.value, l.err
}

func dial() (client.Client, error) { return client.Dial(client.Options{}) }

var (
	literal   = &Lazy[client.Client]{make: func() (client.Client, error) { return client.Dial(client.Options{}) }}
	given     = NewLazy(func() (client.Client, error) { return client.Dial(client.Options{}) })
	named     = NewLazy(dial)
	eachTime  = connector{connect: func() (client.Client, error) { return client.Dial(client.Options{}) }} // want `client.Dial.*Remind`
	unrelated = connector{namespace: "reminders"}
)

type connector struct {
	namespace string
	connect   func() (client.Client, error)
}

// Activities cancels and reminds.
type Activities struct{}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Cancel uses what is there.
func (*Activities) Cancel(ctx context.Context, id string) error {
	for _, lazy := range []*Lazy[client.Client]{literal, given, named} {
		if c, err := lazy.Get(); err == nil {
			return c.CancelWorkflow(ctx, id, unrelated.namespace)
		}
	}
	return temporal.CancelWorkflow(ctx, id, "")
}

// Remind calls the field of a package variable, and with it the function that makes a client.
func (*Activities) Remind(ctx context.Context, id string) error {
	c, err := eachTime.connect()
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, id, "", "remind", nil)
}
