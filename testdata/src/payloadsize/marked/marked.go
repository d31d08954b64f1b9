// Package marked says what its activities are: a program elsewhere registers them.
package marked

import (
	"context"
	"os"
)

// Load loads.
//
//mcwflint:activity
func Load(ctx context.Context, name string) ([]byte, error) {
	return os.ReadFile(name) // want `the result of Load is a whole file`
}

// Read is plain Go.
func Read(ctx context.Context, name string) ([]byte, error) { return os.ReadFile(name) }
