// Package acts has activities that are registered and executed by name elsewhere.
package acts

import "context"

type Order struct{ ID string }

type charge struct{}

func NewCharge() *charge { return &charge{} }

func (c *charge) Execute(ctx context.Context, order Order, cents int) error { return nil }

type refund struct{}

func NewRefund() *refund { return &refund{} }

func (r *refund) Execute(ctx context.Context, order Order) error { return nil }

func Twice(ctx context.Context, n int) error { return nil }

func Other(ctx context.Context, n, m int) error { return nil }

func Notify(ctx context.Context, ids ...string) error { return nil }
