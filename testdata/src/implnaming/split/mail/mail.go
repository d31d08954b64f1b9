// Package mail implements an interface that it does not import.
package mail

import "context"

type MailActivitiesImpl struct{}

func (*MailActivitiesImpl) Send(ctx context.Context, to string) error { return nil }
