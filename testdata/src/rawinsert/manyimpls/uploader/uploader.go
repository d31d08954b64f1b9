// Package uploader has the activity.
package uploader

import (
	"context"

	"example.com/corpus/rawinsert/manyimpls/storage"
)

// Uploader creates objects.
type Uploader struct{ Storage storage.Storage }

// UploadObject calls the interface.
func (u *Uploader) UploadObject(ctx context.Context, key string) error {
	return u.Storage.Create(ctx, key)
}
