// Package acts has activities.
package acts

import "context"

func Charge(ctx context.Context) error { return nil }
func Quick(ctx context.Context) error  { return nil }
func Forgot(ctx context.Context) error { return nil }
