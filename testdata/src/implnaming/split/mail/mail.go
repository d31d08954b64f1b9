// Package mail implements an interface that it does not import.
package mail

import "context"

type MailActivitiesImpl struct{}

func (*MailActivitiesImpl) Send(ctx context.Context, to string) error { return nil }

// Bell has nothing to do with package workflows.
type Bell struct{}

func (*Bell) Ring(ctx context.Context) error { return nil }
