// Package jobs registers activities that put notes in a Box. It knows no Box.
package jobs

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/importcloses/notes"
)

type jobs struct{ box notes.Box }

// TakeNote is the activity.
func (j jobs) TakeNote(ctx context.Context, note string) error {
	return j.box.Put(ctx, note)
}

// Register registers on w.
func Register(w worker.Registry, box notes.Box) {
	w.RegisterActivity(jobs{box: box}.TakeNote)
}
