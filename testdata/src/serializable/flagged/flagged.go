// Package flagged has values that do not survive the data converter.
package flagged

import (
	"context"
	"database/sql"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Customer struct{ Notify func() }

type Order struct{ Customer Customer }

type Hidden struct{ id string }

type Locked struct {
	ID string
	Mu sync.Mutex
}

type Pair struct{ A, B int }

type Level int

func (l Level) MarshalText() ([]byte, error) { return []byte("high"), nil }

type unexported struct{ ID string }

type Embeds struct{ *unexported }

type Node struct {
	Next *Node
	Done chan bool
}

func Nested(ctx context.Context, o Order) error                 { return nil }      // want `parameter o of Nested: flagged.Order.Customer.Notify is a func: the data converter cannot encode it`
func Empty(ctx context.Context, h *Hidden) error                { return nil }      // want `parameter h of Empty: \*flagged.Hidden has no exported field and no marshaler: it arrives empty`
func Failed(ctx context.Context, err error) error               { return nil }      // want `parameter err of Failed: error is an error, which is written as {} and cannot be read back`
func Reader(ctx context.Context, r io.Reader) error             { return nil }      // want `parameter r of Reader: io.Reader is an interface with methods`
func Lock(ctx context.Context, l *Locked) error                 { return nil }      // want `flagged.Locked.Mu is a sync.Mutex, which does not travel`
func Counter(ctx context.Context, n *atomic.Int64) error        { return nil }      // want `\*atomic.Int64 is an atomic.Int64, which does not travel`
func Keys(ctx context.Context, m map[Pair]string) error         { return nil }      // want `has map keys that are neither strings nor integers`
func Bool(ctx context.Context, m map[bool]string) error         { return nil }      // want `has map keys that are neither strings nor integers`
func Text(ctx context.Context, l Level) error                   { return nil }      // want `is written with MarshalText and has no UnmarshalText to be read with`
func Complex(ctx context.Context, c complex128) error           { return nil }      // want `is a complex number`
func Handle(ctx context.Context) (*sql.DB, error)               { return nil, nil } // want `the result of Handle: \*sql.DB is a database handle`
func Second(ctx context.Context, inner context.Context) error   { return nil }      // want `is a context, which does not travel`
func Pointer(ctx context.Context, e Embeds) error               { return nil }      // want `is an embedded pointer to an unexported struct`
func List(ctx context.Context, h []Hidden) error                { return nil }      // want `arrives empty`
func Recursive(ctx context.Context, n Node) error               { return nil }      // want `flagged.Node.Next.Done is a channel`
func Local(ctx context.Context, r io.Reader) (io.Reader, error) { return r, nil }   // want `the result of Local: io.Reader is an interface with methods`

// These three are registered in a loop, by a helper and through an interface.
func Looped(ctx context.Context, done chan bool) error { return nil } // want `parameter done of Looped: chan bool is a channel`
func Helped(ctx context.Context, done chan bool) error { return nil } // want `parameter done of Helped: chan bool is a channel`
func Owned(ctx context.Context, done chan bool) error  { return nil } // want `parameter done of Owned: chan bool is a channel`

// Adapted is registered as what adapt makes of it.
func Adapted(ctx context.Context, done chan bool) error { return nil }

// Registry is what the program needs of a worker.
type Registry interface{ RegisterActivity(activity any) }

func register(w worker.Registry, own Registry) {
	for _, fn := range []any{Looped} {
		w.RegisterActivity(fn)
	}
	all(w, Helped)
	own.RegisterActivity(Owned)
	adapted(w, Adapted)
}

func all(w worker.Registry, fns ...any) {
	for _, fn := range fns {
		w.RegisterActivity(fn)
	}
}

func adapted(w worker.Registry, fn any) {
	fn = adapt(fn)
	w.RegisterActivity(fn)
}

func adapt(fn any) any { return fn }

// Generic is as good as what it is instantiated with.
func Generic[T any](ctx context.Context, in T) (T, error) { return in, nil }

type Repository[T any] struct{}

func (r *Repository[T]) Load(ctx context.Context, id string) (t T, err error) { return t, nil }

func Instances(ctx workflow.Context, orders *Repository[Order], nodes *Repository[string]) error {
	workflow.ExecuteActivity(ctx, orders.Load, "id") // want `the result of Load: flagged.Order.Customer.Notify is a func`
	workflow.ExecuteActivity(ctx, nodes.Load, "id")
	return workflow.ExecuteActivity(ctx, Generic[Node], Node{}).Get(ctx, nil) // want `parameter in of Generic: flagged.Node.Next.Done is a channel` `the result of Generic: flagged.Node.Next.Done is a channel`
}

func instances(w worker.Worker) {
	w.RegisterActivity(Generic[func()]) // want `parameter in of Generic: func\(\) is a func` `the result of Generic: func\(\) is a func`
	w.RegisterActivity(Generic[string])
}

func Workflow(ctx workflow.Context, done chan bool) error { // want `parameter done of Workflow: chan bool is a channel`
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.ExecuteActivity(ctx, "ByName", done) // want `argument 1 of "ByName": chan bool is a channel`
	workflow.ExecuteLocalActivity(ctx, Local, nil)
	var o Order
	ch := workflow.GetSignalChannel(ctx, "order")
	ch.Receive(ctx, &o) // want `the signal: flagged.Order.Customer.Notify is a func`
	s := workflow.NewSelector(ctx)
	s.AddReceive(ch, func(in workflow.ReceiveChannel, more bool) {
		in.Receive(ctx, &o) // want `the signal: flagged.Order.Customer.Notify is a func`
	})
	s.Select(ctx)
	workflow.SignalExternalWorkflow(ctx, "id", "", "s", o)                                                       // want `the signal: flagged.Order.Customer.Notify is a func`
	_ = workflow.UpsertMemo(ctx, map[string]any{"o": Hidden{}})                                                  // want `the memo "o": flagged.Hidden has no exported field`
	if err := workflow.SetQueryHandler(ctx, "q", func(o Order) (string, error) { return "", nil }); err != nil { // want `parameter o of the handler: flagged.Order.Customer.Notify is a func`
		return err
	}
	return workflow.NewContinueAsNewError(ctx, Workflow, done)
}

func Start(ctx context.Context, c client.Client, w worker.Worker) error {
	for _, fn := range []any{Nested, Empty, Failed} {
		w.RegisterActivity(fn)
	}
	w.RegisterActivity(Reader)
	w.RegisterActivity(Lock)
	w.RegisterActivity(Keys)
	w.RegisterActivity(Counter)
	w.RegisterActivity(Bool)
	w.RegisterActivity(Text)
	w.RegisterActivity(Complex)
	w.RegisterActivity(Handle)
	w.RegisterActivity(Second)
	w.RegisterActivity(Pointer)
	w.RegisterActivity(List)
	w.RegisterActivity(Recursive)
	w.RegisterActivity(Nested)
	w.RegisterActivity(Empty)
	w.RegisterActivity(Failed)
	w.RegisterWorkflow(Workflow)
	err := ctx.Err()
	return c.SignalWorkflow(ctx, "id", "", "s", err) // want `the signal: error is an error`
}
