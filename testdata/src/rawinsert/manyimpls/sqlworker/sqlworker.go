// Package sqlworker chooses an implementation at run time; one of the choices inserts.
package sqlworker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/manyimpls/sqlstorage"
	"example.com/corpus/rawinsert/manyimpls/storage"
	"example.com/corpus/rawinsert/manyimpls/uploader"
)

func choose(db *sql.DB, dir string) storage.Storage {
	if db != nil {
		return sqlstorage.Objects{DB: db}
	}
	return storage.Disk{Dir: dir}
}

// Register registers.
func Register(w worker.Worker, db *sql.DB, dir string) {
	w.RegisterActivity(&uploader.Uploader{Storage: choose(db, dir)}) // want `INSERT into objects without.*UploadObject.*Create`
}
