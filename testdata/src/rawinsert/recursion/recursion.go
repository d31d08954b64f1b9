// Package recursion has functions that call each other in a circle, one of which inserts.
package recursion

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// Node is a tree.
type Node struct {
	Name     string
	Children []Node
}

type trees struct{ db *sql.DB }

// SaveTree walks down.
func (t *trees) SaveTree(ctx context.Context, root Node) error {
	return t.saveNode(ctx, root, 0)
}

func (t *trees) saveNode(ctx context.Context, n Node, depth int) error {
	if err := t.saveChildren(ctx, n, depth+1); err != nil {
		return err
	}
	_, err := t.db.ExecContext(ctx, "INSERT INTO nodes (name, depth) VALUES ($1, $2)", n.Name, depth) // want `INSERT into nodes without.*SaveTree.*saveNode`
	return err
}

func (t *trees) saveChildren(ctx context.Context, n Node, depth int) error {
	for _, child := range n.Children {
		if err := t.saveNode(ctx, child, depth); err != nil {
			return err
		}
	}
	return nil
}

// CountTree calls itself and writes nothing.
func (t *trees) CountTree(ctx context.Context, root Node) (int, error) {
	n := 1
	for _, child := range root.Children {
		c, err := t.CountTree(ctx, child)
		if err != nil {
			return 0, err
		}
		n += c
	}
	return n, nil
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&trees{db: db})
}
