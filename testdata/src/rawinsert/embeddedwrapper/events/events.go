// Package events declares a log of events and a wrapper that embeds the interface.
package events

import "context"

// Log keeps events.
type Log interface {
	Append(ctx context.Context, event string) error
	Last(ctx context.Context) (string, error)
}

// Prefixed embeds the interface it implements: Last is promoted, Append is its own.
type Prefixed struct {
	Log
	Prefix string
}

// Append calls the embedded interface.
func (p Prefixed) Append(ctx context.Context, event string) error {
	return p.Log.Append(ctx, p.Prefix+event)
}

// Recorder is registered by main.
type Recorder struct{ Log Log }

// RecordEvent is an activity.
func (r *Recorder) RecordEvent(ctx context.Context, event string) error {
	return r.Log.Append(ctx, event)
}

// LastEvent is an activity that reads.
func (r *Recorder) LastEvent(ctx context.Context) (string, error) {
	return r.Log.Last(ctx)
}
