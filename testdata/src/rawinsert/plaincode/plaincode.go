// Package plaincode inserts outside of activities, where nothing retries by itself. All of it is silent.
package plaincode

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Server accepts people over HTTP and hands them to a workflow.
type Server struct {
	db       *sql.DB
	temporal client.Client
}

// ServeHTTP writes the row before it starts the workflow: one request, one row.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if _, err := s.db.ExecContext(r.Context(), "INSERT INTO requests (name) VALUES ($1)", name); err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	options := client.StartWorkflowOptions{ID: "greet-" + name, TaskQueue: "people"}
	if _, err := s.temporal.ExecuteWorkflow(r.Context(), options, GreetWorkflow, name); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// migrate runs at start-up.
func migrate(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO versions (n) VALUES (7)")
	return err
}

// Greet is the only activity here and writes nothing.
func Greet(_ context.Context, name string) (string, error) {
	return "hello " + name, nil
}

// GreetWorkflow runs it.
func GreetWorkflow(ctx workflow.Context, name string) (greeting string, err error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, Greet, name).Get(ctx, &greeting)
	return greeting, err
}

// Run migrates, then works.
func Run(ctx context.Context, c client.Client, db *sql.DB) error {
	if err := migrate(ctx, db); err != nil {
		return err
	}
	w := worker.New(c, "people", worker.Options{})
	w.RegisterActivity(Greet)
	w.RegisterWorkflow(GreetWorkflow)
	return w.Run(worker.InterruptCh())
}
