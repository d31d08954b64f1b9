// Package fetchworker binds the table to the composed interface.
package fetchworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/embeddediface/stories"
	"example.com/corpus/rawinsert/embeddediface/table"
)

// Register registers what fetches.
func Register(w worker.Worker, db *sql.DB) {
	fetcher := &stories.Fetcher{Store: &table.Stories{DB: db}}
	w.RegisterActivity(fetcher.FetchStory) // want `INSERT into stories without.*FetchStory.*WriteStory`
	w.RegisterActivity(fetcher.ReadStory)
}
