// Package people knows who is a Kardashian.
package people

import (
	"context"
	"strings"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// Person is a Kardashian, or about to become one.
type Person struct {
	Name    string
	Surname string
}

// Store keeps people. Adding somebody who is there already changes nothing.
type Store interface {
	Add(ctx context.Context, p Person) error
	Count(ctx context.Context) (int, error)
}

// Service is the family's front door.
type Service struct {
	store Store
}

// NewService returns a Service that keeps its people in store.
func NewService(store Store) *Service {
	return &Service{store: store}
}

// Welcome adds a person to the family.
func (s *Service) Welcome(ctx context.Context, name, surname string) error {
	p := Person{
		Name:    strings.TrimSpace(name),
		Surname: strings.TrimSpace(surname),
	}
	if p.Name == "" || p.Surname == "" {
		// No retry gives a person a name.
		return mcerror.Permanentf("a Kardashian needs a name and a surname")
	}
	return s.store.Add(ctx, p)
}

// HeadCount returns the size of the family.
func (s *Service) HeadCount(ctx context.Context) (int, error) {
	return s.store.Count(ctx)
}
