// Package flagged has payloads that are too large, or of any size.
package flagged

import (
	"bytes"
	"context"
	_ "embed"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

//go:embed large.txt
var large string

type Page struct {
	URL  string
	Body []byte
}

type Activities struct{}

func (a *Activities) Fetch(ctx context.Context, url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	return data, nil // want `the result of Fetch is all that io.ReadAll reads, of any size: a payload should stay under 200 KB: store the data and pass its key`
}

func (a *Activities) Page(ctx context.Context, url string) (*Page, error) {
	body, err := os.ReadFile(url)
	if err != nil {
		return nil, err
	}
	return &Page{URL: url, Body: body}, nil // want `the result of Page has a part that is a whole file \(os.ReadFile\), of any size`
}

func (a *Activities) Fill(ctx context.Context, r string) (Page, error) {
	var p Page
	body, err := os.ReadFile(r)
	p.Body = body
	return p, err // want `the result of Fill has a part that is a whole file`
}

func (a *Activities) Copy(ctx context.Context, f string) (string, error) {
	file, err := os.Open(f)
	if err != nil {
		return "", err
	}
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, file); err != nil {
		return "", err
	}
	return buf.String(), nil // want `the result of Copy is a buffer that a reader of any size was copied into`
}

// Found is not bounded by a check that there is anything, nor by a log line.
func (a *Activities) Found(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	activity.GetLogger(ctx).Info("read", "bytes", len(data))
	if len(data) > 0 {
		return data, nil // want `the result of Found is a whole file`
	}
	return nil, nil
}

func (a *Activities) Naked(ctx context.Context, name string) (data []byte, err error) {
	data, err = os.ReadFile(name)
	if err != nil {
		return
	}
	return // want `the result of Naked is a whole file`
}

func (a *Activities) Into(ctx context.Context, name string) (p Page, err error) {
	p.Body, err = os.ReadFile(name)
	return p, err // want `the result of Into has a part that is a whole file`
}

// Signed sends what it embeds.
type Signed struct {
	Page
	key []byte
}

func (a *Activities) Sign(ctx context.Context, name string) (*Signed, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &Signed{Page: Page{Body: body}}, nil // want `the result of Sign has a part that is a whole file`
}

func (a *Activities) Store(ctx context.Context, data []byte) error { return nil }

func Workflow(ctx workflow.Context, name string) (string, error) {
	var a *Activities
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.ExecuteActivity(ctx, a.Store, make([]byte, 1<<20))                 // want `argument 1 of a.Store is made with 1048576 elements, 1048576 bytes at least`
	workflow.ExecuteActivity(ctx, a.Store, []byte(large))                       // want `argument 1 of a.Store is an embedded file of 210000 bytes`
	workflow.ExecuteActivity(ctx, "Named", [200000]int{})                       // want `argument 1 of "Named" is an array that takes 400000 bytes at least`
	workflow.ExecuteActivity(ctx, "Named", strings.Repeat("0123456789", 30000)) // want `argument 1 of "Named" is a text of 300000 bytes`
	return large, nil                                                           // want `the result of Workflow is an embedded file`
}

func Start(ctx context.Context, c client.Client, w worker.Worker) error {
	w.RegisterActivity(&Activities{})
	data, err := os.ReadFile("input")
	if err != nil {
		return err
	}
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, Workflow, string(data)) // want `argument 1 of Workflow is a whole file`
	return err
}
