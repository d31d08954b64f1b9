// Package acts has activities that a command registers, as they look.
package acts

import (
	"context"
	"io"
	"net/http"
	"os"

	"go.temporal.io/sdk/activity"
)

// FileActivities reads files.
type FileActivities struct{ http *http.Client }

// Read returns all that is in one.
func (a *FileActivities) Read(ctx context.Context, name string) ([]byte, error) {
	return os.ReadFile(name) // want `the result of Read is a whole file`
}

// Size returns how much is in one.
func (a *FileActivities) Size(ctx context.Context, name string) (int, error) {
	data, err := os.ReadFile(name)
	return len(data), err
}

// Fetch uses the SDK.
func Fetch(ctx context.Context, url string) ([]byte, error) {
	activity.RecordHeartbeat(ctx, url)
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body) // want `the result of Fetch is`
}

// Reader is a reader as any other.
type Reader struct{}

// Read returns all that is in a file.
func (Reader) Read(ctx context.Context, name string) ([]byte, error) { return os.ReadFile(name) }
