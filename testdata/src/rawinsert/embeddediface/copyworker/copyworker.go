// Package copyworker converts to the composed interface and hands it on as the small one.
package copyworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/embeddediface/stories"
	"example.com/corpus/rawinsert/embeddediface/table"
)

func open(db *sql.DB) stories.Store {
	return &table.Copies{Stories: table.Stories{DB: db}}
}

// Register registers what copies.
func Register(w worker.Worker, db *sql.DB) {
	copier := &stories.Copier{Writer: open(db)}
	w.RegisterActivity(copier.CopyStory) // want `INSERT into copies without.*CopyStory.*WriteStory`
}
