// Package tableworker hands the table on as a Store; the assertion in feed makes it an Archiver.
package tableworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/assertion/feed"
	"example.com/corpus/rawinsert/assertion/urlstore"
)

// Register converts.
func Register(w worker.Worker, db *sql.DB) {
	feed.Register(w, &urlstore.Table{DB: db}) // want `INSERT into urls without.*Crawl.*Archive`
}
