package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The test binary is the tool when go vet calls it.
func TestMain(m *testing.M) {
	if os.Getenv("MCWFLINT_TEST_TOOL") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const corpus = "../../testdata/src"

// runCLI runs the command line and returns its output and status. It leaves
// conventions out, unless the arguments name a preset.
func runCLI(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	defer os.Chdir(wd) // -C changes it
	status = run(context.Background(), append([]string{"-preset=recommended"}, args...), &out, &errs)
	return out.String(), errs.String(), status
}

// module writes files into a module with the corpus's dependencies.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			t.Fatal(err)
		}
		runtime, err := filepath.Abs("../../runtime")
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.ReplaceAll(data, []byte("=> ../../runtime"), []byte("=> "+runtime))
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

type diagnostic struct {
	Posn, Message string
	Related       []struct{ Posn, Message string }
}

// closing is where the chain of a finding closes: the command line reports at the effect, and
// go vet there.
func (d diagnostic) closing() string {
	if len(d.Related) > 0 && strings.HasPrefix(d.Related[0].Message, "reached from here") {
		return d.Related[0].Posn
	}
	return d.Posn
}

// stands matches what a message says of where the effect is, if it is elsewhere.
var stands = regexp.MustCompile(` \(at [^\s;()]+\.go:\d+\)$| at [^\s;()]+\.go:\d+([;)])`)

type tree map[string]map[string][]diagnostic

// set lists what is in a tree, without the packages: a package and its test
// variant report the same.
func (t tree) set() []string {
	var all []string
	for _, rules := range t {
		for rule, ds := range rules {
			for _, d := range ds {
				all = append(all, rule+" "+d.closing()+" "+stands.ReplaceAllString(d.Message, "$1"))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func lintJSON(t *testing.T, dir string) tree {
	t.Helper()
	stdout, stderr, status := runCLI(t, "-json", "-C", dir, "./...")
	if status == failed {
		t.Fatalf("status %d: %s", status, stderr)
	}
	var result tree
	if err := json.Unmarshal([]byte(stdout), &result); err != nil {
		t.Fatal(err)
	}
	return result
}

func vetJSON(t *testing.T, dir string) tree {
	t.Helper()
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "vet", "-vettool="+tool, "-preset=recommended", "-json", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "MCWFLINT_TEST_TOOL=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go vet: %v\n%s", err, err.(*exec.ExitError).Stderr)
	}
	result := make(tree)
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var unit tree
		if err := decoder.Decode(&unit); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		for pkg, rules := range unit {
			result[pkg] = rules
		}
	}
	return result
}

// effectOf is what two reports of one effect share: all but the chain's start and
// the number of activities.
var effectOf = regexp.MustCompile(`^(\S+) .*? (\S+ (?:into|makes|ends|retries).*?)(?: \(.*?( at [^;)]*).*| \(.*)?$`)

// registered matches what is reported of a workflow where it is registered, which two commands
// may do.
var registered = regexp.MustCompile(`^(activityoptions) \S+ ((?:local )?activity .* (?:has no options|is executed on a context that).*)$`)

// Have: the command line and go vet report the same. Siblings may close the same
// chain in go vet, where nothing sees both.
func TestSameAsVet(t *testing.T) {
	if testing.Short() {
		t.Skip("runs go vet on the corpus")
	}
	ours, vets := lintJSON(t, corpus).set(), vetJSON(t, corpus).set()
	if len(ours) < 50 {
		t.Errorf("only %d findings in the corpus", len(ours))
	}
	effects := make(map[string]bool)
	for _, f := range ours {
		effects[effectOf.ReplaceAllString(f, "$1 $2$3")] = true
		effects[registered.ReplaceAllString(f, "$1 $2")] = true
		// The types that go vet reads tell the imports of an import only where its API
		// mentions them: it does not see that the program uses runtime/mcerror.
		if !slices.Contains(vets, f) && !strings.Contains(f, "McPermanentError") {
			t.Errorf("go vet does not report %s", f)
		}
	}
	siblings := 0
	for _, f := range vets {
		if slices.Contains(ours, f) {
			continue
		}
		// What one command executes another may register: only the command line sees both.
		if effects[effectOf.ReplaceAllString(f, "$1 $2$3")] || registered.MatchString(f) && effects[registered.ReplaceAllString(f, "$1 $2")] || strings.Contains(f, "nothing in this program registers") {
			siblings++
			continue
		}
		t.Errorf("only go vet reports %s", f)
	}
	t.Logf("%d findings; %d more siblings in go vet", len(ours), siblings)
}

const activity = `package people

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

type Activities struct{ db *sql.DB }

func (a *Activities) Add(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}

func Register(w worker.Worker, db *sql.DB) { w.RegisterActivity(&Activities{db}) }
`

func TestExitStatus(t *testing.T) {
	dir := module(t, map[string]string{
		"people/people.go": activity,
		"clean/clean.go":   "package clean\n",
		"broken/broken.go": "package broken\n\nimport _ \"go.temporal.io/sdk/worker\"\n\nvar x int = \"no\"\nvar y int = \"no\"\n",
		"above/above.go":   strings.Replace(activity, "package people\n\nimport (", "package above\n\nimport (\n\t_ \"example.com/corpus/broken\"", 1),
		"syntax/syntax.go": "package syntax\n\nimport _ \"go.temporal.io/sdk/worker\"\n\nfunc {\n",
		"tagged/tagged.go": "//go:build special\n\n" + strings.Replace(activity, "package people", "package tagged", 1),
		"utf8/utf8.go":     "package utf8\n\nimport _ \"go.temporal.io/sdk/worker\"\n\nvar s = \"\xff\xfe\"\n",
	})
	empty := t.TempDir()
	for _, test := range []struct {
		name   string
		args   []string
		status int
		stdout string
		stderr string
	}{
		{"finding", []string{"-C", dir, "./people"}, findings, "people.go:13:34: INSERT into people without ON CONFLICT", "1 finding in 1 package"},
		{"clean", []string{"-C", dir, "./clean"}, clean, "", "no findings: no package of 1 uses Temporal"},
		{"several", []string{"-C", dir, "./people", "./clean"}, findings, "INSERT into people", "1 finding in 1 package; 1 without Temporal"},
		{"disabled", []string{"-C", dir, "-disable=rawinsert", "./people"}, clean, "", "no findings in 1 package"},
		{"tag", []string{"-C", dir, "-tags=special", "./tagged"}, findings, "INSERT into people", "1 finding"},
		{"broken", []string{"-C", dir, "./people", "./broken"}, failed, "INSERT into people", "corpus/broken does not compile and was skipped"},
		{"broken counts", []string{"-C", dir, "./people", "./broken"}, failed, "", "1 finding in 1 package; 1 package not analysed"},
		{"more errors", []string{"-C", dir, "./broken"}, failed, "", "(and 1 more error)"},
		{"importer of broken", []string{"-C", dir, "./above", "./broken"}, failed, "above.go:14:34: INSERT into people", "broken does not compile"},
		{"importer alone", []string{"-C", dir, "./above"}, failed, "INSERT into people", "broken does not compile"},
		{"syntax error", []string{"-C", dir, "./syntax", "./people"}, failed, "INSERT into people", "syntax does not compile"},
		{"no folder", []string{"-C", dir, "./people", "./nope"}, failed, "INSERT into people", "./nope was skipped: stat"},
		{"flag behind", []string{"-C", dir, "./people", "-fix"}, failed, "", "-fix stands behind the packages: flags come first"},
		{"invalid UTF-8", []string{"-C", dir, "./utf8"}, failed, "", "UTF-8 encoding"},
		{"no match", []string{"-C", dir, "./nothing/..."}, failed, "", "pattern ./nothing/..."},
		{"no directory", []string{"-C", dir, "./nothing"}, failed, "", "nothing"},
		{"no module", []string{"-C", empty, "./..."}, failed, "", "does not contain main module"},
		{"no such dir", []string{"-C", filepath.Join(empty, "x"), "./..."}, failed, "", "no such file"},
		{"unknown rule", []string{"-enable=nonsense", "./..."}, failed, "", `unknown rule "nonsense"`},
		{"unknown preset", []string{"-preset=nonsense", "./..."}, failed, "", `unknown preset "nonsense"`},
		{"unknown flag", []string{"-nonsense"}, failed, "", "flag provided but not defined: -nonsense"},
		{"value of a flag", []string{"-tests=perhaps", "./..."}, failed, "", `invalid boolean value "perhaps" for -tests`},
		{"usage of a flag", []string{"-nonsense"}, failed, "", "\nRun 'mcwflint -h' for usage.\n"},
		{"usage of flags", []string{"-fix", "-diff"}, failed, "", "do not go together\nRun 'mcwflint -h' for usage.\n"},
		{"-h", []string{"-h"}, clean, "Exit status: 0 no findings", ""},
		{"--help", []string{"--help"}, clean, "mcwflint [flags] explain NAME [packages]", ""},
		{"-h of a command", []string{"explain", "-h"}, clean, "-baseline file", ""},
		{"unknown command", []string{"-C", dir, "expalin", "people.Activities.Add", "./people"}, failed, "", "mcwflint: \"expalin\" is neither a command (lint, compat, explain, graph, init, help) nor a package\nRun 'mcwflint -h' for usage.\n"},
		{"unknown command elsewhere", []string{"-C", empty, "chekc"}, failed, "", `"chekc" is neither a command`},
		{"package of one word", []string{"-C", dir, "errors"}, clean, "", "no package of 1 uses Temporal"},
		{"lint", []string{"-C", dir, "lint", "./people"}, findings, "INSERT into people", "1 finding in 1 package"},
		{"flag behind the command", []string{"lint", "-C", dir, "./clean"}, clean, "", "no package of 1 uses Temporal"},
		{"help", []string{"help"}, clean, "rawinsert", ""},
		{"help rule", []string{"help", "rawinsert"}, clean, "ON CONFLICT DO NOTHING", ""},
		{"help unknown", []string{"help", "nonsense"}, failed, "", "unknown rule"},
		{"version", []string{"-version"}, clean, "mcwflint", ""},
		{"explain", []string{"-C", dir, "-explain=people.Activities.Add", "./people"}, clean, "role: activity", ""},
		{"explain command", []string{"-C", dir, "explain", "people.Activities.Add", "./people"}, clean, "role: activity", ""},
		{"explain command unknown", []string{"-C", dir, "explain", "Nobody", "./people"}, failed, "", "nothing in these packages is called Nobody\n"},
		{"explain nothing", []string{"explain"}, failed, "", "explain wants a name"},
		{"explain twice", []string{"-explain=Add", "explain", "Add"}, failed, "", "explain and -explain do not go together"},
		{"explain and fix", []string{"-fix", "explain", "Add"}, failed, "", "-explain and -fix do not go together"},
		{"explain flag behind", []string{"-C", dir, "explain", "Add", "-fix"}, failed, "", "-fix stands behind the packages"},
		{"explain unknown", []string{"-C", dir, "-explain=Nobody", "./people"}, failed, "", "nothing in these packages is called Nobody"},
	} {
		t.Run(test.name, func(t *testing.T) {
			stdout, stderr, status := runCLI(t, test.args...)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			if !strings.Contains(stdout, test.stdout) || test.stdout == "" && stdout != "" && test.status != findings && !strings.Contains(test.name, "counts") {
				t.Errorf("stdout %q, want %q", stdout, test.stdout)
			}
			if !strings.Contains(stderr, test.stderr) {
				t.Errorf("stderr %q, want %q", stderr, test.stderr)
			}
		})
	}
}

// goCommand runs the go command in dir.
func goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// store is a module of its own that the activity's module uses.
const (
	storeMod  = "module example.com/store\n\ngo 1.26\n"
	storeText = `package store

import (
	"context"
	"database/sql"
)

type Store struct{ DB *sql.DB }

func (s *Store) Add(ctx context.Context, name string) error {
	_, err := s.DB.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}
`
	userText = `package people

import (
	"context"

	"example.com/store"
	"go.temporal.io/sdk/worker"
)

type Activities struct{ Store *store.Store }

func (a *Activities) Add(ctx context.Context, name string) error { return a.Store.Add(ctx, name) }

func Register(w worker.Worker) { w.RegisterActivity(&Activities{}) }
`
)

// Have: the program's other modules are read, however they are brought in, and the
// pattern need not match them.
func TestModules(t *testing.T) {
	const want = "INSERT into people without ON CONFLICT: a retried activity inserts the row again (Activities.Add -> store.Store.Add at store.go:11)"
	check := func(t *testing.T, args ...string) {
		t.Helper()
		stdout, stderr, status := runCLI(t, args...)
		if status != findings || !strings.Contains(stdout, want) || strings.Count(stdout, "\n") != 1 {
			t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
		}
	}
	t.Run("workspace", func(t *testing.T) {
		dir := module(t, map[string]string{"people/people.go": userText, "store/go.mod": storeMod, "store/store.go": storeText})
		goCommand(t, dir, "work", "init", ".", "./store")
		check(t, "-C", dir, "./people")
	})
	t.Run("local replace", func(t *testing.T) {
		dir := module(t, map[string]string{"people/people.go": userText, "store/go.mod": storeMod, "store/store.go": storeText})
		goCommand(t, dir, "mod", "edit", "-require=example.com/store@v1.2.3", "-replace=example.com/store=./store")
		check(t, "-C", dir, "./people")
	})
	t.Run("vendored", func(t *testing.T) {
		dir := module(t, map[string]string{"people/people.go": userText, "store/go.mod": storeMod, "store/store.go": storeText})
		goCommand(t, dir, "mod", "edit", "-require=example.com/store@v1.2.3", "-replace=example.com/store=./store")
		goCommand(t, dir, "mod", "vendor")
		check(t, "-C", dir, "-own=example.com/store", "./people")
	})
	t.Run("pattern below", func(t *testing.T) {
		dir := module(t, map[string]string{
			"people/people.go": strings.Replace(userText, "example.com/store", "example.com/corpus/store", 1),
			"store/store.go":   storeText,
		})
		check(t, "-C", dir, "./people")
	})
	t.Run("cgo", func(t *testing.T) {
		if _, err := exec.LookPath("gcc"); err != nil {
			t.Skip("no C compiler")
		}
		dir := module(t, map[string]string{
			"people/people.go": strings.Replace(userText, "example.com/store", "example.com/corpus/store", 1),
			"store/store.go":   storeText,
			"people/c.go":      "package people\n\n// static int one(void) { return 1; }\nimport \"C\"\n\nvar one = C.one()\n",
		})
		check(t, "-C", dir, "./people")
	})
	t.Run("another system", func(t *testing.T) {
		t.Setenv("GOOS", "windows")
		t.Setenv("CGO_ENABLED", "0")
		dir := module(t, map[string]string{
			"people/people_windows.go": strings.Replace(userText, "example.com/store", "example.com/corpus/store", 1),
			"store/store.go":           storeText,
		})
		if testing.Short() {
			t.Skip("compiles the standard library")
		}
		check(t, "-C", dir, "./people")
	})
}

// Have: odd code is skipped or read; it never stops the run, and it takes time in
// proportion to its length.
func TestOddCode(t *testing.T) {
	var chain, functions, appends strings.Builder
	chain.WriteString("package odd\n\nvar a, b string\n\nfunc concat(f func(string)) {\n\tf(a + \"INSERT INTO t (n) VALUES (1)\"")
	for range 10_000 {
		chain.WriteString(" +\n\t\tb")
	}
	chain.WriteString(")\n}\n")
	functions.WriteString("package odd\n\n")
	for i := range 50 {
		fmt.Fprintf(&functions, "func r%d(n int) { for range n { ", i)
		for k := range 50 {
			fmt.Fprintf(&functions, "r%d(n); ", k)
		}
		functions.WriteString("} }\n")
	}
	appends.WriteString("package odd\n\nfunc appends(f func(string)) {\n\tq := \"INSERT INTO t (n) VALUES (1)\"\n")
	for range 5_000 {
		appends.WriteString("\tq += a\n\tq = q + b\n")
	}
	appends.WriteString("\tf(q)\n}\n")
	doubling := "package odd\n\nfunc doubling(f func(string)) {\n\tx0 := \"INSERT INTO t (n) VALUES (1)\"\n"
	for i := range 60 {
		doubling += fmt.Sprintf("\tx%d := x%d + x%d\n", i+1, i, i)
	}
	doubling += "\tf(x60)\n}\n"
	var flow strings.Builder
	flow.WriteString("package odd\n\nimport \"go.temporal.io/sdk/workflow\"\n\nfunc Flow(ctx workflow.Context, n int) error {\n")
	flow.WriteString("\tx0, f0 := 1, func() { workflow.ExecuteActivity(ctx, Act) }\n")
	for i := range 60 {
		fmt.Fprintf(&flow, "\tx%[1]d := x%[2]d\n\tx%[1]d = x%[2]d + x%[2]d\n\tf%[1]d := func() { defer f%[2]d(); f%[2]d() }\n", i+1, i)
	}
	flow.WriteString("\tfor range x60 { f60() }\n")
	for range 3_000 {
		flow.WriteString("\tif n > 1 { return nil }\n\tfor i := 0; i < n && i < 10; i++ { }\n")
	}
	flow.WriteString(strings.Repeat("\tfor range 2 {\n", 200) + "\tn++\n" + strings.Repeat("\t}\n", 200) + "\treturn nil\n}\n")
	dir := module(t, map[string]string{
		"odd/flow.go":      flow.String(),
		"odd/chain.go":     chain.String(),
		"odd/functions.go": functions.String(),
		"odd/appends.go":   appends.String(),
		"odd/doubling.go":  doubling,
		"odd/big.go":       "package odd\n\nfunc big(f func(string)) {\n\tf(`INSERT INTO t (n) VALUES " + strings.Repeat("('x'), ", 150_000) + "('y')`)\n}\n",
		"odd/types.go": `package odd

type T struct{ next *T; f func(T) T }
type I interface{ M(I) I }
type G[A interface{ *B }, B any] struct{ g *G[A, B] }
type C[X interface{ Less(X) bool }] struct{ c []C[X] }
type L []L
type F func(F) F

func (t *T) M(i I) I { return i.M(t) }
func (c C[X]) Walk(x X) bool { for _, d := range c.c { d.Walk(x) }; return x.Less(x) }
func (f F) M(i I) I { return f(f) .M(i) }

var _, v = I(&T{}), I(F(nil))
var h func()
func init() { h = h2 }
func h2() { h() }
`,
		"odd/act.go": `package odd

import (
	"context"

	"go.temporal.io/sdk/worker"
)

func Act(ctx context.Context) error { concat(func(string) {}); appends(func(string) {}); big(func(string) {}); r0(1); doubling(func(string) {}); return nil }
func Register(w worker.Worker) { w.RegisterActivity(Act); w.RegisterActivity(nil); w.RegisterActivity(1); w.RegisterWorkflow(Flow) }
`,
	})
	stdout, stderr, status := runCLI(t, "-disable=activityoptions,futures", "-C", dir, "./odd")
	if status != findings || !strings.Contains(stdout, "big.go:4:4: INSERT into t") || !strings.Contains(stdout, "1073741824 activities") || strings.Count(stdout, "\n") != 2 {
		t.Errorf("status %d, stdout %q, stderr %q; want the statement of big.go and the workflow alone", status, stdout, stderr)
	}
}
