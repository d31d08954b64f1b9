// Package tagworker registers through the helpers: the call of the helper is the registration.
package tagworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/registryparam/registry"
	"example.com/corpus/rawinsert/registryparam/tags"
)

// Register passes the worker as an interface.
func Register(w worker.Worker, db *sql.DB) {
	tagger := &tags.Tagger{DB: db}
	registry.One(w, tagger.AddTag)                      // want `INSERT into tags without.*AddTag.*Insert`
	registry.All(w, tagger.AddTagOnce, tagger.AddLabel) // want `INSERT into labels without.*AddLabel.*InsertLabel`
}
