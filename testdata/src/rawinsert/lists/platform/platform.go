// Package platform runs workers on lists of what they have.
package platform

import (
	"context"
	"log"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// Config says what a worker has.
type Config struct {
	Workflows  []any
	Activities []any
	Servers    []any
}

// Run registers what the configuration has.
func (c Config) Run(w worker.Registry) {
	for _, wf := range c.Workflows {
		w.RegisterWorkflow(wf)
	}
	for _, a := range c.Activities {
		w.RegisterActivity(a)
	}
}

// Register registers workflows and activities.
func Register(w worker.Registry, workflows, activities []any) {
	for _, wf := range workflows {
		w.RegisterWorkflow(wf)
	}
	for _, a := range activities {
		w.RegisterActivity(a)
	}
}

// RegisterNamed registers activities by their names.
func RegisterNamed(w worker.ActivityRegistry, activities map[string]any) {
	for name, a := range activities {
		w.RegisterActivityWithOptions(a, activity.RegisterOptions{Name: name})
	}
}

// A Registry keeps activities until there is a worker.
type Registry struct{ activities []any }

// Add adds activities.
func (r *Registry) Add(a ...any) *Registry {
	r.activities = append(r.activities, a...)
	return r
}

// Apply registers them.
func (r *Registry) Apply(w worker.ActivityRegistry) {
	for _, a := range r.activities {
		w.RegisterActivity(a)
	}
}

// A Probe is asked how a program is.
type Probe interface{ Check(context.Context) error }

// Probes asks all that can be asked.
func Probes(ctx context.Context, all []any) {
	for _, one := range all {
		if p, ok := one.(Probe); ok {
			log.Println(p.Check(ctx))
		}
	}
}
