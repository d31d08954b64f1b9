// Package caches makes clients that are kept, in the ways that programs keep them. Silent.
package caches

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// Pool keeps each client with the time when it was last used.
type Pool struct {
	mu      sync.Mutex
	entries map[string]*entry
}

type entry struct {
	client client.Client
	used   time.Time
}

func (p *Pool) get(namespace string) (client.Client, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e, ok := p.entries[namespace]; ok {
		e.used = time.Now()
		return e.client, nil
	}
	c, err := client.Dial(client.Options{Namespace: namespace})
	if err != nil {
		return nil, err
	}
	p.entries[namespace] = &entry{client: c, used: time.Now()}
	return c, nil
}

// Flights lets the callers that come at once share a call, like singleflight.
type Flights struct {
	group   group
	clients sync.Map
}

type group struct{}

func (*group) Do(key string, f func() (any, error)) (any, error) { return f() }

func (f *Flights) get(namespace string) (any, error) {
	if c, ok := f.clients.Load(namespace); ok {
		return c, nil
	}
	return f.group.Do(namespace, func() (any, error) {
		c, err := client.Dial(client.Options{Namespace: namespace})
		if err != nil {
			return nil, err
		}
		f.clients.Store(namespace, c)
		return c, nil
	})
}

// Lazy holds the lock in one method and dials in another.
type Lazy struct {
	mu     sync.Mutex
	client client.Client
}

func (l *Lazy) get(ctx context.Context) (client.Client, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.client == nil {
		if err := l.connect(ctx); err != nil {
			return nil, err
		}
	}
	return l.client, nil
}

func (l *Lazy) connect(ctx context.Context) error {
	c, err := client.DialContext(ctx, client.Options{})
	if err != nil {
		return err
	}
	l.client = c
	return nil
}

// Pointer needs no lock.
type Pointer struct{ client atomic.Pointer[client.Client] }

func (p *Pointer) get() (client.Client, error) {
	if c := p.client.Load(); c != nil {
		return *c, nil
	}
	c, err := client.Dial(client.Options{})
	if err != nil {
		return nil, err
	}
	p.client.Store(&c)
	return c, nil
}

// Wrapped looks at a copy, and keeps the client in a struct.
type Wrapped struct{ holder *holder }

type holder struct{ client.Client }

func (w *Wrapped) get() (client.Client, error) {
	h := w.holder
	if h != nil {
		return h.Client, nil
	}
	c, err := client.Dial(client.Options{})
	if err != nil {
		return nil, err
	}
	w.holder = &holder{c}
	return c, nil
}

// Registry has a method for each step, with a lock of its own.
type Registry struct {
	mu      sync.RWMutex
	clients map[string]client.Client
}

func (r *Registry) lookup(namespace string) client.Client {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.clients[namespace]
}

func (r *Registry) remember(namespace string, c client.Client) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clients[namespace] = c
}

func (r *Registry) get(namespace string) (client.Client, error) {
	if c := r.lookup(namespace); c != nil {
		return c, nil
	}
	c, err := client.Dial(client.Options{Namespace: namespace})
	if err != nil {
		return nil, err
	}
	r.remember(namespace, c)
	return c, nil
}

// Once has a helper that runs what it is given once.
type Once struct {
	once   sync.Once
	client client.Client
}

func (o *Once) start(f func() error) (err error) {
	o.once.Do(func() { err = f() })
	return err
}

func (o *Once) dial() (err error) {
	o.client, err = client.Dial(client.Options{})
	return err
}

func (o *Once) get() (client.Client, error) {
	err := o.start(o.dial)
	return o.client, err
}

// Pair fills two fields and looks at one, which it copies.
type Pair struct {
	reader, writer client.Client
}

func (p *Pair) current() (reader, writer client.Client) {
	r := p.reader
	return r, p.writer
}

func (p *Pair) get() (c client.Client, err error) {
	if p.reader == nil {
		if p.reader, err = client.Dial(client.Options{Namespace: "reader"}); err == nil {
			p.writer, err = client.Dial(client.Options{Namespace: "writer"})
		}
	}
	return p.writer, err
}

func (p *Pair) readerOf() (client.Client, error) {
	if r, _ := p.current(); r != nil {
		return r, nil
	}
	c, err := client.NewLazyClient(client.Options{})
	p.reader = c
	return c, err
}

// Activities uses them all.
type Activities struct {
	pool     Pool
	flights  Flights
	lazy     Lazy
	pointer  Pointer
	wrapped  Wrapped
	registry Registry
	once     Once
	pair     Pair
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Warm asks each for its client.
func (a *Activities) Warm(ctx context.Context, namespace string) error {
	var errs [9]error
	_, errs[0] = a.pool.get(namespace)
	_, errs[1] = a.flights.get(namespace)
	_, errs[2] = a.lazy.get(ctx)
	_, errs[3] = a.pointer.get()
	_, errs[4] = a.wrapped.get()
	_, errs[5] = a.registry.get(namespace)
	_, errs[6] = a.once.get()
	_, errs[7] = a.pair.get()
	_, errs[8] = a.pair.readerOf()
	return errors.Join(errs[:]...)
}
