// Package temporalsvc hides the SDK behind an interface, and a worker behind another.
package temporalsvc

import (
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Service is what the program knows of Temporal.
type Service interface {
	RegisterActivity(queue string, activity any)
	RegisterWorkflow(queue string, flow any)
	OnFailure(report func(error))
	ExecuteActivity(out any, ctx workflow.Context, activity any, args ...any) error
}

// host is what the service knows of a worker.
type host interface {
	AddActivity(activity any)
	AddWorkflow(flow any)
}

type sdkHost struct{ w worker.Worker }

func (h *sdkHost) AddActivity(activity any) { h.w.RegisterActivity(activity) }
func (h *sdkHost) AddWorkflow(flow any)     { h.w.RegisterWorkflow(flow) }

type service struct {
	hosts   map[string]host
	report  func(error)
	factory func(queue string) host
}

// New makes the service.
func New(c client.Client) Service {
	return &service{hosts: make(map[string]host), factory: func(queue string) host {
		return &sdkHost{w: worker.New(c, queue, worker.Options{})}
	}}
}

func (s *service) host(queue string) host {
	if s.hosts[queue] == nil {
		s.hosts[queue] = s.factory(queue)
	}
	return s.hosts[queue]
}

// RegisterActivity hands on.
func (s *service) RegisterActivity(queue string, activity any) { s.host(queue).AddActivity(activity) }

// RegisterWorkflow hands on.
func (s *service) RegisterWorkflow(queue string, flow any) { s.host(queue).AddWorkflow(flow) }

// OnFailure stores a callback, which is no activity.
func (s *service) OnFailure(report func(error)) { s.report = report }

// ExecuteActivity executes.
func (s *service) ExecuteActivity(out any, ctx workflow.Context, activity any, args ...any) error {
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, out)
}
