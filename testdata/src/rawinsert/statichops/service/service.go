// Package service stands between activities and store.
package service

import (
	"context"
	"strings"

	"example.com/corpus/rawinsert/statichops/store"
)

// Roster checks names before it stores them.
type Roster struct {
	Store *store.Store
}

// Admit is one hop more on the way to the INSERT.
func (r *Roster) Admit(ctx context.Context, name string) error {
	return r.Store.Add(ctx, strings.TrimSpace(name))
}

// AdmitOnce is the safe way.
func (r *Roster) AdmitOnce(ctx context.Context, name string) error {
	return r.Store.AddOnce(ctx, strings.TrimSpace(name))
}
