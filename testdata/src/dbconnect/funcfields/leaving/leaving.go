// Package leaving ends programs in ways that its tests can replace.
package leaving

import (
	"log"
	"os"
)

var exit = os.Exit

// Fatal says why, and ends the process.
func Fatal(err error) {
	log.Print(err)
	exit(1)
}

// Silently has an exit that nobody calls.
type Silently struct {
	Reason string
	exit   func(int)
}

// Quiet is used for its reason.
var Quiet = Silently{Reason: "quiet", exit: os.Exit}
