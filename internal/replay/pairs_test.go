package replay

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A pair is a workflow at two revisions. decls are declarations of the new one.
type pair struct {
	what     string
	old, new string
	decls    string
}

// Statements of workflows. n is the workflow's argument, 0 and 1.
func act(name string) string {
	return fmt.Sprintf("_ = workflow.ExecuteActivity(ctx, %q).Get(ctx, nil)", name)
}

const (
	timer = "_ = workflow.Sleep(ctx, time.Millisecond)"
	side  = "_ = workflow.SideEffect(ctx, func(workflow.Context) any { return 1 })"
	memo  = `_ = workflow.UpsertMemo(ctx, map[string]any{"k": 1})`
	both  = "{\nf := workflow.ExecuteActivity(ctx, \"P\")\ng := workflow.ExecuteActivity(ctx, \"Q\")\n_ = f.Get(ctx, nil)\n_ = g.Get(ctx, nil)\n}"
	loops = "for range 3 {\n_ = workflow.ExecuteActivity(ctx, \"L\").Get(ctx, nil)\n}"
	cond  = "if n > 0 {\n_ = workflow.ExecuteActivity(ctx, \"Y\").Get(ctx, nil)\n} else {\n_ = workflow.ExecuteActivity(ctx, \"N\").Get(ctx, nil)\n}"
)

var bases = [][]string{
	{act("A"), act("B"), act("C")},
	{act("A"), timer, act("B")},
	{side, act("A"), both},
	{loops, act("A")},
	{memo, cond, act("A")},
}

// An edit changes the statement at a place.
type edit struct {
	what string
	do   func(list []string, i int) (changed []string, decls string)
}

func replaced(list []string, i int, with ...string) []string {
	out := append([]string{}, list[:i]...)
	out = append(out, with...)
	return append(out, list[i+1:]...)
}

// wrap is an edit that puts the statement into something; %s is the statement.
func wrap(what, text string) edit {
	return edit{what, func(list []string, i int) ([]string, string) {
		return replaced(list, i, strings.ReplaceAll(text, "%s", list[i])), ""
	}}
}

func before(what, text string) edit {
	return edit{what, func(list []string, i int) ([]string, string) { return replaced(list, i, text, list[i]), "" }}
}

// behindEngine is an edit that puts the statement into a method of an interface with two
// implementations, which a constructor keeps in a field. before is what the one does first, and
// other what the other one does.
func behindEngine(what, before, other string) edit {
	return edit{what, func(list []string, i int) ([]string, string) {
		method := func(name, text string) string {
			return "func (e " + name + ") do(c any) {\nctx, n := c.(workflow.Context), e.n\n_, _ = ctx, n\n" + text + "}\n\n"
		}
		return replaced(list, i, "newKeeperNN(openNN(n)).step(ctx)"), "type engineNN interface{ do(c any) }\n\ntype realNN struct{ n int }\n\ntype otherNN struct{ n int }\n\n" +
			method("realNN", before+list[i]+"\n") + method("otherNN", other) +
			"func openNN(n int) engineNN { return realNN{n} }\n\nvar _ engineNN = otherNN{}\n\ntype keeperNN struct{ engine engineNN }\n\nfunc newKeeperNN(e engineNN) *keeperNN { return &keeperNN{engine: e} }\n\nfunc (k *keeperNN) step(c any) { k.engine.do(c) }\n\n"
	}}
}

// fieldNN keeps a version in a field, which an interface has asked for.
const fieldNN = `type versionsNN interface { get(c any, id string, least, most int) int }

type getterNN struct{}

func (getterNN) get(c any, id string, least, most int) int {
	ctx, ok := c.(workflow.Context)
	if !ok {
		panic("another engine's")
	}
	v := workflow.GetVersion(ctx, id, workflow.Version(least), workflow.Version(most))
	return int(v)
}

type noneNN struct{}

func (noneNN) get(c any, id string, least, most int) int { return most }

var _ versionsNN = noneNN{}

type changesNN struct{ version int }

func newChangesNN(v versionsNN, c any, id string) *changesNN {
	version := v.get(c, id, -1, 1)
	return &changesNN{version: version}
}

func (c *changesNN) on() bool { return c.version >= 1 }

`

const mutable = `_ = workflow.MutableSideEffect(ctx, "id", func(workflow.Context) any { return 1 }, func(a, b any) bool { return a == b })`

const version = `v := workflow.GetVersion(ctx, "change", workflow.DefaultVersion, 1)`

var edits = []edit{
	before("add an activity", act("Z")),
	before("add a timer", timer),
	before("add a side effect", side),
	before("add a memo", memo),
	before("add a wait", "_ = workflow.Await(ctx, func() bool { return true })"),
	{"remove", func(list []string, i int) ([]string, string) { return replaced(list, i), "" }},
	{"swap", func(list []string, i int) ([]string, string) {
		if i+1 == len(list) {
			return nil, ""
		}
		out := append([]string{}, list...)
		out[i], out[i+1] = out[i+1], out[i]
		return out, ""
	}},
	wrap("replace", act("Z")),
	wrap("replace by a timer", timer),
	wrap("duplicate", "%s\n%s"),
	wrap("into a branch", "if n > 0 {\n%s\n}"),
	wrap("into the other branch", "if n == 0 {\n%s\n}"),
	wrap("into a loop", "for range n {\n%s\n}"),
	wrap("into a coroutine", "workflow.Go(ctx, func(ctx workflow.Context) {\n%s\n})"),
	{"into a helper", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "helpNN(ctx, n)"), "func helpNN(ctx workflow.Context, n int) {\n_ = n\n" + list[i] + "\n}\n"
	}},
	{"into a helper that returns", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "if err := helpNN(ctx, n); err != nil {\nreturn err\n}"), "func helpNN(ctx workflow.Context, n int) error {\n_ = n\n" + list[i] + "\nreturn nil\n}\n"
	}},
	{"into a method", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "stepsNN{n}.run(ctx)"), "type stepsNN struct{ n int }\n\nfunc (s stepsNN) run(ctx workflow.Context) {\nn := s.n\n_ = n\n" + list[i] + "\n}\n"
	}},
	behindEngine("behind an interface", "", ""),
	behindEngine("behind an interface, with another activity", act("Z")+"\n", ""),
	behindEngine("behind an interface whose other implementation does more", "", act("Z")+"\n"),
	wrap("into a closure", "func() {\n%s\n}()"),
	wrap("into a variable", "step := func(ctx workflow.Context) {\n%s\n}\nstep(ctx)"),
	{"gate rightly", func(list []string, i int) ([]string, string) {
		return replaced(list, i, version+"\nif v >= 1 {\n"+act("Z")+"\n}\n"+list[i]), ""
	}},
	wrap("gate the new and keep the old", version+"\nif v == workflow.DefaultVersion {\n%s\n} else {\n"+act("Z")+"\n}"),
	wrap("gate with a switch", "switch workflow.GetVersion(ctx, \"change\", workflow.DefaultVersion, 1) {\ncase workflow.DefaultVersion:\n%s\ncase 1:\n"+act("Z")+"\n}"),
	wrap("gate with a flag", version+"\npatched := v != workflow.DefaultVersion\nif !patched {\n%s\n}"),
	{"gate with a helper", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "if patchedNN(ctx, \"change\") {\n"+act("Z")+"\n}\n"+list[i]),
			"func patchedNN(ctx workflow.Context, id string) bool {\nreturn workflow.GetVersion(ctx, id, workflow.DefaultVersion, 1) > workflow.DefaultVersion\n}\n"
	}},
	{"gate with a field", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "changes := newChangesNN(getterNN{}, ctx, \"change\")\nif changes.on() {\n"+act("Z")+"\n}\n"+list[i]), fieldNN
	}},
	{"gate with a field, the wrong way", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "changes := newChangesNN(getterNN{}, ctx, \"change\")\nif !changes.on() {\n"+act("Z")+"\n}\n"+list[i]), fieldNN
	}},
	{"gate with a flag in a literal", func(list []string, i int) ([]string, string) {
		return replaced(list, i, "if flags := newFlagsNN(ctx); flags.on() {\n"+act("Z")+"\n}\n"+list[i]),
			"type flagsNN struct{ patched bool }\n\nfunc newFlagsNN(ctx workflow.Context) flagsNN {\n" + version + "\npatched := v != workflow.DefaultVersion\nreturn flagsNN{patched: patched}\n}\n\nfunc (f flagsNN) on() bool { return f.patched }\n"
	}},
	wrap("gate with a version and more", version+"\nif v >= 1 && n > 0 {\n"+act("Z")+"\n}\n%s"),
	wrap("gate with a version or more", version+"\nif v >= 1 || n > 0 {\n"+act("Z")+"\n}\n%s"),
	wrap("gate wrongly", version+"\nif v == workflow.DefaultVersion {\n"+act("Z")+"\n}\n%s"),
	wrap("gate with a minimum", "_ = workflow.GetVersion(ctx, \"change\", 1, 1)\n%s"),
	before("log", `workflow.GetLogger(ctx).Info("x")`),
	before("query", `_ = workflow.SetQueryHandler(ctx, "q", func() (int, error) { return n, nil })`),
	before("read a signal", `workflow.GetSignalChannel(ctx, "s").ReceiveAsync(nil)`),
	wrap("arguments", "%s\n_ = n"),
	before("other options", "ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour})"),
	before("return early where nothing happens", "if n > 100 {\nreturn nil\n}"),
	wrap("turn a condition round", strings.NewReplacer("n > 0", "!(n <= 0)").Replace("%s")),
}

func pairs() []pair {
	var all []pair
	for _, base := range bases {
		for i := range base {
			for _, e := range edits {
				changed, decls := e.do(base, i)
				if changed != nil {
					all = append(all, pair{e.what, strings.Join(base, "\n"), strings.Join(changed, "\n"), decls})
				}
			}
		}
	}
	// Changes of what has a version already.
	gated := version + "\nif v == workflow.DefaultVersion {\n" + act("A") + "\n} else {\n" + act("B") + "\n}\n" + act("C")
	for what, text := range map[string]string{
		"raise the minimum":  "_ = workflow.GetVersion(ctx, \"change\", 1, 1)\n" + act("B") + "\n" + act("C"),
		"drop the old":       act("B") + "\n" + act("C"),
		"drop the new":       act("A") + "\n" + act("C"),
		"keep both":          strings.ReplaceAll(gated, "v == workflow.DefaultVersion", "v < 1"),
		"a second change":    gated + "\nif workflow.GetVersion(ctx, \"second\", workflow.DefaultVersion, 1) == 1 {\n" + act("Z") + "\n}",
		"a third version":    strings.Replace(strings.Replace(gated, "DefaultVersion, 1)", "DefaultVersion, 2)", 1), "} else {", "} else if v == 1 {", 1),
		"turn it round":      version + "\nif v != workflow.DefaultVersion {\n" + act("B") + "\n} else {\n" + act("A") + "\n}\n" + act("C"),
		"the other way":      version + "\nif v != workflow.DefaultVersion {\n" + act("A") + "\n} else {\n" + act("B") + "\n}\n" + act("C"),
		"lose the condition": version + "\n_ = v\n" + act("B") + "\n" + act("C"),
	} {
		all = append(all, pair{what, gated, text, ""})
	}
	// A loop that is written otherwise, and errors.
	all = append(all,
		pair{"a counted loop", loops, "for i := 0; i < 3; i++ {\n" + act("L") + "\n}", ""},
		pair{"check an error", act("A") + "\n" + act("B"), "if err := workflow.ExecuteActivity(ctx, \"A\").Get(ctx, nil); err != nil {\nreturn err\n}\n" + act("B"), ""},
		pair{"turn an error round", "if err := workflow.ExecuteActivity(ctx, \"A\").Get(ctx, nil); err != nil {\nreturn err\n}\n" + act("B"),
			"err := workflow.ExecuteActivity(ctx, \"A\").Get(ctx, nil)\nif err == nil {\n" + act("B") + "\n} else {\nreturn err\n}", ""},
		pair{"turn an error round in a loop", "for range 3 {\nif err := workflow.ExecuteActivity(ctx, \"A\").Get(ctx, nil); err != nil {\nreturn err\n}\n}\n" + act("B"),
			"for range 3 {\nerr := workflow.ExecuteActivity(ctx, \"A\").Get(ctx, nil)\nif err == nil {\ncontinue\n}\nreturn err\n}\n" + act("B"), ""},
		pair{"go on instead of a branch", "for i := range 3 {\nif i > n {\n" + act("A") + "\n}\n}\n" + act("B"), "for i := range 3 {\nif i <= n {\ncontinue\n}\n" + act("A") + "\n}\n" + act("B"), ""},
		pair{"go on too early", "for i := range 3 {\nif i > n {\n" + act("A") + "\n}\n" + act("C") + "\n}\n" + act("B"), "for i := range 3 {\nif i <= n {\ncontinue\n}\n" + act("A") + "\n" + act("C") + "\n}\n" + act("B"), ""},
		pair{"a guard at the end", act("A") + "\nif n > 0 {\n" + act("B") + "\n}", act("A") + "\nif n <= 0 {\nreturn nil\n}\n" + act("B"), ""},
		pair{"a guard at the end, the wrong way", act("A") + "\nif n > 0 {\n" + act("B") + "\n}", act("A") + "\nif n > 0 {\nreturn nil\n}\n" + act("B"), ""},
		pair{"cases in another order", "switch n {\ncase 0:\n" + act("A") + "\ncase 1:\n" + act("B") + "\n}\n" + act("C"), "switch n {\ncase 1:\n" + act("B") + "\ncase 0:\n" + act("A") + "\n}\n" + act("C"), ""},
		pair{"cases that change places", "switch n {\ncase 0:\n" + act("A") + "\ncase 1:\n" + act("B") + "\n}\n" + act("C"), "switch n {\ncase 0:\n" + act("B") + "\ncase 1:\n" + act("A") + "\n}\n" + act("C"), ""},
		pair{"a handler of a new update", act("A") + "\n" + act("B"), "_ = workflow.SetUpdateHandler(ctx, \"u\", func(ctx workflow.Context) error {\n" + act("Z") + "\nreturn nil\n})\n" + act("A") + "\n" + act("B"), ""},
		pair{"a new mutable side effect", act("A") + "\n" + act("B"), act("A") + "\n" + mutable + "\n" + act("B"), ""},
		pair{"a mutable side effect that goes", act("A") + "\n" + mutable + "\n" + act("B"), act("A") + "\n" + act("B"), ""},
		pair{"a coroutine that only waits", act("A") + "\n" + act("B"), "paused := false\nworkflow.Go(ctx, func(ctx workflow.Context) {\nch := workflow.GetSignalChannel(ctx, \"pause\")\nfor ch.Receive(ctx, &paused) {\n}\n})\n" + act("A") + "\n" + act("B"), ""},
		pair{"ifs as a switch", "if n > 0 {\n" + act("A") + "\n} else if n == 0 {\n" + act("B") + "\n}\n" + act("C"), "switch {\ncase n > 0:\n" + act("A") + "\ncase n != 0:\ndefault:\n" + act("B") + "\n}\n" + act("C"), ""},
		pair{"a negation in other words", "if n >= 0 && n > 0 {\n" + act("A") + "\n} else {\n" + act("B") + "\n}", "if n < 0 || n <= 0 {\n" + act("B") + "\n} else {\n" + act("A") + "\n}", ""},
		pair{"a conjunction for its negation", "if n >= 0 && n > 0 {\n" + act("A") + "\n} else {\n" + act("B") + "\n}", "if n < 0 || n <= 0 {\n" + act("A") + "\n} else {\n" + act("B") + "\n}", ""},
		pair{"a closure that is told what to run", act("A") + "\n" + act("B"), "run := func(activity any) { _ = workflow.ExecuteActivity(ctx, activity).Get(ctx, nil) }\nrun(\"A\")\nrun(\"B\")", ""},
		pair{"a closure that is told something else", act("A") + "\n" + act("B"), "run := func(activity any) { _ = workflow.ExecuteActivity(ctx, activity).Get(ctx, nil) }\nrun(\"A\")\nrun(\"Z\")", ""},
		pair{"end early", act("A") + "\n" + act("B"), act("A") + "\nif n > 0 {\nreturn nil\n}\n" + act("B"), ""},
		pair{"wait later", act("A") + "\n" + act("B"), "f := workflow.ExecuteActivity(ctx, \"A\")\n" + act("B") + "\n_ = f.Get(ctx, nil)", ""},
	)
	return all
}

// source is a workflow of one revision.
func (p pair) source(name, body, decls string) string {
	text := "package main\n\nimport (\n\"time\"\n\n\"go.temporal.io/sdk/workflow\"\n)\n\nvar _ = time.Second\n\n" + decls +
		"func init() { workflows[\"" + name + "\"] = " + name + "Workflow }\n\nfunc " + name + "Workflow(ctx workflow.Context, n int) error {\n_ = n\nctx = workflow.WithActivityOptions(ctx, options)\n" + body + "\nreturn nil\n}\n"
	return strings.ReplaceAll(text, "NN", name[1:])
}

// The program at both revisions, and the command's report, held to the replayer.
func TestCompat(t *testing.T) {
	needServer(t, "compatproof")
	all := pairs()
	root := t.TempDir()
	old, next := filepath.Join(root, "old"), filepath.Join(root, "new")
	for _, dir := range []string{old, next} {
		writeFrame(t, dir)
	}
	for i, p := range all {
		name := fmt.Sprintf("w%03d", i)
		for dir, text := range map[string]string{old: p.source(name, p.old, ""), next: p.source(name, p.new, p.decls)} {
			writeSource(t, filepath.Join(dir, "program", name+".go"), text)
		}
	}
	linter := filepath.Join(root, "mcwflint")
	output(t, "../..", nil, "go", "build", "-o", linter, "./cmd/mcwflint")
	reported := make(map[string]string)
	for _, line := range strings.Split(compatOutput(t, linter, filepath.Join(next, "program"), filepath.Join(old, "program")), "\n") {
		if m := regexp.MustCompile(`workflow (w\d+)Workflow\b`).FindStringSubmatch(line); m != nil {
			reported[m[1]] = line
		}
	}

	binaries := make(map[string]string)
	for name, dir := range map[string]string{"old": old, "new": next} {
		binaries[name] = filepath.Join(root, name+"-program")
		output(t, filepath.Join(dir, "program"), nil, "go", "build", "-o", binaries[name], ".")
	}
	histories := t.TempDir()
	for name, err := range failures(t, binaries["old"], "run", histories, 0) {
		t.Fatalf("%s did not run: %s", name, err)
	}
	failed := failures(t, binaries["new"], "points", histories, 1)
	wrong := 0
	for i, p := range all {
		name := fmt.Sprintf("w%03d", i)
		if (reported[name] != "") == (failed[name] != "") {
			continue
		}
		if compatExceptions[p.what] != "" {
			continue
		}
		wrong++
		t.Errorf("%s: reported: %q; replay: %q\n--- old\n%s\n--- new\n%s", p.what, reported[name], failed[name], p.old, p.new)
	}
	t.Logf("%d pairs, %d reported, %d fail, %d wrong", len(all), len(reported), len(failed), wrong)
}

// compatExceptions are changes about which the command and the replayer differ, and why.
var compatExceptions = map[string]string{
	"add a wait":                         "this one ends at once",
	"return early where nothing happens": "conditions are not evaluated",
	"into a coroutine":                   "nothing compares what follows the last command: it holds where the statement is the last one",
	"drop the old":                       "all histories here have the new version; others may have the old one",
	"lose the condition":                 "as above",
	"raise the minimum":                  "as above",
}
