// Command conversion gives a sink of its own to the activities: the chain ends in this package, at the exit, but starts
// in another, so the report stands at the conversion.
package main

import (
	"context"
	"log"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/conversion/exports"
)

type fileSink struct{ file *os.File }

func (s fileSink) Write(_ context.Context, line string) error {
	if _, err := s.file.WriteString(line + "\n"); err != nil {
		log.Fatalf("write %s: %v", s.file.Name(), err)
	}
	return nil
}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "exports", worker.Options{})
	exports.Register(w, fileSink{file: os.Stdout}) // want `log.Fatal.*ExportLine.*Write`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
