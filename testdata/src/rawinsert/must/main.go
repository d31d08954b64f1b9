// Command must gives a helper what another call returns.
package main

import (
	"context"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/must/mem"
	"example.com/corpus/rawinsert/must/pg"
)

type store interface {
	Put(ctx context.Context, id string) error
}

type tasks struct{ store store }

func (t *tasks) Keep(ctx context.Context, id string) error { return t.store.Put(ctx, id) } // want `INSERT into rows without.*tasks.Keep`

type drafts struct{ store store }

func (d *drafts) Draft(ctx context.Context, id string) error { return d.store.Put(ctx, id) }

func must(s store, err error) store {
	if err != nil {
		log.Fatal(err)
	}
	return s
}

func mustMem(s store, err error) store {
	if err != nil {
		log.Fatal(err)
	}
	return s
}

func mustBe[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func main() {
	c := mustBe(client.Dial(client.Options{}))
	w := worker.New(c, "q", worker.Options{})
	w.RegisterActivity(&tasks{store: must(pg.Open("rows"))})
	w.RegisterActivity(&drafts{store: mustMem(mem.Open())})
	log.Print(w.Run(worker.InterruptCh()))
}
