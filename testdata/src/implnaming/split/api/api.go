// Package api has what workflows see of the activities.
package api

import "context"

type FeedActivities interface {
	Fetch(ctx context.Context, url string) error
}
