// Package notes declares the interface on which everything meets.
package notes

import "context"

// Box takes notes.
type Box interface {
	Put(ctx context.Context, note string) error
}
