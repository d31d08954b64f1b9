// Package api has handlers that call the wrapper: a wrapper of Dial is a Dial.
package api

import (
	"net/http"

	"go.temporal.io/sdk/client"

	"example.com/corpus/clientreuse/handlercalls/temporalconn"
)

// Handler has its own client.
type Handler struct{ client client.Client }

// New connects once, at start-up.
func New() (*Handler, error) {
	c, err := temporalconn.Connect("default")
	if err != nil {
		return nil, err
	}
	return &Handler{client: c}, nil
}

// Start connects for each request.
func (h *Handler) Start(w http.ResponseWriter, r *http.Request) {
	c, err := temporalconn.Connect(r.Header.Get("Namespace")) // want `client.Dial`
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer c.Close()
	if _, err := c.ExecuteWorkflow(r.Context(), client.StartWorkflowOptions{TaskQueue: "people"}, "Greet"); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Cancel uses what is there.
func (h *Handler) Cancel(w http.ResponseWriter, r *http.Request) {
	if err := h.client.CancelWorkflow(r.Context(), r.PathValue("id"), ""); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// CancelMany connects for each of them.
func CancelMany(r *http.Request, ids []string) error {
	for _, id := range ids {
		c, err := temporalconn.ConnectLater("default") // want `NewLazyClient`
		if err != nil {
			return err
		}
		if err := c.CancelWorkflow(r.Context(), id, ""); err != nil {
			return err
		}
		c.Close()
	}
	return nil
}
