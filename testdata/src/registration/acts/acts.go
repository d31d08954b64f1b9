// Package acts has activities.
package acts

import "context"

func Charge(ctx context.Context) error { return nil }
func Quick(ctx context.Context) error  { return nil }
func Forgot(ctx context.Context) error { return nil }

// Foreign runs in another program.
func Foreign(ctx context.Context) error { return nil }
