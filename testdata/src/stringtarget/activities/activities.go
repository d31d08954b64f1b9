// Package activities has what workflows name.
package activities

import "context"

func Charge(ctx context.Context) error { return nil }
func Refund(ctx context.Context) error { return nil }
