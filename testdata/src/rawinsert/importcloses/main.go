// Command importcloses brings the activities and the box together without a conversion or a registration of its own:
// what is left to point at is the call that hands over the box.
package main

import (
	"database/sql"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/importcloses/jobs"
	"example.com/corpus/rawinsert/importcloses/sqlbox"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "notes", worker.Options{})
	jobs.Register(w, sqlbox.Open(new(sql.DB))) // want `INSERT into notes without.*TakeNote.*Put`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
