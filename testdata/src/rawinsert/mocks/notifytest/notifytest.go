// Package notifytest helps tests. It imports testing, so what it converts and registers binds nothing. Silent.
package notifytest

import (
	"context"
	"database/sql"
	"testing"

	"go.temporal.io/sdk/testsuite"

	"example.com/corpus/rawinsert/mocks/notify"
	"example.com/corpus/rawinsert/mocks/notifymock"
)

// Outbox writes to a test's database.
type Outbox struct{ DB *sql.DB }

// Push inserts, for one test.
func (o *Outbox) Push(ctx context.Context, message string) error {
	_, err := o.DB.ExecContext(ctx, "INSERT INTO outbox (message) VALUES ($1)", message)
	return err
}

// New returns an environment whose activities write to db, or nowhere.
func New(t *testing.T, db *sql.DB) *testsuite.TestActivityEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	var outbox notify.Outbox = &notifymock.Outbox{}
	if db != nil {
		outbox = &Outbox{DB: db}
	}
	env.RegisterActivity(outbox.Push)
	return env
}
