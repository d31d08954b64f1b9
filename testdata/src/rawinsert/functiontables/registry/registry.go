// Package registry keeps handlers by the kind of the event that they are for.
package registry

import (
	"context"
	"fmt"
)

// A Handler handles the payload of an event.
type Handler func(ctx context.Context, payload string) error

// A Registry has handlers.
type Registry struct {
	byKind map[string]Handler
	after  []Handler
	topics map[string][]Handler
}

// New makes an empty registry.
func New() *Registry {
	return &Registry{byKind: make(map[string]Handler), topics: make(map[string][]Handler)}
}

// Subscribe adds a handler of a topic.
func (r *Registry) Subscribe(topic string, h Handler) { r.topics[topic] = append(r.topics[topic], h) }

// Publish runs the handlers of a topic.
func (r *Registry) Publish(ctx context.Context, topic, payload string) error {
	for _, h := range r.topics[topic] {
		if err := h(ctx, payload); err != nil {
			return err
		}
	}
	return nil
}

// Handle sets the handler of a kind.
func (r *Registry) Handle(kind string, h Handler) { r.byKind[kind] = h }

// After adds a handler that runs after all others.
func (r *Registry) After(h Handler) { r.after = append(r.after, h) }

// Dispatch runs the handler of a kind, and those that come after.
func (r *Registry) Dispatch(ctx context.Context, kind, payload string) error {
	h, ok := r.byKind[kind]
	if !ok {
		return fmt.Errorf("no handler of %s", kind)
	}
	if err := h(ctx, payload); err != nil {
		return err
	}
	for _, h := range r.after {
		if err := h(ctx, payload); err != nil {
			return err
		}
	}
	return nil
}
