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

// Counted has all that it read in fields that do not travel.
type Counted struct {
	Lines int
	body  []byte
	Raw   []byte `json:"-"`
}

func (a *Activities) Count(ctx context.Context, name string) (*Counted, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	c := &Counted{Lines: bytes.Count(data, []byte("\n")), body: data}
	c.Raw = data
	return c, nil
}

// Sealed writes itself in a way of its own.
type Sealed struct{ Body []byte }

func (s Sealed) MarshalJSON() ([]byte, error) { return []byte(`"sealed"`), nil }

func (a *Activities) Seal(ctx context.Context, name string) (Sealed, error) {
	data, err := os.ReadFile(name)
	return Sealed{Body: data}, err
}

func (a *Activities) Named(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if n := len(data); n > 100<<10 {
		return nil, errors.New("too large")
	}
	return data, nil
}

func (a *Activities) Helped(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := small(int64(len(data))); err != nil {
		return nil, err
	}
	return data, nil
}

func small(n int64) error {
	if n > 100<<10 {
		return errors.New("too large")
	}
	return nil
}

// Stat asks before it reads.
func (a *Activities) Stat(ctx context.Context, name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > 100<<10 {
		return nil, errors.New("too large")
	}
	return os.ReadFile(name)
}

func (a *Activities) Length(ctx context.Context, url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.ContentLength < 0 || response.ContentLength > 100<<10 {
		return nil, errors.New("too large")
	}
	return io.ReadAll(response.Body)
}

// Reused returns what is in the buffer after the upload.
func (a *Activities) Reused(ctx context.Context, name string) (string, error) {
	var buf bytes.Buffer
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(&buf, file); err != nil {
		return "", err
	}
	buf.Reset()
	err = json.NewEncoder(&buf).Encode("ok")
	return buf.String(), err
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
