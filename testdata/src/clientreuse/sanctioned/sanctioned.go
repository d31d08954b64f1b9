// Package sanctioned asks runtime/temporalclient for the process's client, as often as it likes. Silent.
package sanctioned

import (
	"context"
	"net/http"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/runtime/temporalclient"
)

// Activities starts workflows.
type Activities struct{}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Start starts one in two namespaces.
func (*Activities) Start(ctx context.Context) error {
	for _, namespace := range []string{"", "other"} {
		c, err := temporalclient.SharedIn(ctx, namespace)
		if err != nil {
			return err
		}
		if _, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: "season"}, "SeasonWorkflow"); err != nil {
			return err
		}
	}
	return nil
}

// Handler starts one for each request.
func Handler(w http.ResponseWriter, r *http.Request) {
	c, err := temporalclient.Shared(r.Context())
	if err == nil {
		_, err = c.ExecuteWorkflow(r.Context(), client.StartWorkflowOptions{TaskQueue: "season"}, "SeasonWorkflow")
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}
