// Package genericrepo has a repository for every type; closures, generics and a formatted table name meet in it.
package genericrepo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Row knows its table.
type Row interface {
	Table() string
	Key() string
}

// Repo keeps rows of one type.
type Repo[T Row] struct{ pool *pgxpool.Pool }

// Insert is instantiated by its users, and stands here once.
func (r *Repo[T]) Insert(ctx context.Context, row T) error {
	return pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, fmt.Sprintf("INSERT INTO %s (key) VALUES ($1)", row.Table()), row.Key()) // want `INSERT into.*AddBook.*Insert`
		return err
	})
}

// Put is the safe one.
func (r *Repo[T]) Put(ctx context.Context, row T) error {
	_, err := r.pool.Exec(ctx, fmt.Sprintf("INSERT INTO %s (key) VALUES ($1) ON CONFLICT (key) DO NOTHING", row.Table()), row.Key())
	return err
}

// Book is a row.
type Book struct{ ISBN string }

// Table names the table.
func (Book) Table() string { return "books" }

// Key is the key.
func (b Book) Key() string { return b.ISBN }

type activities struct{ books *Repo[Book] }

// AddBook inserts.
func (a *activities) AddBook(ctx context.Context, b Book) error {
	return a.books.Insert(ctx, b)
}

// PutBook puts.
func (a *activities) PutBook(ctx context.Context, b Book) error {
	return a.books.Put(ctx, b)
}

// Register makes the roles strong.
func Register(w worker.Worker, pool *pgxpool.Pool) {
	w.RegisterActivity(&activities{books: &Repo[Book]{pool: pool}})
}
