// Package backupworker has that target. Silent.
package backupworker

import (
	"context"
	"os"
	"path/filepath"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/testhelpers/backup"
)

type folder string

func (f folder) Store(_ context.Context, name string) error {
	return os.MkdirAll(filepath.Join(string(f), name), 0o755)
}

// Register registers.
func Register(w worker.Worker, dir string) {
	w.RegisterActivity(backup.New(folder(dir)))
}
