// Package returned hands results on as they come.
package returned

import (
	"context"
	"os"

	"go.temporal.io/sdk/worker"
)

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(Fetch)
	w.RegisterActivity(Find)
	w.RegisterActivity(Remove)
}

// Fetch returns a file, and whether there is one.
func Fetch(_ context.Context, name string) ([]byte, error) {
	return os.ReadFile(name) // want `the result of Fetch is a whole file`
}

// Find returns a name.
func Find(_ context.Context, pattern string) (string, error) {
	return os.Readlink(pattern)
}

// Remove returns an error.
func Remove(_ context.Context, name string) error {
	return os.Remove(name)
}
