// Package diskworker uses implementations without SQL. Silent.
package diskworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/manyimpls/storage"
	"example.com/corpus/rawinsert/manyimpls/uploader"
)

// Register registers.
func Register(w worker.Worker, dir string) {
	tee := storage.Tee{storage.Disk{Dir: dir}, new(storage.Memory)}
	w.RegisterActivity(&uploader.Uploader{Storage: tee})
}
