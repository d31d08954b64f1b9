// Package helper has what generated workflows reach in another package.
package helper

import (
	// Generated code imports these.
	_ "github.com/google/uuid"
	_ "golang.org/x/sync/errgroup"
)
