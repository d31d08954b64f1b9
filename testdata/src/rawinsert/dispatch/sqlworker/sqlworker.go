// Package sqlworker has the database behind a cache and behind metrics.
package sqlworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/dispatch/acts"
	"example.com/corpus/rawinsert/dispatch/memworker"
	"example.com/corpus/rawinsert/dispatch/sqlstore"
	"example.com/corpus/rawinsert/dispatch/wrap"
)

// Register registers: what is read goes through the cache, what is written stays in it.
func Register(w worker.Worker, db *sql.DB) {
	memworker.Register(w)
	store := wrap.NewCached(wrap.NewMetered(sqlstore.New(db)))
	w.RegisterActivity(acts.New(store)) // want `INSERT into reads without.*Activities.Read -> wrap.cached.Get -> sqlstore.Store.Get`
}
