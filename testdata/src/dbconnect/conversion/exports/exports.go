// Package exports registers itself with any Sink.
package exports

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Sink takes lines.
type Sink interface {
	Write(ctx context.Context, line string) error
}

type exports struct{ sink Sink }

// ExportLine is an activity.
func (e *exports) ExportLine(ctx context.Context, line string) error {
	return e.sink.Write(ctx, line)
}

// Register registers the activity.
func Register(r worker.Registry, sink Sink) {
	r.RegisterActivity(&exports{sink: sink})
}
