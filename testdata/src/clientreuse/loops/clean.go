package loops

import (
	"context"
	"time"

	"go.temporal.io/sdk/client"
)

// UntilThere goes on while there is no client: it makes one.
func UntilThere(ctx context.Context) client.Client {
	var c client.Client
	for c == nil {
		var err error
		if c, err = client.DialContext(ctx, client.Options{}); err != nil {
			time.Sleep(time.Second)
		}
	}
	return c
}

// UntilConnected has a flag.
func UntilConnected() (c client.Client) {
	connected := false
	for !connected {
		var err error
		c, err = client.Dial(client.Options{})
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		connected = true
	}
	return c
}

// Switching has its outcomes in a switch.
func Switching(ctx context.Context) (client.Client, error) {
	for {
		c, err := client.DialContext(ctx, client.Options{})
		switch {
		case err == nil:
			return c, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		}
		time.Sleep(time.Second)
	}
}

// Attempts returns what the last attempt gave.
func Attempts(ctx context.Context) (client.Client, error) {
	for attempt := 1; ; attempt++ {
		c, err := client.DialContext(ctx, client.Options{})
		if err != nil && attempt < 5 {
			time.Sleep(time.Second)
			continue
		}
		return c, err
	}
}

// Pool makes as many as it is told, for good.
func Pool(n int) ([]client.Client, error) {
	var pool []client.Client
	for range n {
		c, err := client.Dial(client.Options{})
		if err != nil {
			return nil, err
		}
		pool = append(pool, c)
	}
	return pool, nil
}

// FixedPool knows the length before.
func FixedPool(n int) (_ []client.Client, err error) {
	pool := make([]client.Client, n)
	for i := range pool {
		if pool[i], err = client.Dial(client.Options{}); err != nil {
			return nil, err
		}
	}
	return pool, nil
}

// PerNamespace changes its copy of the options for each namespace.
func PerNamespace(ctx context.Context, base client.Options, jobs []Job) error {
	for _, job := range jobs {
		base.Namespace = job.Namespace
		c, err := client.Dial(base)
		if err != nil {
			return err
		}
		defer c.Close()
		if err := c.SignalWorkflow(ctx, job.ID, "", "paid", nil); err != nil {
			return err
		}
	}
	return nil
}

// tenant makes its client from what it is.
type tenant struct{ namespace string }

func (t *tenant) signal(ctx context.Context, base client.Options, id string) error {
	t.fill(&base)
	c, err := client.Dial(base)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, id, "", "paid", nil)
}

func (t *tenant) fill(opts *client.Options) { opts.Namespace = t.namespace }

// PerTenant has a helper for each tenant, whose client it needs.
func PerTenant(ctx context.Context, tenants []*tenant, id string) error {
	for _, t := range tenants {
		if err := t.signal(ctx, client.Options{}, id); err != nil {
			return err
		}
	}
	return nil
}

func connect(namespace string) (client.Client, error) {
	return client.Dial(client.Options{Namespace: namespace})
}

// move uses the same helper twice.
func move(ctx context.Context, from, to, id string) error {
	source, err := connect(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := connect(to)
	if err != nil {
		return err
	}
	defer target.Close()
	if err := source.CancelWorkflow(ctx, id, ""); err != nil {
		return err
	}
	return target.SignalWorkflow(ctx, id, "", "moved", nil)
}

// MoveAll moves to the namespaces of the jobs.
func MoveAll(ctx context.Context, jobs []Job) error {
	for _, job := range jobs {
		if err := move(ctx, "inbox", job.Namespace, job.ID); err != nil {
			return err
		}
	}
	return nil
}

// Replaceable has its function in a variable, about which nothing is known.
func Replaceable(ctx context.Context, jobs []Job) error {
	for _, job := range jobs {
		if err := replaceable(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

func replaceable(ctx context.Context, job Job) error {
	dial := client.Dial
	c, err := dial(client.Options{Namespace: job.Namespace})
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, job.ID, "", "paid", nil)
}

// ByName has options that the job decides, though it is in none of them.
func ByName(ctx context.Context, jobs []Job) error {
	for _, job := range jobs {
		opts := client.Options{HostPort: "production:7233"}
		if job.Namespace == "dev" {
			opts.HostPort = "localhost:7233"
		}
		c, err := client.Dial(opts)
		if err != nil {
			return err
		}
		defer c.Close()
		if err := c.SignalWorkflow(ctx, job.ID, "", "paid", nil); err != nil {
			return err
		}
	}
	return nil
}

// either makes one of two clients.
func either(namespace string) (client.Client, error) {
	if namespace == "dev" {
		return client.Dial(client.Options{HostPort: "localhost:7233"})
	}
	return client.Dial(client.Options{HostPort: "production:7233"})
}

// Either leaves it to a helper which.
func Either(ctx context.Context, jobs []Job) error {
	for _, job := range jobs {
		c, err := either(job.Namespace)
		if err != nil {
			return err
		}
		defer c.Close()
		if err := c.SignalWorkflow(ctx, job.ID, "", "paid", nil); err != nil {
			return err
		}
	}
	return nil
}

// builder collects options.
type builder struct{ opts client.Options }

func (b *builder) with(namespace string) *builder {
	b.opts.Namespace = namespace
	return b
}

func (b *builder) dial() (client.Client, error) { return client.Dial(b.opts) }

// Built has its options from a builder.
func Built(ctx context.Context, b *builder, jobs []Job) error {
	for _, job := range jobs {
		c, err := b.with(job.Namespace).dial()
		if err != nil {
			return err
		}
		defer c.Close()
		if err := c.SignalWorkflow(ctx, job.ID, "", "paid", nil); err != nil {
			return err
		}
	}
	return nil
}
