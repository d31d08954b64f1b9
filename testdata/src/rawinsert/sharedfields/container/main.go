// Command container has a container fill the fields: nobody is seen to assign them.
package main

import (
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/sharedfields/dec"
	"example.com/corpus/rawinsert/sharedfields/store"
	"example.com/corpus/rawinsert/sharedfields/svc"
)

func provide() dec.Store { return store.SQL{} }

func fill(target any, constructors ...any) {}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "people", worker.Options{})
	filled := new(svc.Filled)
	fill(filled, provide)
	w.RegisterActivity(filled) // want `INSERT into people without ON CONFLICT: .* \(Filled\.AddFilled -> store\.SQL\.Save at store\.go:\d+\)`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
