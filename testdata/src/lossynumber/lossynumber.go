// Package lossynumber has payloads of type any; what looks like them is at the end.
package lossynumber

import (
	"context"
	"encoding/json"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Filter struct {
	Name  string
	Value any
}

func Any(ctx context.Context, v any) error                                   { return nil }      // want `parameter v of Any is an any: numbers in it arrive as float64`
func Map(ctx context.Context, filter map[string]any) error                   { return nil }      // want `parameter filter of Map has \[\], which is an any`
func Slice(ctx context.Context, args []interface{}) error                    { return nil }      // want `parameter args of Slice has \[\], which is an any`
func Struct(ctx context.Context, f Filter) error                             { return nil }      // want `parameter f of Struct has \.Value, which is an any`
func Result(ctx context.Context) (map[string]any, error)                     { return nil, nil } // want `the result of Result has \[\], which is an any`
func AnyWorkflow(ctx workflow.Context, options map[string]interface{}) error { return nil }      // want `parameter options of AnyWorkflow`

type Tree struct {
	Children []*Tree
	N        int64
	hidden   any
	Skipped  any `json:"-"`
	At       time.Time
	Raw      json.RawMessage
}

func Clean(ctx context.Context, t Tree, n int64, m map[string]int64) (*Tree, error) { return nil, nil }
func Local(ctx context.Context, v any) error                                        { return nil }

func LocalWorkflow(ctx workflow.Context) error {
	return workflow.ExecuteLocalActivity(ctx, Local, 1).Get(ctx, nil)
}

func Register(w worker.Worker) {
	w.RegisterActivity(Any)
	w.RegisterActivity(Map)
	w.RegisterActivity(Slice)
	w.RegisterActivity(Struct)
	w.RegisterActivity(Result)
	w.RegisterActivity(Clean)
	w.RegisterWorkflow(AnyWorkflow)
}
