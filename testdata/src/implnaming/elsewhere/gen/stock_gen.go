package gen

import "context"

type Stock struct{}

func (*Stock) Count(ctx context.Context) error { return nil }
