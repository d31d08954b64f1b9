package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

const around = `package main

import (
	"context"
	"database/sql"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Activities struct {
	DB     *sql.DB
	Client client.Client
}

func (a *Activities) Charge(ctx context.Context) error {
	_, err := a.DB.ExecContext(ctx, "INSERT INTO charges (id) VALUES (1)")
	return err
}

func (a *Activities) Again(ctx context.Context) error {
	_, err := a.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, OrderWorkflow)
	return err
}

func OrderWorkflow(ctx workflow.Context) error {
	if err := workflow.SetQueryHandler(ctx, "state", func() (string, error) { return "", nil }); err != nil {
		return err
	}
	if err := workflow.SetUpdateHandler(ctx, "address", func(ctx workflow.Context, a string) error { return nil }); err != nil {
		return err
	}
	workflow.GetSignalChannel(ctx, "pay").Receive(ctx, nil)
	ctx = options(ctx)
	options := workflow.ActivityOptions{TaskQueue: "cards", StartToCloseTimeout: 10 * time.Second, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 3}}
	charging := workflow.WithActivityOptions(ctx, options)
	var a *Activities
	for range 3 {
		if err := workflow.ExecuteActivity(charging, a.Charge).Get(ctx, nil); err != nil {
			return err
		}
	}
	return workflow.ExecuteActivity(ctx, a.Again).Get(ctx, nil)
}

func options(ctx workflow.Context) workflow.Context { return ctx }

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		panic(err)
	}
	w := worker.New(c, "orders", worker.Options{})
	w.RegisterWorkflow(OrderWorkflow)
	w.RegisterActivity(&Activities{Client: c})
	_, err = c.ScheduleClient().Create(context.Background(), client.ScheduleOptions{Action: &client.ScheduleWorkflowAction{Workflow: OrderWorkflow}})
	if err != nil {
		panic(err)
	}
	if _, err := c.ExecuteWorkflow(context.Background(), client.StartWorkflowOptions{}, OrderWorkflow); err != nil {
		panic(err)
	}
	if err := w.Run(worker.InterruptCh()); err != nil {
		panic(err)
	}
}
`

// Have: what starts and what reaches a workflow, workers with their queues, options, constant
// loops and findings are in the graph.
func TestGraphAround(t *testing.T) {
	dir := module(t, map[string]string{"orders/main.go": around})
	type finding struct{ Rule, Position string }
	var g struct {
		Nodes []struct {
			ID, Name, Package, Position string
			Queues                      []string
			Findings                    []finding
		}
		Edges []struct {
			From, To, Times, Options string
			Beside                   bool
		}
	}
	if err := json.Unmarshal([]byte(expect(t, clean, "nodes", "", "graph", "-C", dir, "-format=json", "-findings", "./...")), &g); err != nil {
		t.Fatal(err)
	}
	edges := make(map[string]string)
	for _, e := range g.Edges {
		edges[e.From+" -> "+e.To] = strings.TrimSpace(e.Times + " " + e.Options)
	}
	pkg := ""
	found := make(map[string][]finding)
	for _, n := range g.Nodes {
		found[n.ID] = n.Findings
		if n.Name == "OrderWorkflow" {
			pkg = n.Package
		}
		if strings.HasPrefix(n.ID, "worker ") && !slices.Equal(n.Queues, []string{"orders"}) {
			t.Errorf("%s has queues %q", n.ID, n.Queues)
		}
	}
	for edge, want := range map[string]string{
		"workflow OrderWorkflow -> activity Charge":                  "up to 3 TaskQueue cards, StartToCloseTimeout 10 * time.Second, MaximumAttempts 3",
		"workflow OrderWorkflow -> activity Again":                   "once",
		"activity Again -> workflow OrderWorkflow":                   "once",
		"signal pay -> workflow OrderWorkflow":                       "once",
		"query state -> workflow OrderWorkflow":                      "once",
		"update address -> workflow OrderWorkflow":                   "once",
		"client " + pkg + " orders.main -> workflow OrderWorkflow":   "once",
		"schedule " + pkg + " orders.main -> workflow OrderWorkflow": "once",
		"worker " + pkg + " orders orders -> workflow OrderWorkflow": "once",
		"worker " + pkg + " orders orders -> activity Charge":        "once",
	} {
		if got := edges[edge]; got != want {
			t.Errorf("%s: %q, want %q", edge, got, want)
		}
	}
	if f := found["activity Charge"]; len(f) != 1 || f[0] != (finding{"rawinsert", "orders/main.go:20"}) {
		t.Errorf("findings of Charge: %v", f)
	}
	if f := found["activity Again"]; len(f) != 0 {
		t.Errorf("findings of Again: %v", f)
	}
	// Pictures have workers on request.
	if out := expect(t, clean, "flowchart", "", "graph", "-C", dir, "./..."); strings.Contains(out, "worker") {
		t.Errorf("workers in %s", out)
	}
	expect(t, clean, `{{"worker orders on orders"}}`, "", "graph", "-C", dir, "-workers", "./...")
	expect(t, clean, "color=red", "", "graph", "-C", dir, "-findings", "-format=dot", "./...")
	expect(t, clean, "<title>Workflows of ", "", "graph", "-C", dir, "-format=html", "./...")
	expect(t, clean, "OrderWorkflow", "", "graph", "-C", dir, "-package="+pkg, "./...")
	expect(t, failed, "", "no workflow or activity is in a package nowhere", "graph", "-C", dir, "-package=nowhere", "./...")
	expect(t, findings, "<article data-package=", "", "-C", dir, "-format=html", "./...")
}

const engines = `package engines

import (
	"context"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Context interface{ Inner() any }

type inner struct{ ctx any }

func (i inner) Inner() any { return i.ctx }

func wrap(ctx any) Context { return inner{ctx} }

type Engine interface {
	Run(ctx Context, activity any, args ...any) error
	Await(ctx Context, name string)
	Beside(ctx Context, f func(ctx Context))
}

type temporal struct{ started int }

func newTemporal() Engine { return &temporal{} }

func (*temporal) Run(ctx Context, activity any, args ...any) error {
	c, ok := ctx.Inner().(workflow.Context)
	if !ok {
		panic("another engine's")
	}
	return workflow.ExecuteActivity(c, activity, args...).Get(c, nil)
}

func (*temporal) Await(ctx Context, name string) {
	workflow.GetSignalChannel(ctx.Inner().(workflow.Context), name).Receive(nil, nil)
}

func (*temporal) Beside(ctx Context, f func(ctx Context)) {
	run := func(c workflow.Context) { f(wrap(c)) }
	workflow.Go(ctx.Inner().(workflow.Context), run)
}

type memory struct{}

func (memory) Run(ctx Context, activity any, args ...any) error {
	return workflow.Sleep(ctx.Inner().(workflow.Context), 1)
}
func (memory) Await(ctx Context, name string)               {}
func (memory) Beside(ctx Context, f func(ctx Context)) {}

var _ Engine = memory{}

type shipper struct {
	engine Engine
	sent   int
}

func newShipper(engine Engine) *shipper { return &shipper{engine: engine} }

func (s *shipper) ship(ctx Context) error { return s.engine.Run(ctx, Ship, "id") }

func order(ctx Context, engine Engine) error {
	s := newShipper(engine)
	engine.Beside(ctx, func(ctx Context) {
		for range 3 {
			_ = s.ship(ctx)
		}
	})
	engine.Await(ctx, "paid")
	return engine.Run(ctx, Charge)
}

func OrderWorkflow(ctx workflow.Context) error { return order(wrap(ctx), newTemporal()) }

// ChosenWorkflow runs on either: what it does is not known.
func ChosenWorkflow(ctx workflow.Context, test bool) error {
	engine := newTemporal()
	if test {
		engine = memory{}
	}
	return engine.Run(wrap(ctx), Charge)
}

func Charge(ctx context.Context) error          { return nil }
func Ship(ctx context.Context, id string) error { return nil }

func Register(w worker.Worker) {
	w.RegisterWorkflow(OrderWorkflow)
	w.RegisterActivity(Charge)
	w.RegisterActivity(Ship)
}
`

// Have: what a workflow does behind interfaces is what its own engine does, not the other one.
func TestGraphEngines(t *testing.T) {
	dir := module(t, map[string]string{"engines/engines.go": engines})
	const want = `flowchart LR
  n0["Charge"]
  n1["Ship"]
  n2{{"signal paid"}}
  n3(["ChosenWorkflow"])
  n4(["OrderWorkflow"])
  n2 --> n4
  n4 --> n0
  n4 -.->|up to 3| n1
`
	if got := expect(t, clean, "flowchart", "", "graph", "-C", dir, "./..."); got != want {
		t.Errorf("the graph is\n%swant\n%s", got, want)
	}
}
