// Command program runs each of its activities twice on the database at
// DATABASE_URL and prints as JSON what became of it, by the activity's name. The
// test adds the activities, and what they call in package store.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"reflect"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/internal/proof/program/store"
)

// Activities are methods of the form func(context.Context) error.
type Activities struct {
	*store.Handles
}

// Register makes every exported method of Activities an activity.
func Register(w worker.Worker, a *Activities) { w.RegisterActivity(a) }

// A Run is what two attempts at one activity did.
type Run struct {
	First  string // the error of the first attempt
	Rows   int    // how many the first attempt added
	Second string // the error of the second attempt
	More   int    // how many rows the second attempt added
	Other  bool   // whether the second attempt changed the rows
}

const (
	schema = "mcwflint_proof"
	create = `
CREATE SCHEMA mcwflint_proof;
CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE, n int NOT NULL DEFAULT 0);
CREATE TABLE visits (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, n int NOT NULL DEFAULT 0);
CREATE TABLE staging (name text, gone timestamptz)`
	reset = `
TRUNCATE people, visits, staging;
INSERT INTO staging VALUES ('Kim')`
	// Keys differ between a row and the one that took its place.
	read = `SELECT 'people' || name || n FROM people UNION ALL SELECT 'visits' || name || n FROM visits ORDER BY 1`
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	config.ConnConfig.RuntimeParams["search_path"] = schema
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, create); err != nil {
		return err
	}
	defer pool.Exec(ctx, "DROP SCHEMA "+schema+" CASCADE")

	a := &Activities{&store.Handles{Pool: pool, DB: stdlib.OpenDBFromPool(pool)}}
	defer a.DB.Close()
	runs := make(map[string]Run)
	for method, activity := range reflect.ValueOf(a).Methods() {
		if runs[method.Name], err = twice(ctx, pool, activity.Interface().(func(context.Context) error)); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(runs)
}

// twice runs the activity on tables in which only staging has a row, and again on
// what it left.
func twice(ctx context.Context, pool *pgxpool.Pool, activity func(context.Context) error) (r Run, err error) {
	if _, err := pool.Exec(ctx, reset); err != nil {
		return r, err
	}
	r.First = text(activity(ctx))
	before, err := rows(ctx, pool)
	if err != nil {
		return r, err
	}
	r.Second = text(activity(ctx))
	after, err := rows(ctx, pool)
	r.Rows, r.More, r.Other = len(before), len(after)-len(before), !reflect.DeepEqual(before, after)
	return r, err
}

func rows(ctx context.Context, pool *pgxpool.Pool) ([]string, error) {
	rows, err := pool.Query(ctx, read)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
