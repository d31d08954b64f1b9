// Package health knows a Database and a Checker only.
package health

import "context"

// Database can be opened.
type Database interface {
	Open(ctx context.Context) error
}

// Checker is what the activity needs.
type Checker interface {
	Check(ctx context.Context, name string) error
}

// Service checks databases by name.
type Service struct {
	Databases map[string]Database
}

// Check opens a database: the second interface on the way.
func (s *Service) Check(ctx context.Context, name string) error {
	return s.Databases[name].Open(ctx)
}

// Probe is registered by the worker.
type Probe struct {
	Checker Checker
}

// ProbeDatabase is the activity.
func (p *Probe) ProbeDatabase(ctx context.Context, name string) error {
	return p.Checker.Check(ctx, name)
}
