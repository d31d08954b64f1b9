// Package instances has a generic interface with an instance for every type: a call of one runs
// what is bound to that one.
package instances

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// A Repo keeps rows of one type.
type Repo[T any] interface {
	Add(ctx context.Context, row T) error
}

// A User is a row.
type User struct{ Name string }

// An Order is one, too.
type Order struct{ ID string }

// A Note is one that code of any type adds.
type Note struct{ Text string }

type orders struct{ db *sql.DB }

func (o orders) Add(ctx context.Context, row Order) error {
	_, err := o.db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1)", row.ID) // want `INSERT into orders without.*AddOrder`
	return err
}

type notes struct{ db *sql.DB }

func (n notes) Add(ctx context.Context, row Note) error {
	_, err := n.db.ExecContext(ctx, "INSERT INTO notes (text) VALUES ($1)", row.Text) // want `INSERT into notes without.*AddNote`
	return err
}

// Orders is bound, and no Repo of users is.
func Orders(db *sql.DB) Repo[Order] { return orders{db} }

type activities struct {
	users  Repo[User]
	orders Repo[Order]
	notes  Repo[Note]
}

// AddUser has a repository that is bound elsewhere.
func (a *activities) AddUser(ctx context.Context, u User) error { return a.users.Add(ctx, u) }

// AddOrder inserts.
func (a *activities) AddOrder(ctx context.Context, o Order) error { return a.orders.Add(ctx, o) }

// AddNote goes through generic code.
func (a *activities) AddNote(ctx context.Context, n Note) error { return add(ctx, a.notes, n) }

func add[T any](ctx context.Context, r Repo[T], row T) error { return r.Add(ctx, row) }

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB, users Repo[User]) {
	w.RegisterActivity(&activities{users: users, orders: Orders(db), notes: notes{db}})
}
