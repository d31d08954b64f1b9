package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

const flows = `package flows

import (
	"context"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Charge(ctx context.Context) error { return nil }
func Ship(ctx context.Context, id string) error { return nil }

func OrderWorkflow(ctx workflow.Context, ids []string) error {
	for _, id := range ids {
		if err := ship(ctx, id); err != nil {
			return err
		}
	}
	if len(ids) > 3 {
		_ = workflow.Sleep(ctx, time.Minute)
	}
	workflow.Go(ctx, func(ctx workflow.Context) {
		_ = workflow.ExecuteActivity(ctx, Charge).Get(ctx, nil)
	})
	return workflow.ExecuteChildWorkflow(ctx, AuditWorkflow).Get(ctx, nil)
}

func ship(ctx workflow.Context, id string) error {
	return workflow.ExecuteActivity(ctx, Ship, id).Get(ctx, nil)
}

func AuditWorkflow(ctx workflow.Context) error { return nil }

func Register(w worker.Worker) {
	w.RegisterWorkflow(OrderWorkflow)
	w.RegisterWorkflow(AuditWorkflow)
	w.RegisterActivity(Charge)
	w.RegisterActivity(Ship)
}
`

// Have: graph draws helpers, loops, branches and coroutines, the same every time, and knows a
// picture that is stale.
func TestGraph(t *testing.T) {
	dir := module(t, map[string]string{"flows/flows.go": flows})
	const want = `flowchart LR
  n0["Charge"]
  n1["Ship"]
  n2{{"timer"}}
  n3(["AuditWorkflow"])
  n4(["OrderWorkflow"])
  n4 -.-> n0
  n4 -->|loop| n1
  n4 -->|branch| n2
  n4 --> n3
`
	out := expect(t, clean, "flowchart LR", "", "graph", "-C", dir, "./...")
	if out != want {
		t.Errorf("got %s, want %s", out, want)
	}
	expect(t, clean, `"workflow OrderWorkflow" -> "activity Ship" [label="loop"]`, "", "graph", "-C", dir, "-format=dot", "./...")
	var g struct {
		Nodes []struct{ ID, Position, Signature string }
		Edges []struct{ From, To, Times string }
	}
	if err := json.Unmarshal([]byte(expect(t, clean, "nodes", "", "graph", "-C", dir, "-format=json", "./...")), &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Nodes) != 5 || len(g.Edges) != 4 || g.Nodes[1].Position != "flows/flows.go:12" || g.Nodes[1].Signature != "func(ctx context.Context, id string) error" {
		t.Errorf("%+v", g)
	}
	if out := expect(t, clean, "AuditWorkflow", "", "graph", "-C", dir, "-root=AuditWorkflow", "./..."); out != "flowchart LR\n  n0([\"AuditWorkflow\"])\n" {
		t.Errorf("root: %s", out)
	}
	expect(t, failed, "", "is called Nothing", "graph", "-C", dir, "-root=Nothing", "./...")
	expect(t, failed, "", `unknown -format "sarif" of graph`, "graph", "-C", dir, "-format=sarif", "./...")

	file := filepath.Join(dir, "graph.mmd")
	if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, clean, "", "", "graph", "-C", dir, "-check="+file, "./...")
	if err := os.WriteFile(file, []byte(want+" "), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, findings, "", "write it anew", "graph", "-C", dir, "-check="+file, "./...")
}
