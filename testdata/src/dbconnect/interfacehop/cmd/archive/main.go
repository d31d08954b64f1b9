// Command archive binds the database that just fails. Silent.
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
	service := &health.Service{Databases: map[string]health.Database{"archive": &warehouse.Archive{URL: "postgres://archive"}}}
	w.RegisterActivity(&health.Probe{Checker: service})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
