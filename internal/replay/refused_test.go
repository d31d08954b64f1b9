package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A request is something that the SDK or the server may refuse: by a panic, an error, or by
// never getting on with it.
type request struct {
	name string
	kind string // worker, register, workflow, query, signal
	// code is, by kind: the fields of worker.Options; statements on a worker w; the body of a
	// workflow; the type that a handler reads.
	code string
	decl string // declarations besides
	sent string // of a query or signal: what is sent
}

// rules are those that may report a kind of request.
var rules = map[string][]string{
	"worker": {"workeroptions"}, "register": {"registration"}, "workflow": {"activityoptions", "registration"}, "query": {"positionalargs"}, "signal": {"positionalargs"},
}

func requests() []request {
	all := workerRequests()
	all = append(all, registerRequests()...)
	all = append(all, optionRequests()...)
	return append(all, payloadRequests()...)
}

func workerRequests() []request {
	var all []request
	add := func(code string) {
		all = append(all, request{name: fmt.Sprintf("Worker%d", len(all)), kind: "worker", code: code})
	}
	for _, field := range []string{"MaxConcurrentWorkflowTaskPollers", "MaxConcurrentWorkflowTaskExecutionSize", "MaxConcurrentActivityTaskPollers", "MaxConcurrentActivityExecutionSize", "MaxConcurrentLocalActivityExecutionSize"} {
		for _, n := range []int{0, 1, 2} {
			add(fmt.Sprintf("%s: %d", field, n))
		}
		add(field + ": 2, Tuner: tuner()")
		add(field + ": 0, Tuner: tuner()")
	}
	simple := "worker.NewPollerBehaviorSimpleMaximum(worker.PollerBehaviorSimpleMaximumOptions{MaximumNumberOfPollers: 3})"
	for _, what := range []string{"Activity", "Workflow", "Nexus"} {
		add(what + "TaskPollerBehavior: " + simple)
		add(what + "TaskPollerBehavior: " + simple + ", MaxConcurrent" + what + "TaskPollers: 3")
		add("MaxConcurrent" + what + "TaskPollers: 3")
	}
	add("EnableSessionWorker: true")
	add("UseBuildIDForVersioning: true, BuildID: \"1\"")
	add("EnableSessionWorker: true, UseBuildIDForVersioning: true, BuildID: \"1\"")
	add("EnableSessionWorker: false, UseBuildIDForVersioning: true, BuildID: \"1\"")
	version := "Version: worker.WorkerDeploymentVersion{DeploymentName: \"d\", BuildID: \"1\"}"
	add("DeploymentOptions: worker.DeploymentOptions{DefaultVersioningBehavior: workflow.VersioningBehaviorPinned, " + version + "}")
	add("DeploymentOptions: worker.DeploymentOptions{UseVersioning: false, DefaultVersioningBehavior: workflow.VersioningBehaviorPinned, " + version + "}")
	add("DeploymentOptions: worker.DeploymentOptions{UseVersioning: true, DefaultVersioningBehavior: workflow.VersioningBehaviorPinned, " + version + "}")
	return all
}

func registerRequests() []request {
	var all []request
	add := func(code, decl string) {
		all = append(all, request{name: fmt.Sprintf("Register%d", len(all)), kind: "register", code: code, decl: decl})
	}
	signatures := []string{
		"()", "() error", "() string", "() (string, error)", "() (error, string)", "() (string, string, error)",
		"(ctx context.Context) error", "(ctx context.Context, a string) (int, error)", "(ctx workflow.Context) error", "(ctx workflow.Context) (string, error)", "(ctx workflow.Context)",
		"(ctx workflow.Context) string", "(a string, ctx workflow.Context) error", "(a string) error",
	}
	for _, what := range []string{"Activity", "Workflow"} {
		for _, signature := range signatures {
			add("w.Register"+what+"(NAMEFunc)", "func NAMEFunc"+signature+" { panic(0) }")
		}
		add("w.Register"+what+"(NAMEFunc); w.Register"+what+"(NAMEFunc)", "func NAMEFunc(ctx CONTEXT) error { return nil }")
		add("w.Register"+what+"(NAMEFunc); w.Register"+what+"WithOptions(NAMEFunc, REGISTER.RegisterOptions{Name: \"other\"})", "func NAMEFunc(ctx CONTEXT) error { return nil }")
		add("w.Register"+what+"WithOptions(NAMEFunc, REGISTER.RegisterOptions{Name: \"same\"}); w.Register"+what+"WithOptions(NAMEMore, REGISTER.RegisterOptions{Name: \"same\"})",
			"func NAMEFunc(ctx CONTEXT) error { return nil }\nfunc NAMEMore(ctx CONTEXT) error { return nil }")
		add("w.Register"+what+"WithOptions(NAMEFunc, REGISTER.RegisterOptions{Name: \"same\"}); w.Register"+what+"WithOptions(NAMEMore, REGISTER.RegisterOptions{Name: \"same\", DisableAlreadyRegisteredCheck: true})",
			"func NAMEFunc(ctx CONTEXT) error { return nil }\nfunc NAMEMore(ctx CONTEXT) error { return nil }")
		for i := range all {
			context, register := "context.Context", "activity"
			if what == "Workflow" {
				context, register = "workflow.Context", "workflow"
			}
			all[i].code = strings.ReplaceAll(all[i].code, "REGISTER", register)
			all[i].decl = strings.ReplaceAll(all[i].decl, "CONTEXT", context)
		}
	}
	for _, method := range []string{"(ctx context.Context) error", "()", "() (string, string)", "(ctx workflow.Context) error"} {
		decl := "type NAMESet struct{}\nfunc (*NAMESet) Good(ctx context.Context) error { return nil }\nfunc (*NAMESet) Other" + method + " { panic(0) }"
		add("w.RegisterActivity(&NAMESet{})", decl)
		add("w.RegisterActivityWithOptions(&NAMESet{}, activity.RegisterOptions{SkipInvalidStructFunctions: true})", decl)
	}
	add("w.RegisterActivity(&NAMESet{}); w.RegisterActivity(&NAMESet{})", "type NAMESet struct{}\nfunc (*NAMESet) Good(ctx context.Context) error { return nil }")
	add("w.RegisterActivity(&NAMESet{}); w.RegisterActivityWithOptions(&NAMESet{}, activity.RegisterOptions{Name: \"more-\"})", "type NAMESet struct{}\nfunc (*NAMESet) Good(ctx context.Context) error { return nil }")
	return all
}

// optionRequests are activities with all kinds of options, given in all kinds of ways, and names
// that nothing registers.
func optionRequests() []request {
	var all []request
	add := func(code, decl string) {
		all = append(all, request{name: fmt.Sprintf("Options%d", len(all)), kind: "workflow", code: code, decl: decl})
	}
	fields := []string{"", "StartToCloseTimeout: 2 * time.Second", "ScheduleToCloseTimeout: 2 * time.Second", "StartToCloseTimeout: time.Second, ScheduleToCloseTimeout: 2 * time.Second", "StartToCloseTimeout: 0"}
	for _, local := range []string{"", "Local"} {
		list := fields
		if local == "" {
			list = append(list[:len(list):len(list)], "ScheduleToStartTimeout: time.Second")
		}
		execute := "workflow.Execute" + local + "Activity(ctx, Quick).Get(ctx, nil)"
		with := "ctx = workflow.With" + local + "ActivityOptions(ctx, "
		options := "workflow." + local + "ActivityOptions"
		for _, f := range list {
			literal := options + "{RetryPolicy: once, " + f + "}"
			literal = strings.Replace(literal, ", }", "}", 1)
			add(with+literal+")\nreturn "+execute, "")
			add("options := "+literal+"\n"+with+"options)\nreturn "+execute, "")
			add(with+"NAMEOptions())\nreturn "+execute, "func NAMEOptions() "+options+" { return "+literal+" }")
			add("ctx = NAMEContext(ctx)\nreturn "+execute, "func NAMEContext(ctx workflow.Context) workflow.Context {\n"+with+literal+")\nreturn ctx\n}")
			add(with+literal+")\nreturn NAMERun(ctx)", "func NAMERun(ctx workflow.Context) error { return "+execute+" }")
		}
		add("return "+execute, "")
		add("workflow.With"+local+"ActivityOptions(ctx, "+options+"{StartToCloseTimeout: time.Second, RetryPolicy: once})\nreturn "+execute, "")
		add("options := "+options+"{RetryPolicy: once}\noptions.StartToCloseTimeout = time.Second\n"+with+"options)\nreturn "+execute, "")
		add("ctx = workflow.WithStartToCloseTimeout(ctx, time.Second)\nctx = workflow.WithRetryPolicy(ctx, *once)\nreturn workflow.ExecuteActivity(ctx, Quick).Get(ctx, nil)", "")
		add("ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{})\nreturn "+execute, "")
		other := "Local"
		if local != "" {
			other = ""
		}
		add("ctx = workflow.With"+other+"ActivityOptions(ctx, workflow."+other+"ActivityOptions{StartToCloseTimeout: time.Second, RetryPolicy: once})\nreturn "+execute, "")
		add("ctx = workflow.With"+other+"ActivityOptions(ctx, workflow."+other+"ActivityOptions{StartToCloseTimeout: time.Second})\n"+with+options+"{StartToCloseTimeout: time.Second, RetryPolicy: once})\nreturn "+execute, "")
	}
	good := "ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 6 * time.Second, ScheduleToCloseTimeout: 6 * time.Second, RetryPolicy: onceHEARTBEAT})\n"
	for _, a := range []string{"Slow", "Beat", "BeatBelow"} {
		add(strings.Replace(good, "RetryPolicy: onceHEARTBEAT", "RetryPolicy: once, HeartbeatTimeout: time.Second", 1)+"return workflow.ExecuteActivity(ctx, "+a+").Get(ctx, nil)", "")
	}
	good = strings.Replace(good, "HEARTBEAT", "", 1)
	add(good+"return workflow.ExecuteActivity(ctx, \"Quick\").Get(ctx, nil)", "")
	add(good+"return workflow.ExecuteActivity(ctx, \"Qiuck\").Get(ctx, nil)", "")
	add(good+"return workflow.ExecuteActivity(ctx, NAMEUnregistered).Get(ctx, nil)", "func NAMEUnregistered(ctx context.Context) error { return nil }")
	add(good+"return workflow.ExecuteChildWorkflow(ctx, ChildWorkflow).Get(ctx, nil)", "")
	add(good+"return workflow.ExecuteChildWorkflow(ctx, \"ChildWorkflow\").Get(ctx, nil)", "")
	add(good+"return workflow.ExecuteChildWorkflow(ctx, \"ChildWrokflow\").Get(ctx, nil)", "")
	add(good+"return workflow.ExecuteChildWorkflow(ctx, NAMEChild).Get(ctx, nil)", "func NAMEChild(ctx workflow.Context) error { return nil }")
	return all
}

func payloadRequests() []request {
	values := []struct{ typ, value string }{
		{"string", `"a"`}, {"int", "1"}, {"float64", "2.0"}, {"bool", "true"}, {"[]string", `[]string{"a"}`}, {"map[string]int", `map[string]int{"a": 1}`}, {"Order", "Order{ID: \"a\", Cents: 1}"},
		{"*Order", "&Order{ID: \"a\"}"}, {"[]Order", "[]Order{{ID: \"a\"}}"}, {"Other", "Other{Name: \"a\"}"},
	}
	var all []request
	for _, kind := range []string{"query", "signal"} {
		for i, sent := range values {
			for j, read := range values {
				all = append(all, request{name: fmt.Sprintf("Payload%s%dAs%d", strings.ToUpper(kind[:1])+kind[1:], i, j), kind: kind, code: read.typ, sent: sent.value})
			}
		}
	}
	return all
}

// source is the file of a request.
func (r *request) source() string {
	var run string
	imports := "import (\n\"context\"\n\"time\"\n\"go.temporal.io/sdk/activity\"\n\"go.temporal.io/sdk/client\"\n\"go.temporal.io/sdk/worker\"\n\"go.temporal.io/sdk/workflow\"\n)\nvar _ context.Context\nvar _ time.Duration\nvar _ activity.Info\nvar _ worker.Options\nvar _ workflow.Context\n"
	decl := r.decl
	switch r.kind {
	case "worker":
		run = "return recovered(func() { worker.New(c, \"q\", worker.Options{" + r.code + "}) })"
	case "register":
		run = "return recovered(func() {\nw := worker.New(c, \"q-NAME\", worker.Options{})\n" + r.code + "\n})"
	case "workflow":
		decl += "\nfunc NAMEWorkflow(ctx workflow.Context) error {\n" + r.code + "\n}\n"
		run = "return execute(c, NAMEWorkflow)"
	case "query":
		decl += "\nfunc NAMEWorkflow(ctx workflow.Context) error {\nif err := workflow.SetQueryHandler(ctx, \"q-NAME\", func(v " + r.code + ") (string, error) { return \"\", nil }); err != nil {\nreturn err\n}\nreturn workflow.Sleep(ctx, 2 * time.Second)\n}\n"
		run = "id, err := start(c, NAMEWorkflow)\nif err != nil {\nreturn err\n}\n_, err = c.QueryWorkflow(context.Background(), id, \"\", \"q-NAME\", " + r.sent + ")\nreturn err"
	case "signal":
		decl += "\nfunc NAMEWorkflow(ctx workflow.Context) error {\nvar v " + r.code + "\nworkflow.GetSignalChannel(ctx, \"s-NAME\").Receive(ctx, &v)\nreturn nil\n}\n"
		run = "id, err := start(c, NAMEWorkflow)\nif err != nil {\nreturn err\n}\nif err := c.SignalWorkflow(context.Background(), id, \"\", \"s-NAME\", " + r.sent + "); err != nil {\nreturn err\n}\nreturn c.GetWorkflow(context.Background(), id, \"\").Get(context.Background(), nil)"
	}
	return strings.ReplaceAll("package main\n"+imports+decl+"\nfunc init() { requests[\"NAME\"] = func(c client.Client) error {\n"+run+"\n} }\n", "NAME", r.name)
}

// Have: activityoptions, workeroptions, registration, and positionalargs on queries and signals
// report exactly what the SDK or the server refuses.
func TestRefused(t *testing.T) {
	needServer(t, "refused")
	all := requests()
	root := t.TempDir()
	dir := filepath.Join(root, "refused")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	writeModule(t, root)
	frame, err := os.ReadFile("refused.txt")
	if err != nil {
		t.Fatal(err)
	}
	var registered strings.Builder
	for i := range all {
		r := &all[i]
		if r.kind != "worker" && r.kind != "register" {
			fmt.Fprintf(&registered, "\tw.RegisterWorkflow(%sWorkflow)\n", r.name)
		}
		writeSource(t, filepath.Join(dir, r.name+".go"), r.source())
	}
	write(t, filepath.Join(dir, "main.go"), []byte(strings.Replace(string(frame), "REGISTERED", registered.String(), 1)))
	binary, linter := filepath.Join(root, "program"), filepath.Join(root, "mcwflint")
	output(t, dir, nil, "go", "build", "-o", binary, ".")
	output(t, "../..", nil, "go", "build", "-o", linter, "./cmd/mcwflint")
	reported := reportedBy(t, linter, dir)
	var refused map[string]string
	if err := json.Unmarshal(output(t, dir, nil, binary), &refused); err != nil {
		t.Fatal(err)
	}
	says := make(map[string]string)
	var doubtful []string // a request may also be too slow, on a machine with other work
	for i := range all {
		r := &all[i]
		for _, rule := range rules[r.kind] {
			says[r.name] += reported[r.name][rule]
		}
		if strings.Contains(says[r.name], "have no field in common") {
			says[r.name] = "" // it is read, as nothing
		}
		if says[r.name] == "" && refused[r.name] != "" {
			doubtful = append(doubtful, r.name)
			delete(refused, r.name)
		}
	}
	if len(doubtful) > 0 {
		var again map[string]string
		if err := json.Unmarshal(output(t, dir, nil, binary, doubtful...), &again); err != nil {
			t.Fatal(err)
		}
		maps.Copy(refused, again)
	}
	n := 0
	for i := range all {
		r := &all[i]
		says := says[r.name]
		if refused[r.name] != "" {
			n++
		}
		if (says != "") != (refused[r.name] != "") {
			t.Errorf("%s: the rule says %q, the SDK or the server %q\n%s%s%s", r.name, says, refused[r.name], r.decl, r.code, r.sent)
		}
	}
	t.Logf("%d requests, %d refused", len(all), n)
}

// reportedBy are the messages of the rules by file, without .go, and rule.
func reportedBy(t *testing.T, linter, dir string) map[string]map[string]string {
	t.Helper()
	cmd := exec.Command(linter, "-format=json", "./...")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("mcwflint: %v\n%s%s", err, out, &stderr)
	}
	var findings map[string]map[string][]struct{ Posn, Message string }
	if err := json.Unmarshal(out, &findings); err != nil {
		t.Fatal(err)
	}
	by := make(map[string]map[string]string)
	for _, list := range findings {
		for rule, found := range list {
			for _, f := range found {
				name, _, _ := strings.Cut(filepath.Base(f.Posn), ".go:")
				if by[name] == nil {
					by[name] = make(map[string]string)
				}
				by[name][rule] = f.Message
			}
		}
	}
	return by
}
