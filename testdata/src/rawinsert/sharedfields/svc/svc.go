// Package svc has activities whose stores another package gives them, in exported fields.
package svc

import (
	"context"

	"example.com/corpus/rawinsert/sharedfields/dec"
)

type Idempotent struct{ Store dec.Store }

func (s *Idempotent) AddOnce(ctx context.Context, id string) error { return s.Store.Save(ctx, id) }

type Cached struct{ Store dec.Store }

func (s *Cached) AddCached(ctx context.Context, id string) error { return s.Store.Save(ctx, id) }

type Plain struct{ Store dec.Store }

func (s *Plain) Add(ctx context.Context, id string) error { return s.Store.Save(ctx, id) }

// Made is given its store by a function.
type Made struct{ Store dec.Store }

func NewMade(s dec.Store) *Made { return &Made{Store: s} }

func (s *Made) AddMade(ctx context.Context, id string) error { return s.Store.Save(ctx, id) }

// Filled is filled by a container: whatever is a store may be in it.
type Filled struct{ Store dec.Store }

func (s *Filled) AddFilled(ctx context.Context, id string) error { return s.Store.Save(ctx, id) }
