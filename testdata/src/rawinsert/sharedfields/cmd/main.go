// Command cmd puts the stores into the activities.
package main

import (
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/sharedfields/dec"
	"example.com/corpus/rawinsert/sharedfields/store"
	"example.com/corpus/rawinsert/sharedfields/svc"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "people", worker.Options{})
	w.RegisterActivity(&svc.Idempotent{Store: dec.Once{Next: store.SQL{}}})
	w.RegisterActivity(&svc.Cached{Store: store.Memory{}})
	p := &svc.Plain{}
	p.Store = &dec.Counted{Next: store.Other{}}
	w.RegisterActivity(p)                          // want `INSERT into others without ON CONFLICT: a retried activity inserts the row again \(Plain\.Add -> dec\.Counted\.Save -> store\.Other\.Save at store\.go:\d+\)`
	w.RegisterActivity(svc.NewMade(store.Third{})) // want `INSERT into thirds without ON CONFLICT: .* \(Made\.AddMade -> store\.Third\.Save at store\.go:\d+\)`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
