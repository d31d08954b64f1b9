// Package othercreate calls methods named Create, Insert and Save that are no SQL. All of it is silent.
package othercreate

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"

	"go.temporal.io/sdk/worker"
)

// Deployments looks like a Kubernetes client.
type Deployments interface {
	Create(ctx context.Context, d *Deployment) (*Deployment, error)
}

// Deployment is what it creates.
type Deployment struct {
	Name     string
	Replicas int
}

// api implements Deployments over HTTP.
type api struct{ base string }

// Create posts.
func (a api) Create(ctx context.Context, d *Deployment) (*Deployment, error) {
	body, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base, strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return d, resp.Body.Close()
}

// Instances looks like a builder of a cloud SDK.
type Instances struct{ zone string }

// NewInsert begins a request, like bun's method of that name.
func (i *Instances) NewInsert() *Instances { return i }

// Model sets what is inserted.
func (i *Instances) Model(any) *Instances { return i }

// Exec sends the request.
func (i *Instances) Exec(context.Context) error { return nil }

// Insert inserts an instance into a zone.
func (i *Instances) Insert(project string) error { return nil }

// Activities calls them.
type Activities struct {
	deployments Deployments
	instances   *Instances
}

// Deploy creates a deployment.
func (a *Activities) Deploy(ctx context.Context, name string) error {
	_, err := a.deployments.Create(ctx, &Deployment{Name: name, Replicas: 2})
	return err
}

// Boot inserts an instance.
func (a *Activities) Boot(ctx context.Context, project string) error {
	if err := a.instances.NewInsert().Model(project).Exec(ctx); err != nil {
		return err
	}
	return a.instances.Insert(project)
}

// Touch creates a file and inserts into a slice.
func (a *Activities) Touch(_ context.Context, name string) ([]string, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return slices.Insert([]string{"first"}, 0, f.Name()), f.Close()
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{deployments: api{base: "https://cluster"}, instances: &Instances{zone: "b"}})
}
