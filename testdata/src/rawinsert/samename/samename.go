// Package samename has an activity and a database method of one name; the activity only makes an HTTP request.
package samename

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"

	"go.temporal.io/sdk/worker"
)

// API talks to the people service.
type API struct {
	base string
	http *http.Client
}

// CreatePerson is the activity: a PUT, no SQL in this process.
func (a *API) CreatePerson(ctx context.Context, name string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, a.base+"/people/"+url.PathEscape(name), nil)
	if err != nil {
		return err
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("create %s: %s", name, resp.Status)
	}
	return nil
}

// DB is the other side of the request: it runs in the service, not in the worker.
type DB struct {
	db *sql.DB
}

// CreatePerson only shares the activity's name.
func (d *DB) CreatePerson(ctx context.Context, name string) error {
	_, err := d.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}

// Creator is implemented by both.
type Creator interface {
	CreatePerson(ctx context.Context, name string) error
}

// Handler serves the request from whatever it is given.
func Handler(c Creator) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := c.CreatePerson(r.Context(), r.PathValue("name")); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// Serve binds DB to Creator, but no activity calls a Creator.
func Serve(addr string, db *sql.DB) error {
	return http.ListenAndServe(addr, Handler(&DB{db: db}))
}

// Register registers the activity under its own name.
func Register(w worker.Worker, base string) {
	api := &API{base: base, http: http.DefaultClient}
	w.RegisterActivity(api.CreatePerson)
}
