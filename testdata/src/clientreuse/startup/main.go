// Command startup makes clients where it is right to: once. Silent.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// global is a package variable: made before main.
var global, globalErr = client.NewLazyClient(client.Options{})

var initialized client.Client

func init() {
	c, err := client.NewLazyClient(client.Options{Namespace: "init"})
	if err != nil {
		log.Fatal(err)
	}
	initialized = c
}

// shared is made by whoever comes first.
var shared = sync.OnceValue(func() client.Client {
	c, err := client.Dial(client.Options{})
	if err != nil {
		panic(err)
	}
	return c
})

// Lazy dials in sync.Once, and tries until it works.
type Lazy struct {
	once   sync.Once
	client client.Client
}

// Client is called from activities; the loop around Dial is within the once.
func (l *Lazy) Client() client.Client {
	l.once.Do(func() {
		for {
			c, err := client.Dial(client.Options{})
			if err == nil {
				l.client = c
				return
			}
			time.Sleep(time.Second)
		}
	})
	return l.client
}

// Cache keeps a client for each namespace.
type Cache struct {
	mu      sync.Mutex
	clients map[string]client.Client
}

// Client fills the cache under its lock.
func (c *Cache) Client(namespace string) (client.Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if tc, ok := c.clients[namespace]; ok {
		return tc, nil
	}
	tc, err := client.NewClientFromExisting(shared(), client.Options{Namespace: namespace})
	if err != nil {
		return nil, err
	}
	if c.clients == nil {
		c.clients = make(map[string]client.Client)
	}
	c.clients[namespace] = tc
	return tc, nil
}

// App is made once, by its constructor.
type App struct {
	client client.Client
	lazy   Lazy
	cache  Cache
}

// NewApp dials.
func NewApp() (*App, error) {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return &App{client: c}, nil
}

// Cancel is an activity that uses every client, and makes none of its own.
func (a *App) Cancel(ctx context.Context, namespace, id string) error {
	for _, c := range []client.Client{global, initialized, shared(), a.client, a.lazy.Client()} {
		if err := c.CancelWorkflow(ctx, id, ""); err != nil {
			return err
		}
	}
	c, err := a.cache.Client(namespace)
	if err != nil {
		return err
	}
	return c.CancelWorkflow(ctx, id, "")
}

// dialPatiently is a start-up retry loop.
func dialPatiently() (client.Client, error) {
	var c client.Client
	var err error
	for range 30 {
		if c, err = client.Dial(client.Options{}); err == nil {
			return c, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

// dialWithBackoff gives its closure to a start-up retry helper.
func dialWithBackoff(ctx context.Context) (client.Client, error) {
	return backoff.Retry(ctx, func() (client.Client, error) { return client.Dial(client.Options{}) })
}

// cancelCommand is a command of the command line: it runs once.
func cancelCommand(ctx context.Context, args []string) error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	return c.CancelWorkflow(ctx, args[0], "")
}

func main() {
	flag.Parse()
	ctx := context.Background()
	if globalErr != nil {
		log.Fatal(globalErr)
	}
	if flag.NArg() > 0 {
		if err := cancelCommand(ctx, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	app, err := NewApp()
	if err != nil {
		log.Fatal(err)
	}
	c, err := dialPatiently()
	if err != nil {
		c, err = dialWithBackoff(ctx)
	}
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "cancel", worker.Options{})
	w.RegisterActivity(app.Cancel)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}

// await names the loop that it turns again, until there is a client.
func await(ctx context.Context) (client.Client, error) {
retry:
	for {
		c, err := client.Dial(client.Options{})
		if err != nil {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Second):
				continue retry
			}
		}
		return c, nil
	}
}
