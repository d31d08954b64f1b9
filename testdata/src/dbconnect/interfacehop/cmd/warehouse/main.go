// Command warehouse binds the database that retries.
package main

import (
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/interfacehop/health"
	"example.com/corpus/dbconnect/interfacehop/warehouse"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "health", worker.Options{})
	service := &health.Service{Databases: map[string]health.Database{"sales": &warehouse.Warehouse{URL: "postgres://sales"}}}
	w.RegisterActivity(&health.Probe{Checker: service}) // want `retries.*ProbeDatabase.*Check.*Open`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
