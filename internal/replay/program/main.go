// Command program runs generated workflows on a Temporal server and writes their histories,
// or replays those in another process:
//
//	program run DIR
//	program replay DIR
//	program points DIR
//
// points replays both executions of each workflow up to every point at which it waited.
//
// It writes what went wrong, by the name of the workflow, as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"math/rand"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
)

// workflows are all workflows by name; generated files fill it.
var workflows = map[string]any{}

// entries is a number that each process has of its own.
var entries, _ = strconv.Atoi(os.Getenv("REPLAY_ENTRIES"))

// written is a variable that an activity writes.
var written string

// quiet is a logger that says nothing: failed replays are what is looked for.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

var _ sdklog.Logger = quiet{}

// Any stands for all activities: workflows choose names by what they compute.
func Any(ctx context.Context, args converter.EncodedValues) (string, error) {
	return activity.GetInfo(ctx).ActivityType.Name, nil
}

// Write changes the process.
func Write(ctx context.Context) error {
	written = fmt.Sprint(time.Now().UnixNano())
	return nil
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: program run|replay DIR")
	}
	dir := os.Args[2]
	var failed map[string]string
	switch os.Args[1] {
	case "run":
		failed = run(dir)
	case "points":
		failed = points(dir)
	default:
		failed = replay(dir)
	}
	if err := json.NewEncoder(os.Stdout).Encode(failed); err != nil {
		log.Fatal(err)
	}
}

func names() []string {
	var list []string
	for name := range workflows {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// run executes every workflow twice and keeps the second history: the process has a past then.
func run(dir string) map[string]string {
	c, err := client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS"), Logger: quiet{}})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "replay", worker.Options{})
	w.RegisterActivity(Write)
	w.RegisterDynamicActivity(Any, activity.DynamicRegisterOptions{})
	for name, wf := range workflows {
		w.RegisterWorkflowWithOptions(wf, workflow.RegisterOptions{Name: name})
	}
	if err := w.Start(); err != nil {
		log.Fatal(err)
	}
	defer w.Stop()
	failed := make(map[string]string)
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan struct{}, 20)
	for _, name := range names() {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			if err := record(c, name, dir); err != nil {
				mu.Lock()
				failed[name] = err.Error()
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return failed
}

func record(c client.Client, name, dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	for i := range 2 {
		started, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
			ID: fmt.Sprintf("%s-%d", name, i), TaskQueue: "replay", WorkflowRunTimeout: 3 * time.Minute,
		}, name, i)
		if err != nil {
			return err
		}
		if err := started.Get(ctx, nil); err != nil {
			return err
		}
		if err := save(ctx, c, started, filepath.Join(dir, []string{name + ".first", name}[i])); err != nil {
			return err
		}
	}
	return nil
}

// save writes the history of an execution.
func save(ctx context.Context, c client.Client, run client.WorkflowRun, file string) error {
	var h historypb.History
	events := c.GetWorkflowHistory(ctx, run.GetID(), run.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return err
		}
		h.Events = append(h.Events, e)
	}
	data, err := proto.Marshal(&h)
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// points replays the histories of both executions, whole and up to each later workflow task.
func points(dir string) map[string]string {
	failed := make(map[string]string)
	for _, name := range names() {
		for _, file := range []string{name + ".first", name} {
			data, err := os.ReadFile(filepath.Join(dir, file))
			var h historypb.History
			if err == nil {
				err = proto.Unmarshal(data, &h)
			}
			if err != nil {
				log.Fatal(err)
			}
			all := h.Events
			for i := len(all); i > 5; i-- {
				if i < len(all) && all[i].EventType != enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED {
					continue
				}
				r := worker.NewWorkflowReplayer()
				r.RegisterWorkflowWithOptions(workflows[name], workflow.RegisterOptions{Name: name})
				if err := r.ReplayWorkflowHistory(quiet{}, &historypb.History{Events: all[:i]}); err != nil {
					failed[name] = fmt.Sprintf("%d of %d events of %s: %v", i, len(all), file, err)
				}
			}
		}
	}
	return failed
}

// replay replays every history, in a random order.
func replay(dir string) map[string]string {
	failed := make(map[string]string)
	list := names()
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	for _, name := range list {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if os.IsNotExist(err) {
			continue // it did not end
		}
		var h historypb.History
		if err == nil {
			err = proto.Unmarshal(data, &h)
		}
		if err != nil {
			log.Fatal(err)
		}
		r := worker.NewWorkflowReplayer()
		r.RegisterWorkflowWithOptions(workflows[name], workflow.RegisterOptions{Name: name})
		if err := r.ReplayWorkflowHistory(quiet{}, &h); err != nil {
			failed[name] = err.Error()
		}
	}
	return failed
}
