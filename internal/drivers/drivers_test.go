// Package drivers holds the drivers to one corpus: the want comments of
// testdata/src are what the command line, go vet, golangci-lint and nogo report.
package drivers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mediacloud/mcwflint/analyzers"
)

const root = "../.."

// corpus is the corpus's folder, as an absolute path without links.
var corpus = func() string {
	dir, err := filepath.Abs(filepath.Join(root, "testdata/src"))
	if err != nil {
		panic(err)
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return dir
}()

// corpusSettings are what the rules' own tests set, by rule and flag.
var corpusSettings = map[string]map[string]any{
	"rawinsert":     {"counters": true},
	"continueasnew": {"drain": true},
	"determinism": {
		"deny":  []string{"example.com/corpus/determinism/settings/external.Denied"},
		"allow": []string{"example.com/corpus/determinism/settings.Allowed"},
	},
	"dbconnect": {"funcs": []string{
		"example.com/corpus/dbconnect/postgres.ConnectToDB",
		"example.com/corpus/dbconnect/legacydb.ConnectToDB",
	}},
}

// settingText is a setting as a flag's text.
func settingText(v any) string {
	if list, ok := v.([]string); ok {
		return strings.Join(list, ",")
	}
	return fmt.Sprint(v)
}

// A finding is what a driver reports.
type finding struct {
	file    string // below the corpus
	line    int
	rule    string
	message string
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)", f.file, f.line, f.message, f.rule)
}

// ruleOf is the rule that a folder of the corpus is about.
func ruleOf(file string) string {
	folder, _, _ := strings.Cut(file, "/")
	if folder == "counters" {
		return "rawinsert"
	}
	if analyzers.Lookup(folder) == nil {
		return ""
	}
	return folder
}

// A want is one expectation of a want comment, as analysistest reads it.
type want struct {
	file string
	line int
	re   *regexp.Regexp
}

func (w want) String() string { return fmt.Sprintf("%s:%d: want %s", w.file, w.line, w.re) }

// wants has what the files of a folder expect that are about a rule.
func wants(t *testing.T, dir string, ruleOf func(file string) string) []want {
	t.Helper()
	var all []want
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if ruleOf(rel) == "" {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				all = append(all, wantsOf(t, fset, rel, c)...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var quoted = regexp.MustCompile("^(?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)")

func wantsOf(t *testing.T, fset *token.FileSet, file string, c *ast.Comment) []want {
	text := c.Text
	if i := strings.Index(text, "// want"); i > 0 {
		text = text[i:]
	}
	rest, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "//"), "/*")), "want")
	if !ok {
		return nil
	}
	line := fset.Position(c.Pos()).Line
	if offset := regexp.MustCompile(`^[+-]\d+`).FindString(rest); offset != "" {
		n, err := strconv.Atoi(offset)
		if err != nil {
			t.Fatal(err)
		}
		line += n
		rest = rest[len(offset):]
	}
	var all []want
	for {
		rest = strings.TrimSpace(rest)
		literal := quoted.FindString(rest)
		if literal == "" {
			return all
		}
		rest = rest[len(literal):]
		pattern, err := strconv.Unquote(literal)
		if err != nil {
			t.Fatalf("%s:%d: %v", file, line, err)
		}
		all = append(all, want{file, line, regexp.MustCompile(pattern)})
	}
}

// hold compares what a driver reports with the corpus. listed, which may be nil,
// says whether an expectation is one that docs/drivers.md lists as not met by the
// driver.
func hold(t *testing.T, got []finding, listed func(want) bool) {
	t.Helper()
	used := make([]bool, len(got))
	missing, matched := 0, 0
	all := wants(t, corpus, ruleOf)
	if len(all) < 100 {
		t.Fatalf("only %d expectations in the corpus", len(all))
	}
	for _, w := range all {
		found := false
		for i, f := range got {
			if f.file == w.file && f.line == w.line && f.rule == ruleOf(w.file) && w.re.MatchString(f.message) {
				used[i], found = true, true
			}
		}
		switch {
		case found:
			matched++
		case listed != nil && listed(w):
			missing++
		default:
			t.Errorf("not reported: %s", w)
		}
	}
	for i, f := range got {
		// The setting counters is for the folder counters alone.
		counter := strings.Contains(f.message, "adds to the row") && !strings.HasPrefix(f.file, "counters/")
		if !used[i] && f.rule == ruleOf(f.file) && !counter {
			t.Errorf("not wanted: %s", f)
		}
	}
	t.Logf("%d expectations met, %d listed as not met", matched, missing)
}

// tools has the binaries under test.
var tools struct{ mcwflint, golangci string }

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "drivers")
	if err != nil {
		panic(err)
	}
	tools.mcwflint, tools.golangci = filepath.Join(dir, "mcwflint"), filepath.Join(dir, "golangci-lint")
	// Each in its own module: what it is built with is what users get.
	for _, args := range [][]string{
		{"build", "-C", root, "-o", tools.mcwflint, "./cmd/mcwflint"},
		{"build", "-o", tools.golangci, "./golangci"},
	} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go %s: %v\n%s", strings.Join(args, " "), err, out)
			os.Exit(1)
		}
	}
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// run runs a command in a folder, and returns what it prints. Statuses are not
// looked at: every driver has others for findings.
func run(t *testing.T, dir string, env []string, name string, args ...string) (stdout, stderr []byte) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if _, ok := err.(*exec.ExitError); !ok {
			t.Fatal(err)
		}
	}
	return out.Bytes(), errs.Bytes()
}

// place splits "file:line:col" and makes the file relative to a folder.
func place(t *testing.T, dir, posn string) (string, int) {
	t.Helper()
	parts := strings.Split(posn, ":")
	if len(parts) < 2 {
		t.Fatalf("position %q", posn)
	}
	line, err := strconv.Atoi(parts[1])
	if err != nil {
		t.Fatalf("position %q", posn)
	}
	return relative(t, dir, parts[0]), line
}

func relative(t *testing.T, dir, file string) string {
	t.Helper()
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// readJSON reads the form of go vet -json: one object or several.
func readJSON(t *testing.T, out []byte) []finding {
	t.Helper()
	var all []finding
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var unit map[string]map[string][]struct {
			Posn, Message string
			Related       []struct{ Posn, Message string }
		}
		if err := decoder.Decode(&unit); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		for _, rules := range unit {
			for rule, ds := range rules {
				for _, d := range ds {
					// The command line reports at the effect; the corpus expects a finding where
					// the chain to it closes, as the other drivers report it.
					if len(d.Related) > 0 && strings.HasPrefix(d.Related[0].Message, "reached from here") {
						d.Message = elsewhere(t, d.Message, d.Posn)
						d.Posn = d.Related[0].Posn
					}
					file, line := place(t, corpus, d.Posn)
					all = append(all, finding{file, line, rule, d.Message})
				}
			}
		}
	}
	return all
}

// chain matches the end of a message that has one.
var chain = regexp.MustCompile(`\(([^()]*?)((?:; [^()]*)?)\)$`)

// elsewhere is a message as it reads where the effect is elsewhere.
func elsewhere(t *testing.T, message, effect string) string {
	file, line := place(t, corpus, effect)
	at := fmt.Sprintf("at %s:%d", filepath.Base(file), line)
	if chain.MatchString(message) {
		return chain.ReplaceAllString(message, "($1 "+at+"$2)")
	}
	return message + " (" + at + ")"
}

func settingFlags() []string {
	flags := []string{"-preset=all"}
	for rule, settings := range corpusSettings {
		for name, v := range settings {
			flags = append(flags, "-"+rule+"."+name+"="+settingText(v))
		}
	}
	return flags
}

func TestVet(t *testing.T) {
	args := append([]string{"vet", "-vettool=" + tools.mcwflint, "-json"}, settingFlags()...)
	out, stderr := run(t, corpus, nil, "go", append(args, "./...")...)
	if len(out) == 0 {
		t.Fatalf("go vet: %s", stderr)
	}
	hold(t, readJSON(t, out), nil)
}

func TestCommandLine(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config.yml")
	settings := map[string]any{"preset": "all"}
	for rule, s := range corpusSettings {
		settings[rule] = s
	}
	data, err := yaml.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, data, 0o644); err != nil {
		t.Fatal(err)
	}
	out, stderr := run(t, corpus, nil, tools.mcwflint, "-json", "-config="+config, "./...")
	if len(out) == 0 {
		t.Fatalf("mcwflint: %s", stderr)
	}
	hold(t, readJSON(t, out), nil)
}

// golangci runs golangci-lint with the plugin, and what else is enabled.
func golangci(t *testing.T, dir, cache string, settings map[string]any, linters ...string) (out, stderr []byte) {
	t.Helper()
	return runPlugin(t, tools.golangci, "mcwflint", dir, cache, settings, linters...)
}

// runPlugin runs a golangci-lint with a plugin of this name.
func runPlugin(t *testing.T, binary, plugin, dir, cache string, settings map[string]any, linters ...string) (out, stderr []byte) {
	t.Helper()
	config := map[string]any{
		"version": "2",
		"linters": map[string]any{
			"default": "none",
			"enable":  append([]string{plugin}, linters...),
			"settings": map[string]any{"custom": map[string]any{plugin: map[string]any{
				"type":     "module",
				"settings": settings,
			}}},
		},
		"issues": map[string]any{"max-same-issues": 0, "max-issues-per-linter": 0, "uniq-by-line": false},
		"output": map[string]any{"formats": map[string]any{"json": map[string]any{"path": "stdout"}}},
	}
	data, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "golangci.yml")
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return run(t, dir, []string{"GOLANGCI_LINT_CACHE=" + cache}, binary, "run", "--config="+name, "--path-mode=abs", "./...")
}

func readGolangci(t *testing.T, plugin, dir string, out, stderr []byte) []finding {
	t.Helper()
	var log struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename string
				Line     int
			}
		}
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&log); err != nil {
		t.Fatalf("%v in %s\n%s", err, out, stderr)
	}
	var all []finding
	for _, issue := range log.Issues {
		if issue.FromLinter != plugin {
			continue
		}
		rule, message, _ := strings.Cut(issue.Text, ": ")
		all = append(all, finding{relative(t, dir, issue.Pos.Filename), issue.Pos.Line, rule, message})
	}
	return all
}

func sorted(findings []finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.String())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Cold, warm, after one package has changed, and after another linter is enabled,
// golangci-lint prints the same.
func TestGolangci(t *testing.T) {
	settings := map[string]any{"preset": "all"}
	for rule, s := range corpusSettings {
		settings[rule] = s
	}
	cache := t.TempDir()
	cold := readGolangciRun(t, cache, settings)
	hold(t, cold, nil)
	for _, f := range cold {
		if analyzers.Lookup(f.rule) == nil {
			t.Errorf("an issue that is no finding: %s", f)
		}
	}
	if warm := readGolangciRun(t, cache, settings); !slices.Equal(sorted(cold), sorted(warm)) {
		t.Errorf("warm run: %d findings, cold %d", len(warm), len(cold))
	}
	if more := readGolangciRun(t, cache, settings, "govet"); !slices.Equal(sorted(cold), sorted(more)) {
		t.Errorf("with govet: %d findings, without %d", len(more), len(cold))
	}
	// One rule fewer: the issues are cached for another list of analyzers, the facts
	// for other settings.
	settings["disable"] = []string{"dbconnect"}
	fewer := readGolangciRun(t, cache, settings)
	without := slices.DeleteFunc(slices.Clone(cold), func(f finding) bool { return f.rule == "dbconnect" })
	if !slices.Equal(sorted(without), sorted(fewer)) {
		t.Errorf("without dbconnect: %d findings, want %d", len(fewer), len(without))
	}
}

func readGolangciRun(t *testing.T, cache string, settings map[string]any, linters ...string) []finding {
	t.Helper()
	out, stderr := golangci(t, corpus, cache, settings, linters...)
	return readGolangci(t, "mcwflint", corpus, out, stderr)
}

// One package has changed, and the facts of another come from the cache.
func TestGolangciFacts(t *testing.T) {
	dir, cache := t.TempDir(), t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name), string(data))
	}
	put(t, filepath.Join(dir, "store/store.go"), `package store

import (
	"context"
	"database/sql"
)

type Store struct{ DB *sql.DB }

func (s *Store) Add(ctx context.Context, name string) error {
	_, err := s.DB.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}
`)
	const people = `package people

import (
	"context"

	"example.com/corpus/store"
	"go.temporal.io/sdk/worker"
)

type Activities struct{ Store *store.Store }

func (a *Activities) Add(ctx context.Context, name string) error { return a.Store.Add(ctx, name) }

func Register(w worker.Worker) { w.RegisterActivity(&Activities{}) }
`
	for i, suffix := range []string{"", "", "\n// changed\n", "\nvar changed int\n"} {
		put(t, filepath.Join(dir, "people/people.go"), people+suffix)
		out, stderr := golangci(t, dir, cache, nil)
		if n := strings.Count(string(out), "(Activities.Add -\\u003e store.Store.Add at store.go:11)"); n != 1 {
			t.Errorf("run %d: %d findings in %s\n%s", i+1, n, out, stderr)
		}
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The example works as printed.
func TestGolangciExample(t *testing.T) {
	config, err := filepath.Abs(filepath.Join(root, ".golangci.example.yml"))
	if err != nil {
		t.Fatal(err)
	}
	env := []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}
	bad := filepath.Join(root, "examples/kardashians/bad")
	if out, stderr := run(t, bad, env, tools.golangci, "config", "verify", "--config="+config); len(stderr) > 0 {
		t.Errorf("golangci-lint config verify: %s%s", out, stderr)
	}
	out, stderr := run(t, bad, env, tools.golangci, "run", "--config="+config, "./...")
	if !strings.Contains(string(out), "rawinsert: INSERT into kardashians without ON CONFLICT") || strings.Contains(string(stderr), "rror") {
		t.Errorf("%s\n%s", out, stderr)
	}
}

func TestGolangciBadSettings(t *testing.T) {
	for _, test := range []struct {
		settings map[string]any
		want     string
	}{
		{map[string]any{"presets": "all"}, `unknown key "presets"`},
		{map[string]any{"preset": "strict"}, `preset: unknown preset "strict"`},
		{map[string]any{"enable": []string{"nonsense"}}, `enable: unknown rule "nonsense"`},
		{map[string]any{"rawinsert": map[string]any{"counters": "x"}}, "rawinsert.counters: want true or false"},
		{map[string]any{"exclude": []string{"x"}}, "use golangci-lint's linters.exclusions.paths"},
	} {
		_, stderr := golangci(t, filepath.Join(corpus, "directive"), t.TempDir(), test.settings)
		if !strings.Contains(string(stderr), test.want) {
			t.Errorf("%v: %s", test.settings, stderr)
		}
	}
}

// A rule is a package with a variable Analyzer, of the name of the package; its
// settings are flags; only one analyzer has facts, and every rule requires it or
// has none.
func TestNogoContract(t *testing.T) {
	withFacts := make(map[string]bool)
	for _, rule := range analyzers.Suite {
		a := rule.Analyzer
		if a.ResultType == nil || len(a.FactTypes) > 0 {
			t.Errorf("%s: result type %v, %d fact types", a.Name, a.ResultType, len(a.FactTypes))
		}
		for _, required := range a.Requires {
			if len(required.FactTypes) > 0 {
				withFacts[required.Name] = true
			}
		}
		fset := token.NewFileSet()
		pkgs, err := parser.ParseDir(fset, filepath.Join(root, "analyzers", a.Name), nil, parser.SkipObjectResolution)
		if err != nil || pkgs[a.Name] == nil {
			t.Errorf("no package analyzers/%s: %v", a.Name, err)
			continue
		}
		found := false
		for _, file := range pkgs[a.Name].Files {
			for _, d := range file.Decls {
				if gen, ok := d.(*ast.GenDecl); ok && gen.Tok == token.VAR {
					for _, spec := range gen.Specs {
						for _, name := range spec.(*ast.ValueSpec).Names {
							found = found || name.Name == "Analyzer"
						}
					}
				}
			}
		}
		if !found {
			t.Errorf("package %s has no variable Analyzer", a.Name)
		}
	}
	if got := slices.Sorted(maps.Keys(withFacts)); !slices.Equal(got, []string{analyzers.Program.Name}) {
		t.Errorf("analyzers with facts: %v", got)
	}
}
