// Command app knows which engine it is.
package main

import (
	"context"
	"os"

	"example.com/corpus/engines/standin"
	"example.com/corpus/engines/temporal"
	"example.com/corpus/positionalargs/engines/calls" // want `Charge takes 2 arguments after its context and is called with 1: .*\(at calls.go:23\)` `argument 1 of Charge is called with a type that JSON cannot carry into the parameter: .*\(at calls.go:26\)` `Run takes 1 argument after its context and is called with 0: .*\(at calls.go:45\)`
	"go.temporal.io/sdk/client"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		panic(err)
	}
	p := temporal.New(c)
	if len(os.Args) > 1 {
		p = standin.New()
	}
	if err := calls.Start(context.Background(), p, &calls.Order{Provider: p}); err != nil {
		panic(err)
	}
}
