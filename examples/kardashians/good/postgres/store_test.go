package postgres_test

import (
	"os"
	"testing"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/postgres"
)

// TestAddTwice adds a person as two attempts of one activity do. It needs a database with schema.sql in it.
func TestAddTwice(t *testing.T) {
	if os.Getenv("DATABASE_URL") == "" {
		t.Skip("DATABASE_URL is not set")
	}
	var store postgres.Store
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
