// Command methodexpr binds the table.
package main

import (
	"context"
	"database/sql"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/methodexpr/catalog"
)

type products struct{ db *sql.DB }

func (p products) CreateProduct(ctx context.Context, name string) error {
	// The chain starts in catalog and ends here, so the report stands where the two meet, in main.
	_, err := p.db.ExecContext(ctx, "INSERT INTO products (name) VALUES ($1)", name)
	return err
}

func (p products) DeleteProduct(ctx context.Context, name string) error {
	_, err := p.db.ExecContext(ctx, "DELETE FROM products WHERE name = $1", name)
	return err
}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "catalog", worker.Options{})
	catalog.Register(w, products{db: new(sql.DB)}) // want `INSERT into products without.*CreateAll.*CreateProduct`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
