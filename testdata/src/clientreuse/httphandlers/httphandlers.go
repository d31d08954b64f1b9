// Package httphandlers makes a client for each HTTP request: each costs a connection and a handshake.
package httphandlers

import (
	"fmt"
	"net/http"
	"sync"

	"go.temporal.io/sdk/client"
)

// Server has a client that it should use.
type Server struct {
	client client.Client
}

// ServeHTTP dials for each request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := client.Dial(client.Options{}) // want `client.Dial`
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer c.Close()
	run, err := c.ExecuteWorkflow(r.Context(), client.StartWorkflowOptions{TaskQueue: "people"}, "Greet", r.FormValue("name"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(w, run.GetID())
}

// cancel is a plain function with a handler's parameters.
func cancel(w http.ResponseWriter, r *http.Request) {
	c, err := newClient()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer c.Close()
	if err := c.CancelWorkflow(r.Context(), r.PathValue("id"), ""); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// newClient is called from a handler of its package.
func newClient() (client.Client, error) {
	return client.NewLazyClient(client.Options{}) // want `NewLazyClient`
}

// reuse uses what the server has.
func (s *Server) reuse(w http.ResponseWriter, r *http.Request) {
	if err := s.client.CancelWorkflow(r.Context(), r.PathValue("id"), ""); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

var shared = sync.OnceValues(func() (client.Client, error) {
	return client.Dial(client.Options{})
})

// once dials at the first request only.
func once(w http.ResponseWriter, r *http.Request) {
	c, err := shared()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	if err := c.CancelWorkflow(r.Context(), r.PathValue("id"), ""); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Routes are made at start-up, and with them the client of describe.
func Routes() (http.Handler, error) {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return nil, err
	}
	s := &Server{client: c}
	mux := http.NewServeMux()
	mux.Handle("POST /greet", s)
	mux.HandleFunc("DELETE /greet/{id}", cancel)
	mux.HandleFunc("DELETE /reuse/{id}", s.reuse)
	mux.HandleFunc("DELETE /once/{id}", once)
	mux.HandleFunc("GET /greet/{id}", func(w http.ResponseWriter, r *http.Request) {
		if _, err := c.DescribeWorkflowExecution(r.Context(), r.PathValue("id"), ""); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	mux.HandleFunc("PUT /greet/{id}", func(w http.ResponseWriter, r *http.Request) {
		own, err := client.DialContext(r.Context(), client.Options{}) // want `client.DialContext`
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer own.Close()
		if err := own.SignalWorkflow(r.Context(), r.PathValue("id"), "", "hello", nil); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	return mux, nil
}

// Traced is middleware: what it makes, it makes once, outside of the handler it returns.
func Traced(next http.Handler) (http.Handler, error) {
	c, err := client.NewLazyClient(client.Options{})
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := c.CheckHealth(r.Context(), &client.CheckHealthRequest{}); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	}), nil
}
