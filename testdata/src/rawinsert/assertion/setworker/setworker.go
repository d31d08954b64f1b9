// Package setworker hands a set on, which is no Archiver. Silent.
package setworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/assertion/feed"
	"example.com/corpus/rawinsert/assertion/urlstore"
)

// Register converts.
func Register(w worker.Worker) {
	feed.Register(w, urlstore.Set{})
}
