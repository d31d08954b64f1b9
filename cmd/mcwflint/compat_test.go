package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const payment = `package pay

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Order struct {
	ID    string
	Cents int
}

// A Plan has interfaces of another module, and of this one.
type Plan struct {
	Action client.ScheduleWorkflowAction
	Own    interface{ Do() }
}

func Schedule(ctx context.Context, plan Plan) error { return nil }

func Charge(ctx context.Context, order Order, reason string) (string, error) { return "", nil }

func Ship(ctx context.Context, id string) error { return nil }

func PayWorkflow(ctx workflow.Context, order Order) error {
	var receipt string
	if err := workflow.ExecuteActivity(ctx, Charge, order, "sale").Get(ctx, &receipt); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, Ship, order.ID).Get(ctx, nil)
}

func HurryWorkflow(ctx workflow.Context) error {
	var days int
	workflow.GetSignalChannel(ctx, "hurry").Receive(ctx, &days)
	return nil
}

func Hurry(ctx context.Context, c client.Client) error {
	return c.SignalWorkflow(ctx, "id", "", "hurry", 1)
}

func Register(w worker.Worker) {
	w.RegisterWorkflow(HurryWorkflow)
	w.RegisterWorkflow(PayWorkflow)
	w.RegisterActivity(Charge)
	w.RegisterActivity(Ship)
	w.RegisterActivity(Schedule)
}
`

// Have: compat compares with a revision or a folder, says what is wrong with one, and leaves
// the repository as it is.
func TestCompat(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // others may compare as well
	dir := module(t, map[string]string{"pay/pay.go": payment})
	compat := func(from string, more ...string) []string {
		return append(append([]string{"compat", "-C", dir, "-from=" + from}, more...), "./...")
	}
	expect(t, failed, "", "compat wants -from", "compat", "-C", dir, "./...")
	expect(t, failed, "", "is in no git repository", compat("HEAD")...)
	gitCommand(t, dir, "init", "-q", "-b", "main")
	gitCommand(t, dir, "add", ".")
	gitCommand(t, dir, "commit", "-qm", "one")
	expect(t, failed, "", `"nonsense" is neither a revision of this repository nor a folder`, compat("nonsense")...)
	expect(t, failed, "", `neither a revision`, compat("--output=x")...)
	expect(t, clean, "", "no findings", compat("HEAD")...)

	edit := func(old, text string) {
		t.Helper()
		if !strings.Contains(payment, old) {
			t.Fatalf("no %q", old)
		}
		put(t, dir, "pay/pay.go", strings.Replace(payment, old, text, 1))
	}
	ship := `	return workflow.ExecuteActivity(ctx, Ship`
	edit(ship, "\tif err := workflow.ExecuteActivity(ctx, \"Audit\").Get(ctx, nil); err != nil {\n\t\treturn err\n\t}\n"+ship)
	out := expect(t, findings, "workflow PayWorkflow: ", "1 finding in", compat("HEAD")...)
	for _, part := range []string{"pay/pay.go:33:", "activity Audit", "after activity Charge", "workflow.GetVersion", ":pay/pay.go:33)", "(replaybreak)"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in %s", part, out)
		}
	}
	edit(ship, "\tif workflow.GetVersion(ctx, \"audit\", workflow.DefaultVersion, 1) == 1 {\n\t\t_ = workflow.ExecuteActivity(ctx, \"Audit\").Get(ctx, nil)\n\t}\n"+ship)
	expect(t, clean, "", "no findings", compat("HEAD")...)
	// A directive, and the fix: the new statement is gated, and nothing is left to say.
	audit := "\tif err := workflow.ExecuteActivity(ctx, \"Audit\").Get(ctx, nil); err != nil {\n\t\treturn err\n\t}\n"
	edit(ship, "\t//mcwflint:ignore replaybreak -- no execution is running\n"+audit+ship)
	expect(t, clean, "", "no findings", compat("HEAD")...)
	edit(ship, audit+ship)
	expect(t, findings, "+\tif workflow.GetVersion(ctx, \"add-Audit\", workflow.DefaultVersion, 1) == 1 {", "1 with a fix", compat("HEAD", "-diff")...)
	expect(t, clean, "", "fixed 1", compat("HEAD", "-fix")...)
	expect(t, clean, "", "no findings", compat("HEAD")...)
	// What is gone is kept for executions that have it, and what stands in its place is for others.
	edit(ship, strings.Replace(ship, "Ship", "Send", 1))
	put(t, dir, "pay/pay.go", get(t, dir, "pay/pay.go")+"\nfunc Send(ctx context.Context, id string) error { return nil }\n")
	expect(t, findings, "activity Send stands where activity Ship was", "1 finding in", compat("HEAD")...)
	refund := "\tif err := workflow.ExecuteActivity(ctx, Ship, \"refund\").Get(ctx, nil); err != nil {\n\t\treturn err\n\t}\n"
	put(t, dir, "pay/pay.go", strings.Replace(payment, ship, refund+audit+ship, 1))
	gitCommand(t, dir, "commit", "-qam", "more")
	put(t, dir, "pay/pay.go", strings.Replace(payment, ship, audit+ship, 1))
	expect(t, findings, "activity Ship is gone, after activity Charge", "1 finding in", compat("HEAD")...)
	expect(t, findings, "+\tif workflow.GetVersion(ctx, \"remove-Ship\", workflow.DefaultVersion, 1) == workflow.DefaultVersion {", "1 with a fix", compat("HEAD", "-diff")...)
	expect(t, clean, "", "fixed 1", compat("HEAD", "-fix")...)
	expect(t, clean, "", "no findings", compat("HEAD")...)
	put(t, dir, "pay/pay.go", strings.Replace(payment, ship, strings.Replace(refund, "Ship", "\"Other\"", 1)+audit+ship, 1))
	expect(t, findings, "+\tif workflow.GetVersion(ctx, \"replace-Ship\", workflow.DefaultVersion, 1) == workflow.DefaultVersion {", "1 with a fix", compat("HEAD", "-diff")...)
	expect(t, clean, "", "fixed 1", compat("HEAD", "-fix")...)
	expect(t, clean, "", "no findings", compat("HEAD")...)
	gitCommand(t, dir, "reset", "-q", "--hard", "HEAD~1")

	edit("RegisterWorkflow(PayWorkflow)", "RegisterWorkflow(OtherWorkflow)")
	put(t, dir, "pay/other.go", "package pay\n\nimport \"go.temporal.io/sdk/workflow\"\n\nfunc OtherWorkflow(ctx workflow.Context) error { return nil }\n")
	put(t, dir, "pay/pay.go", strings.ReplaceAll(strings.ReplaceAll(get(t, dir, "pay/pay.go"), "func PayWorkflow", "func payWorkflow"), "\tw.RegisterActivity(Ship)\n", "\tw.RegisterActivity(Ship)\n\t_ = payWorkflow\n"))
	expect(t, findings, "workflow PayWorkflow is gone", "1 finding in", compat("HEAD")...)
	if err := os.Remove(filepath.Join(dir, "pay/other.go")); err != nil {
		t.Fatal(err)
	}

	// Payloads.
	edit("var days int", "var days string")
	expect(t, findings, "signal hurry: argument 1 of running executions cannot be read any more: int is read as string", "", compat("HEAD")...)
	edit("\tworkflow.GetSignalChannel(ctx, \"hurry\").Receive(ctx, &days)\n", "\t_ = days\n")
	expect(t, findings, "signal hurry is sent, and no workflow reads it any more", "", compat("HEAD")...)
	edit("order Order, reason string) (string", "reason string, order Order) (string")
	expect(t, findings, "parameter order was the first and is the second", "", compat("HEAD")...)
	edit("\tCents int\n", "\tAmount int\n")
	expect(t, findings, "field Cents is gone, and Amount is new", "", compat("HEAD")...)
	edit("\tCents int\n", "\tCents int `json:\"-\"`\n")
	expect(t, findings, "field Cents was written as cents, and is not written any more", "", compat("HEAD")...)
	edit("\tCents int\n", "\tAmounts `json:\"amounts\"`\n}\n\ntype Amounts struct {\n\tCents int\n")
	expect(t, findings, "field Cents was written as cents, and is written below amounts now", "", compat("HEAD")...)
	edit("\tCents int\n", "\tAmounts\n}\n\ntype Amounts struct {\n\tCents int\n")
	expect(t, clean, "", "no findings", compat("HEAD")...)
	edit("\tw.RegisterActivity(Ship)\n", "")
	expect(t, findings, "nothing registers activity Ship any more", "1 finding in", compat("HEAD")...)
	edit("\tw.RegisterWorkflow(PayWorkflow)\n", "")
	expect(t, findings, "nothing registers workflow PayWorkflow any more", "1 finding in", compat("HEAD")...)
	edit("(string, error) { return \"\", nil }", "(Order, error) { return Order{}, nil }")
	expect(t, findings, "results in histories cannot be read any more", "", compat("HEAD")...)

	// A folder, a work tree with a file that does not compile, and one that is shallow.
	old := module(t, map[string]string{"pay/pay.go": payment})
	expect(t, findings, "results in histories", "", compat(old)...)
	put(t, dir, "pay/pay.go", payment+"func broken( {\n")
	expect(t, failed, "", "example.com/corpus/pay does not compile", compat("HEAD")...)
	put(t, dir, "pay/pay.go", payment)
	gitCommand(t, dir, "commit", "-q", "--allow-empty", "-m", "two")
	shallow := t.TempDir()
	gitCommand(t, shallow, "clone", "-q", "--depth=1", "file://"+dir, "clone")
	expect(t, failed, "", "not in this shallow clone: git fetch --deepen", "compat", "-C", filepath.Join(shallow, "clone"), "-from=HEAD~1", "./...")

	left, err := filepath.Glob(filepath.Join(os.TempDir(), "mcwflint-compat-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// Have: what is shared with the new revision gives what loading the old one by itself gives.
func TestCompatShares(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	files := map[string]string{
		"types/types.go": "package types\n\ntype Order struct{ Cents int }\n\ntype Other struct{ Name string }\n",
		"acts/acts.go":   "package acts\n\nimport (\n\t\"context\"\n\n\t\"example.com/corpus/types\"\n)\n\nfunc Charge(ctx context.Context, order types.Order) error { return nil }\n\nfunc Name(ctx context.Context, other types.Other) error { return nil }\n",
		"flows/flows.go": "package flows\n\nimport (\n\t\"example.com/corpus/acts\"\n\t\"example.com/corpus/types\"\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nfunc PayWorkflow(ctx workflow.Context, order types.Order) error {\n\treturn workflow.ExecuteActivity(ctx, acts.Charge, order).Get(ctx, nil)\n}\n",
		"worker/main.go": "package main\n\nimport (\n\t\"example.com/corpus/acts\"\n\t\"example.com/corpus/flows\"\n\t\"go.temporal.io/sdk/worker\"\n)\n\nfunc main() {\n\tvar w worker.Worker\n\tw.RegisterWorkflow(flows.PayWorkflow)\n\tw.RegisterActivity(acts.Charge)\n\tw.RegisterActivity(acts.Name)\n}\n",
		"plain/plain.go": "package plain\n\nfunc Add(a, b int) int { return a + b }\n",
		"still/still.go": "package still\n\nimport \"go.temporal.io/sdk/workflow\"\n\nfunc StillWorkflow(ctx workflow.Context) error { return workflow.Sleep(ctx, 1) }\n",
	}
	// The go command leaves folders of that name out of patterns, not when it is given one.
	files["testdata/odd/odd.go"] = strings.NewReplacer("still", "odd", "Still", "Odd").Replace(files["still/still.go"])
	dir, old := module(t, files), module(t, files)
	gitCommand(t, dir, "init", "-q", "-b", "main")
	gitCommand(t, dir, "add", ".")
	gitCommand(t, dir, "commit", "-qm", "one")
	was := regexp.MustCompile(`\(was at (?:[0-9a-f]{12}:)?([^)]*)\)`)
	for _, change := range []struct{ file, old, new, want string }{
		{"types/types.go", "Cents int", "Cents string", "activity Charge: argument 1 of running executions cannot be read any more"},
		{"types/types.go", "Name string", "Name []string", "activity Name: argument 1"},
		{"flows/flows.go", "\treturn", "\t_ = workflow.Sleep(ctx, 1)\n\treturn", "timer is new, before activity Charge"},
		{"still/still.go", "Sleep(ctx, 1)", "ExecuteActivity(ctx, \"Still\").Get(ctx, nil)", "activity Still stands where timer was"},
		{"worker/main.go", "\tw.RegisterActivity(acts.Name)\n", "", "activity Name is gone"},
		{"testdata/odd/odd.go", "Sleep(ctx, 1)", "ExecuteActivity(ctx, \"Odd\").Get(ctx, nil)", "activity Odd stands where timer was"},
		{"plain/plain.go", "a + b", "b + a", ""},
		{"plain/plain.go", "package plain\n", "package plain\n\nimport _ \"example.com/corpus/types\"\n", ""},
	} {
		put(t, dir, change.file, strings.Replace(files[change.file], change.old, change.new, 1))
		status := findings
		if change.want == "" {
			status = clean
		}
		shared := expect(t, status, change.want, "", "compat", "-C", dir, "-from=HEAD", "./...", "./testdata/odd")
		alone := expect(t, status, change.want, "", "compat", "-C", dir, "-from="+old, "./...", "./testdata/odd")
		if shared, alone := was.ReplaceAllString(shared, "$1"), was.ReplaceAllString(alone, "$1"); shared != alone {
			t.Errorf("%s: shared\n%salone\n%s", change.file, shared, alone)
		}
		put(t, dir, change.file, files[change.file])
	}
	// A package that is gone, and one that is new.
	if err := os.RemoveAll(filepath.Join(dir, "still")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "fresh/fresh.go", strings.ReplaceAll(strings.ReplaceAll(files["still/still.go"], "still", "fresh"), "Still", "Fresh"))
	expect(t, clean, "", "no findings", "compat", "-C", dir, "-from=HEAD", "./...")
}
