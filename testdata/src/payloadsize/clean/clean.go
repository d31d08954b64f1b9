// Package clean has payloads that are small, bounded, or never sent.
package clean

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Config struct{ Name string }

// Ring contains itself: its size has no end.
type Ring [2]*Ring

type Activities struct{}

func (a *Activities) Limited(ctx context.Context, url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body := io.LimitReader(response.Body, 100<<10)
	return io.ReadAll(body)
}

func (a *Activities) Checked(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if len(data) > 100<<10 {
		return nil, errors.New("too large")
	}
	return data, nil
}

func (a *Activities) Parsed(ctx context.Context, name string) (Config, error) {
	var c Config
	data, err := os.ReadFile(name)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(data, &c)
}

func (a *Activities) Head(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return data[:10], nil
}

func (a *Activities) Buffer(ctx context.Context, n int) (string, error) {
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(n); err != nil {
		return "", err
	}
	return buf.String(), nil
}

// read is no activity.
func read(name string) ([]byte, error) { return os.ReadFile(name) }

func local(ctx context.Context, data []byte) (int, error) { return len(data), nil }

func Workflow(ctx workflow.Context, n int) ([]byte, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.ExecuteLocalActivity(ctx, local, make([]byte, 1<<20))
	workflow.ExecuteActivity(ctx, "Named", make([]byte, 1000), make([]byte, n), [100]int{}, Ring{})
	return nil, nil
}

func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
	w.RegisterWorkflow(Workflow)
}
