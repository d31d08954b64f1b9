// Command constructors provides, then registers in an invoked function.
package main

import (
	"database/sql"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/constructors/album"
	"example.com/corpus/rawinsert/constructors/container"
	"example.com/corpus/rawinsert/constructors/trackstore"
)

func newWorker(c client.Client) worker.Worker {
	return worker.New(c, "album", worker.Options{})
}

func newClient() client.Client {
	c, err := client.NewLazyClient(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	return c
}

func main() {
	var c container.Container
	c.Provide(newClient, newWorker, func() *sql.DB { return new(sql.DB) }, trackstore.NewTracks, album.NewRecorder)
	err := c.Invoke(func(w worker.Worker, recorder album.Recorder) {
		// Method value of an interface: what is behind it was bound in the constructors.
		w.RegisterActivity(recorder.RecordTrack) // want `INSERT into tracks without.*RecordTrack.*AddTrack`
		if err := w.Run(worker.InterruptCh()); err != nil {
			log.Print(err)
		}
	})
	if err != nil {
		log.Fatal(err)
	}
}
