package loops

import (
	"context"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
)

// Job is a piece of work.
type Job struct{ ID, Namespace string }

func signal(ctx context.Context, id string) error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, id, "", "paid", nil)
}

// SignalAll has a helper for each job; the client does not depend on the job.
func SignalAll(ctx context.Context, jobs []Job) error {
	for _, job := range jobs {
		if err := signal(ctx, job.ID); err != nil { // want `client.Dial makes a client for each turn of the loop.*SignalAll -> signal`
			return err
		}
	}
	return nil
}

// SignalWithin has a context for each job.
func SignalWithin(jobs []Job) error {
	for _, job := range jobs {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		c, err := client.DialContext(ctx, client.Options{}) // want `client.DialContext.*SignalWithin`
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

// SignalAt has the same options for each job, in a variable of the loop.
func SignalAt(ctx context.Context, jobs []Job, host string) error {
	for _, job := range jobs {
		var opts client.Options
		opts.HostPort = host
		c, err := client.Dial(opts) // want `client.Dial.*SignalAt`
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

// SignalAtOnce has a goroutine for each job.
func SignalAtOnce(ctx context.Context, jobs []Job) {
	var group sync.WaitGroup
	for _, job := range jobs {
		group.Go(func() {
			c, err := client.Dial(client.Options{}) // want `client.Dial.*SignalAtOnce`
			if err != nil {
				return
			}
			defer c.Close()
			_ = c.SignalWorkflow(ctx, job.ID, "", "paid", nil)
		})
	}
	group.Wait()
}

func dial() (client.Client, error) { return client.Dial(client.Options{}) }

// Consume starts its goroutines itself, and dials in a helper.
func Consume(ctx context.Context, jobs <-chan Job) {
	for job := range jobs {
		go func(job Job) {
			c, err := dial() // want `client.Dial.*Consume -> dial`
			if err != nil {
				return
			}
			defer c.Close()
			_ = c.SignalWorkflow(ctx, job.ID, "", "paid", nil)
		}(job)
	}
}
