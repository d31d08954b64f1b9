package gen

import "context"

// A directive that its generator writes, with or without a finding.
//
//mcwflint:ignore implnaming -- generated
type Stock struct{}

func (*Stock) Count(ctx context.Context) error { return nil }
