// Package messagereader reads what a package below sends.
package messagereader

import (
	"example.com/corpus/positionalargs/messagebelow"
	"go.temporal.io/sdk/workflow"
)

var Send = messagebelow.Send

// CountWorkflow reads a number.
func CountWorkflow(ctx workflow.Context) (n int, err error) {
	workflow.GetSignalChannel(ctx, "below").Receive(ctx, &n) // want `signal below is sent as \(string\) and read as \(int\) at messagereader\.go:\d+: argument 1 cannot be decoded \(at messagebelow\.go:12\)`
	return n, nil
}
