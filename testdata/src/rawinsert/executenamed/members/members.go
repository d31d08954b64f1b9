// Package members has one type for each activity; every method is called Execute.
package members

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/executenamed/memberdb"
)

// AddActivity adds a member.
type AddActivity struct {
	db *memberdb.DB
}

// NewAddActivity wants a database.
func NewAddActivity(db *sql.DB) *AddActivity { return &AddActivity{db: &memberdb.DB{DB: db}} }

// Execute says nothing by its name.
func (a *AddActivity) Execute(ctx context.Context, name string) error {
	return a.db.Insert(ctx, name)
}

// RemoveActivity removes a member.
type RemoveActivity struct {
	db *memberdb.DB
}

// NewRemoveActivity wants a database.
func NewRemoveActivity(db *sql.DB) *RemoveActivity { return &RemoveActivity{db: &memberdb.DB{DB: db}} }

// Execute removes.
func (a *RemoveActivity) Execute(ctx context.Context, name string) error {
	return a.db.Delete(ctx, name)
}
