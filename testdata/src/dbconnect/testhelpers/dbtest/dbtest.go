// Package dbtest helps tests: it imports testing, so what it registers and converts starts no chain. Silent.
package dbtest

import (
	"context"
	"database/sql"
	"log"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"

	"example.com/corpus/dbconnect/testhelpers/backup"
)

// Target waits for the test's database.
type Target struct{ DB *sql.DB }

// Store ends a test run whose database is gone.
func (t *Target) Store(ctx context.Context, name string) error {
	if err := t.DB.PingContext(ctx); err != nil {
		log.Fatalf("store %s: %v", name, err)
	}
	return nil
}

// Env registers an activity on a test environment.
func Env(t *testing.T, db *sql.DB) *testsuite.TestActivityEnvironment {
	t.Helper()
	for db.PingContext(t.Context()) != nil {
		time.Sleep(100 * time.Millisecond)
	}
	if testing.Short() {
		t.Fatal("not in short mode")
	}
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivity(backup.New(&Target{DB: db}))
	return env
}
