// Command worker joins activities and store, so the chain closes here, and stands at the registration.
package main

import (
	"database/sql"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/interfacehop/people"
	"example.com/corpus/rawinsert/interfacehop/postgres"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "people", worker.Options{})
	register(w, new(sql.DB))
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}

func register(w worker.Worker, db *sql.DB) {
	keeper := people.NewKeeper(&postgres.People{DB: db})
	// The only way to the raw statement.
	w.RegisterActivity(keeper.AddPerson) // want `INSERT into people without.*AddPerson.*Add.*insertPerson`
	// The safe statement of the same table.
	w.RegisterActivity(keeper.AddPersonOnce)
}
