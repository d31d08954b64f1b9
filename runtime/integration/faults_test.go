//go:build unix

// Package integration has the tests of the packages together: workers and activities whose servers fail in the middle.
package integration_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/postgres"
	"github.com/mediacloud/mcwflint/runtime/retry"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
	"github.com/mediacloud/mcwflint/runtime/workers"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func TestMain(m *testing.M) { servers.Main(m) }

// connect points the shared client at a server until the test ends.
func connect(t *testing.T, address string) client.Client {
	t.Helper()
	t.Setenv("TEMPORAL_ADDRESS", address)
	temporalclient.Configure(func(options *client.Options) {
		options.Logger = log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	})
	c, err := temporalclient.Shared(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(temporalclient.Close)
	return c
}

// split starts a worker for each kind, as production does.
func split(t *testing.T, c client.Client, queue string, workflow, activity any) {
	t.Helper()
	ww := workers.NewWorkflowWorker(c, queue, worker.Options{})
	ww.RegisterWorkflow(workflow)
	workertest.Start(t, ww)
	aw := workers.NewActivityWorker(c, queue, worker.Options{})
	aw.RegisterActivity(activity)
	workertest.Start(t, aw)
}

func withOptions(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.With(func(p *temporal.RetryPolicy) { p.InitialInterval = 100 * time.Millisecond }),
	})
}

// TestServerKilled kills the Temporal server between two activities, and starts it again: the workers, which lived on,
// complete the workflow.
func TestServerKilled(t *testing.T) {
	server := servers.NewTemporal(t)
	c := connect(t, server.Address())

	var runs [2]atomic.Int32
	first := make(chan struct{})
	step := func(_ context.Context, i int) error {
		if runs[i].Add(1) == 1 && i == 0 {
			close(first)
		}
		return nil
	}
	steps := func(ctx workflow.Context) error {
		ctx = withOptions(ctx)
		if err := workflow.ExecuteActivity(ctx, step, 0).Get(ctx, nil); err != nil {
			return err
		}
		workflow.GetSignalChannel(ctx, "go on").Receive(ctx, nil)
		return workflow.ExecuteActivity(ctx, step, 1).Get(ctx, nil)
	}
	const queue = "server-killed"
	split(t, c, queue, steps, step)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: queue}, steps)
	if err != nil {
		t.Fatal(err)
	}
	<-first

	server.Kill()
	if _, err := c.DescribeWorkflowExecution(within(t, time.Second), run.GetID(), ""); err == nil {
		t.Fatal("the dead server answers")
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}

	for {
		err := c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "go on", nil)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err := run.Get(ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Logf("the first activity ran %d times, the second %d", runs[0].Load(), runs[1].Load())
	if runs[0].Load() == 0 || runs[1].Load() == 0 {
		t.Error("an activity did not run")
	}
}

func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// people is an activity's database: one table, with the unique index that ON CONFLICT needs.
const people = `CREATE TABLE kardashians (name TEXT NOT NULL, surname TEXT NOT NULL, UNIQUE (name, surname))`

const insert = `INSERT INTO kardashians (name, surname) VALUES ('Kim', 'Kardashian') ON CONFLICT (name, surname) DO NOTHING`

// newDatabase returns a server with the table in it, with DATABASE_URL set, and nobody connected.
func newDatabase(t *testing.T) *servers.Postgres {
	t.Helper()
	db := servers.NewPostgres(t)
	t.Setenv("DATABASE_URL", db.URL())
	exec(t, people)
	return db
}

func exec(t *testing.T, sql string) {
	t.Helper()
	pool, err := postgres.ConnectToDBOrRaise(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer postgres.Close()
	if _, err := pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// rows counts with a pool of its own: the shared one may still hold connections that a kill has ended.
func rows(t *testing.T, db *servers.Postgres) (n int) {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), db.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := pool.QueryRow(t.Context(), `SELECT count(*) FROM kardashians`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// addOnce runs a workflow of one activity while meanwhile does harm, and checks that it succeeds and that there is one row.
func addOnce(t *testing.T, db *servers.Postgres, queue string, activity func(context.Context) error, meanwhile func()) {
	t.Helper()
	c := connect(t, servers.TemporalAddress(t))
	add := func(ctx workflow.Context) error {
		return workflow.ExecuteActivity(withOptions(ctx), activity).Get(ctx, nil)
	}
	split(t, c, queue, add, activity)
	t.Cleanup(postgres.Close)

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for i := range 2 { // the worker is good for another workflow after its database was away
		run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: fmt.Sprint(queue, i), TaskQueue: queue}, add)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			meanwhile()
		}
		if err := run.Get(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, db); n != 1 {
			t.Errorf("%d rows after run %d, want 1", n, i+1)
		}
	}
}

// TestDatabaseDown: the first attempts find no database, the worker stays up, and an attempt after the database's return
// succeeds.
func TestDatabaseDown(t *testing.T) {
	db := newDatabase(t)
	db.Stop()

	var attempts atomic.Int32
	failed := make(chan error, 1000)
	activity := func(ctx context.Context) error {
		attempts.Add(1)
		pool, err := postgres.ConnectToDBOrRaise(ctx)
		if err != nil {
			failed <- err
			return err
		}
		_, err = pool.Exec(ctx, insert)
		return err
	}
	addOnce(t, db, "database-down", activity, func() {
		for range 3 {
			t.Log(<-failed)
		}
		if err := db.Start(); err != nil {
			t.Fatal(err)
		}
	})
	if n := attempts.Load(); n < 5 {
		t.Errorf("%d attempts, want three that fail and one for each run", n)
	}
}

// TestDatabaseKilled kills PostgreSQL while a transaction has inserted and not committed, or has committed and the activity
// not answered.
func TestDatabaseKilled(t *testing.T) {
	for _, committed := range []bool{false, true} {
		t.Run(fmt.Sprintf("committed %t", committed), func(t *testing.T) {
			db := newDatabase(t)
			killed := make(chan struct{})
			var attempts atomic.Int32
			activity := func(ctx context.Context) error {
				attempt := attempts.Add(1)
				pool, err := postgres.ConnectToDBOrRaise(ctx)
				if err != nil {
					return err
				}
				tx, err := pool.Begin(ctx)
				if err != nil {
					return err
				}
				defer tx.Rollback(ctx)
				if _, err := tx.Exec(ctx, insert); err != nil {
					return err
				}
				if attempt == 1 && !committed {
					db.Kill()
					close(killed)
				}
				if err := tx.Commit(ctx); err != nil {
					return err
				}
				if attempt == 1 && committed {
					db.Kill()
					close(killed)
					return context.DeadlineExceeded // nobody heard of the commit
				}
				return nil
			}
			addOnce(t, db, fmt.Sprint("database-killed-", committed), activity, func() {
				<-killed
				if err := db.Start(); err != nil {
					t.Fatal(err)
				}
			})
			if n := attempts.Load(); n < 3 {
				t.Errorf("%d attempts, want at least one that fails and one for each run", n)
			}
		})
	}
}
