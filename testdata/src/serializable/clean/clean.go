// Package clean has values that survive, or are not judged.
package clean

import (
	"context"
	"encoding/json"
	"io"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Config has an interface and both marshalers.
type Config struct{ Source io.Reader }

func (c Config) MarshalJSON() ([]byte, error)  { return []byte("{}"), nil }
func (c *Config) UnmarshalJSON(b []byte) error { return nil }

// box gives its marshalers to whatever embeds it.
type box[T any] struct{ v T }

func (b box[T]) MarshalJSON() ([]byte, error)  { return json.Marshal(b.v) }
func (b *box[T]) UnmarshalJSON(d []byte) error { return json.Unmarshal(d, &b.v) }

type Object struct {
	_ [0]func()
	box[string]
}

// Options is read in a way of its own.
type Options struct{ Builder Builder }

type Builder interface{ Build() string }

func (o *Options) UnmarshalJSON(b []byte) error { return nil }

type Query struct{ Options Options }

type Skipped struct {
	ID   string
	Done chan bool `json:"-"`
	done func()
}

type ID [16]byte

func (i ID) MarshalText() ([]byte, error)  { return nil, nil }
func (i *ID) UnmarshalText(b []byte) error { return nil }

type Tree struct {
	Name     string
	Children []*Tree
}

func All(ctx context.Context, c Config, o Object, s Skipped, m map[ID]time.Time, t *Tree, q Query) (*commonpb.Payload, error) {
	return nil, nil
}

func Raw(ctx context.Context, v converter.RawValue, m json.RawMessage, a any, e struct{}) error {
	return nil
}

// Local runs in the workflow's process: its arguments are not serialized.
func Local(ctx context.Context, r io.Reader, done chan bool) (string, error) { return "", nil }

type Struct struct{}

// Connect is exported, and only called as plain Go.
func (s *Struct) Connect(ctx context.Context, r io.Reader) (string, error) { return "", nil }

func Workflow(ctx workflow.Context, a any) error {
	workflow.ExecuteLocalActivity(ctx, Local, nil, nil)
	ch := workflow.NewChannel(ctx)
	var f func()
	ch.Receive(ctx, &f)
	helper(ctx, f, ctx.Err())
	return nil
}

func helper(ctx workflow.Context, f func(), err error) {}

// Dynamic stands for the activities that have no function, and is given their
// arguments as they come.
func Dynamic(ctx context.Context, args converter.EncodedValues) (string, error) { return "", nil }

func DynamicWorkflow(ctx workflow.Context, args converter.EncodedValues) (string, error) {
	return "", workflow.ExecuteActivity(ctx, Dynamic, "order", 5).Get(ctx, nil)
}

func Start(ctx context.Context, c client.Client, w worker.Worker) error {
	w.RegisterDynamicActivity(Dynamic, activity.DynamicRegisterOptions{})
	w.RegisterDynamicWorkflow(DynamicWorkflow, workflow.DynamicRegisterOptions{})
	w.RegisterActivity(All)
	w.RegisterActivity(Raw)
	w.RegisterActivity(&Struct{})
	w.RegisterWorkflow(Workflow)
	return c.SignalWorkflow(ctx, "id", "", "s", nil)
}
