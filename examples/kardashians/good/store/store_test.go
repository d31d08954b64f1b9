package store_test

import (
	"errors"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/store"
	"github.com/mediacloud/mcwflint/runtime/postgres"
)

// TestAddTwice adds a person as two attempts of one activity do.
func TestAddTwice(t *testing.T) {
	if os.Getenv("DATABASE_URL") == "" {
		t.Skip("DATABASE_URL is not set")
	}
	t.Cleanup(postgres.Close)
	createTables(t)
	var store store.Store
	kim := people.Person{Name: "Kim", Surname: "Kardashian"}
	if err := store.Add(t.Context(), kim); err != nil {
		t.Fatal(err)
	}
	before, err := store.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Add(t.Context(), kim); err != nil {
		t.Fatalf("second attempt: %v", err)
	}
	after, err := store.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after != before {
		t.Errorf("%d Kardashians after the second attempt, want %d", after, before)
	}
}

// createTables runs schema.sql, unless somebody has.
func createTables(t *testing.T) {
	t.Helper()
	schema, err := os.ReadFile("../schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := postgres.ConnectToDBOrRaise(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Exec(t.Context(), string(schema))
	const duplicateTable = "42P07"
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == duplicateTable {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
}
