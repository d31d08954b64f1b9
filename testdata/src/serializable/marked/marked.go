// Package marked says what its activities are: a program elsewhere registers them.
package marked

import "context"

// Ship ships.
//
//mcwflint:activity
func Ship(ctx context.Context, done chan bool) error { return nil } // want `parameter done of Ship: chan bool is a channel`

// Pack is plain Go.
func Pack(ctx context.Context, done chan bool) error { return nil }
