// Package helper has what generated workflows reach in another package.
package helper

import (
	"os"
	"strconv"

	// Generated code imports these.
	_ "github.com/google/uuid"
	_ "golang.org/x/sync/errgroup"
)

// entries is a number that each process has of its own.
var entries, _ = strconv.Atoi(os.Getenv("REPLAY_ENTRIES"))
