// Package activities has what workflows name.
package activities

import "context"

func Charge(ctx context.Context) error { return nil }
func Refund(ctx context.Context) error { return nil }

type Set struct{}

// Unregistered is registered in another program.
func (*Set) Unregistered(ctx context.Context) error { return nil }

// Twice could be either.
func (*Set) Twice(ctx context.Context) error { return nil }
func Twice(ctx context.Context) error        { return nil }

// Plain is no activity.
func Plain(n int) int { return n }
