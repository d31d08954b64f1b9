// Command httpimposter runs the activities on the HTTP client. The SQL service has the same methods, but is
// never converted to the interface, so nothing is reported.
package main

import (
	"log"
	"net/http"

	"database/sql"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/httpimposter/files"
	"example.com/corpus/rawinsert/httpimposter/httpclient"
)

func main() {
	service := &files.Service{DB: new(sql.DB)}
	http.HandleFunc("PUT /files/{name}", func(w http.ResponseWriter, r *http.Request) {
		if err := service.Create(r.Context(), r.PathValue("name")); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	go func() { log.Print(http.ListenAndServe("localhost:8080", nil)) }()

	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "files", worker.Options{})
	files.Register(w, &httpclient.Client{Base: "http://localhost:8080"})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
