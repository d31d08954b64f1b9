package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// put writes a file of a test's module.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// expect runs the command line and checks its status and parts of what it prints.
func expect(t *testing.T, status int, inStdout, inStderr string, args ...string) (stdout string) {
	t.Helper()
	out, errs, got := runCLI(t, args...)
	if got != status || !strings.Contains(out, inStdout) || !strings.Contains(errs, inStderr) || inStdout == "" && status == clean && out != "" {
		t.Fatalf("mcwflint %s: status %d, stdout %q, stderr %q; want %d, %q, %q", strings.Join(args, " "), got, out, errs, status, inStdout, inStderr)
	}
	return out
}

func TestConfigFile(t *testing.T) {
	dir := module(t, map[string]string{"people/people.go": activity, "legacy/people.go": strings.Replace(activity, "package people", "package legacy", 1)})
	expect(t, findings, "legacy", "2 findings", "-C", dir, "./...")
	put(t, dir, ".mcwflint.yml", "exclude: [legacy/...]\n")
	expect(t, findings, "people.go:13", "1 finding in", "-C", dir, "./...")
	// From a folder of the module, too.
	expect(t, clean, "", "no findings", "-C", filepath.Join(dir, "legacy"), ".")
	put(t, dir, ".mcwflint.yml", "disable: [rawinsert]\n")
	expect(t, clean, "", "no findings", "-C", dir, "./...")
	expect(t, findings, "INSERT", "2 findings", "-C", dir, "-disable=dbconnect", "./...")
	expect(t, findings, "INSERT into people", "", "-enable=rawinsert", "-C", dir, "./...")
	put(t, dir, ".mcwflint.yml", "disable: [rawinsert]\n\nlimits: 3\n")
	expect(t, failed, "", `.mcwflint.yml:3: unknown key "limits"`, "-C", dir, "./...")
	put(t, dir, "other.yml", "enable: [nonsense]\n")
	expect(t, failed, "", `other.yml:1: enable: unknown rule "nonsense"`, "-C", dir, "-config=other.yml", "./...")
	expect(t, failed, "", "missing.yml", "-C", dir, "-config=missing.yml", "./...")
	expect(t, failed, "", "does not stay below", "-C", dir, "-exclude=../x", "./...")
}

// Have: a run under the default preset says which findings are conventions.
func TestConventions(t *testing.T) {
	dir := module(t, map[string]string{"people/people.go": activity})
	expect(t, findings, "Activities is registered and has no interface", "2 findings in 1 package\nmcwflint: 1 convention of the guide, not defects; -preset=recommended prints the rest", "-preset=tips", "-C", dir, "./...")
	_, stderr, _ := runCLI(t, "-preset=recommended", "-C", dir, "./...")
	if strings.Contains(stderr, "convention") {
		t.Errorf("stderr %q", stderr)
	}
	if out := goVet(t, dir, "-preset=recommended", "./people"); strings.Contains(out, "interface") || !strings.Contains(out, "INSERT") {
		t.Errorf("go vet -preset=recommended: %s", out)
	}
}

// Under the preset of a run, conventions do not hide defects, and do not count as such.
func TestFold(t *testing.T) {
	var b strings.Builder
	b.WriteString("package flows\n\nimport (\n\t\"go.temporal.io/sdk/worker\"\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nfunc Register(w worker.Worker) {\n")
	for i := range 5 {
		fmt.Fprintf(&b, "\tw.RegisterWorkflow(F%d)\n", i)
	}
	b.WriteString("}\n")
	for i := range 5 {
		fmt.Fprintf(&b, "\nfunc F%d(ctx workflow.Context) error { return nil }\n", i)
	}
	dir := module(t, map[string]string{"flows/flows.go": b.String()})
	out := expect(t, clean, "implnaming: 2 more, -preset=tips lists them\n", "5 conventions of the guide", "-preset=standard", "-C", dir, "./...")
	if n := strings.Count(out, "\n"); n != 4 {
		t.Errorf("%d lines: %s", n, out)
	}
	if out := expect(t, findings, "F4", "", "-preset=tips", "-C", dir, "./..."); strings.Count(out, "\n") != 5 {
		t.Errorf("tips: %s", out)
	}
	if out := expect(t, clean, "F4", "", "-preset=standard", "-json", "-C", dir, "./..."); strings.Count(out, "implnaming.md") != 5 {
		t.Errorf("json: %s", out)
	}
	put(t, dir, "people/people.go", activity)
	expect(t, findings, "INSERT into people", "", "-preset=standard", "-C", dir, "./...")
	expect(t, clean, "INSERT into people", "", "-preset=standard", "-warn=rawinsert,retrypolicy", "-fail-on=error", "-C", dir, "./...")
	expect(t, failed, "", `unknown severity "high"`, "-fail-on=high", "-C", dir, "./...")
	expect(t, findings, "::warning file=", "", "-warn=rawinsert", "-format=github", "-C", dir, "./...")
	expect(t, findings, `"check_name": "rawinsert"`, "", "-format=gitlab", "-C", dir, "./...")
	expect(t, findings, `<testsuite name="mcwflint.rawinsert" tests="1" failures="1"`, "", "-format=junit", "-C", dir, "./...")
}

func TestInit(t *testing.T) {
	dir := module(t, map[string]string{"people/people.go": activity})
	expect(t, clean, ".mcwflint.yml.\n\n# .custom-gcl.yml", "", "-C", filepath.Join(dir, "people"), "init")
	before := get(t, dir, ".mcwflint.yml")
	expect(t, findings, "INSERT", "1 finding", "-C", dir, "./...")
	expect(t, failed, "", "is there already", "-C", dir, "init")
	if get(t, dir, ".mcwflint.yml") != before {
		t.Error("init has changed a file that was there")
	}
	expect(t, failed, "", "no go.mod", "-C", t.TempDir(), "init")
	expect(t, failed, "", "init takes no arguments", "-C", dir, "init", "x")
}

// pgActivity has an INSERT that can be fixed: its driver is PostgreSQL's by type.
var pgActivity = strings.NewReplacer(`"database/sql"

`, `"github.com/jackc/pgx/v5/pgxpool"
`, "*sql.DB", "*pgxpool.Pool", "ExecContext", "Exec").Replace(activity)

func TestFix(t *testing.T) {
	long := strings.Replace(pgActivity, `	_, err := a.db`, "\tx  :=   1 // not gofmt-ed\n\t_ = x\n\t_, err := a.db", 1)
	files := map[string]string{
		"people/people.go": pgActivity,
		"long/long.go":     strings.Replace(long, "package people", "package long", 1),
		// No fix: a clause may follow in the text that is not known.
		"nofix/nofix.go": strings.ReplaceAll(strings.Replace(pgActivity, "package people", "package nofix", 1), "VALUES ($1)", "VALUES ($1) RETURNING id"),
	}
	dir := module(t, files)
	if err := os.Chmod(filepath.Join(dir, "people/people.go"), 0o600); err != nil {
		t.Fatal(err)
	}
	diff := expect(t, findings, "+\t_, err := a.db.Exec(ctx, \"INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING\", name)", "3 findings in 3 packages, 2 with a fix", "-C", dir, "-diff", "./...")
	for name, text := range files {
		if get(t, dir, name) != text {
			t.Errorf("-diff has changed %s", name)
		}
	}
	if !strings.HasPrefix(diff, "--- a/long/long.go\n+++ b/long/long.go\n@@") || strings.Contains(diff, "+\tx :=") {
		t.Errorf("diff %s", diff)
	}
	expect(t, findings, "nofix.go", "fixed 2", "-C", dir, "-fix", "./...")
	for _, name := range []string{"people/people.go", "long/long.go"} {
		if got, want := get(t, dir, name), strings.Replace(files[name], "VALUES ($1)", "VALUES ($1) ON CONFLICT DO NOTHING", 1); got != want {
			t.Errorf("%s is %s", name, got)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "people/people.go")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	// The second time there is nothing to do.
	expect(t, findings, "nofix.go", "fixed 0", "-C", dir, "-fix", "./...")
	expect(t, clean, "", "1 finding in 3 packages, 0 with a fix", "-C", dir, "-diff", "./...")
	expect(t, clean, "", "no findings", "-C", dir, "-fix", "./people")
	left, err := filepath.Glob(filepath.Join(dir, "*", ".mcwflint-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files left: %v, %v", left, err)
	}
	expect(t, failed, "", "-diff and -fix do not go together", "-fix", "-diff")
}

// Have: the fixes of the whole corpus leave Go that compiles and nothing that a fix
// could still mend, and the second time they change nothing.
func TestFixCorpus(t *testing.T) {
	files := make(map[string]string)
	for _, pattern := range []string{"*/fix/*.go", "dbconnect/postgres/*.go", "dbconnect/legacydb/*.go"} {
		names, err := filepath.Glob(filepath.Join(corpus, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			rel, err := filepath.Rel(corpus, name)
			if err != nil {
				t.Fatal(err)
			}
			files[rel] = get(t, corpus, rel)
		}
	}
	dir := module(t, files)
	fix := func() string {
		_, stderr, status := runCLI(t, "-preset=tips", "-C", dir, "-fix", "./...")
		if status == failed {
			t.Fatal(stderr)
		}
		return stderr
	}
	if said := fix(); !strings.Contains(said, "mcwflint: fixed 1") { // more than ten
		t.Errorf("the first run says %s", said)
	}
	goCommand(t, dir, "vet", "./...")
	fixed := make(map[string]string)
	for name := range files {
		fixed[name] = get(t, dir, name)
	}
	if said := fix(); !strings.Contains(said, "mcwflint: fixed 0") {
		t.Errorf("the second run says %s", said)
	}
	for name, text := range fixed {
		if get(t, dir, name) != text {
			t.Errorf("the second run has changed %s", name)
		}
	}
}

func gitCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func TestNewFrom(t *testing.T) {
	dir := module(t, map[string]string{"people/people.go": activity})
	expect(t, failed, "", "git rev-parse: fatal: not a git repository", "-C", dir, "-new-from=HEAD", "./...")
	gitCommand(t, dir, "init", "-q", "-b", "main")
	gitCommand(t, dir, "add", ".")
	gitCommand(t, dir, "commit", "-qm", "one")
	expect(t, failed, "", `git knows no revision "nonsense" here`, "-C", dir, "-new-from=nonsense", "./...")
	expect(t, failed, "", `"--output=x" is no revision`, "-C", dir, "-new-from=--output=x", "./...")
	expect(t, clean, "", "no findings", "-C", dir, "-new-from=HEAD", "./...")

	// A new file that git does not know, with an odd name; seen from a folder below.
	cars := strings.NewReplacer("Activities", "Cars", "func Register(", "func RegisterCars(", "INTO people", "INTO cars").Replace(activity)
	put(t, dir, "people/ä \"b.go", cars)
	out := expect(t, findings, "INSERT into cars", "1 finding in", "-C", filepath.Join(dir, "people"), "-new-from=HEAD", ".")
	if strings.Contains(out, "INTO people") {
		t.Errorf("old finding in %s", out)
	}
	gitCommand(t, dir, "add", ".")
	expect(t, findings, "INSERT into cars", "1 finding in", "-C", dir, "-new-from=HEAD", "./...")
	gitCommand(t, dir, "commit", "-qm", "two")
	expect(t, findings, "INSERT into cars", "1 finding in", "-C", dir, "-new-from=HEAD~1", "./...")

	// A line elsewhere in the file moves the finding, and does not make it new.
	put(t, dir, "people/people.go", strings.Replace(activity, "type Activities", "// Activities has activities.\ntype Activities", 1))
	expect(t, clean, "", "no findings", "-C", dir, "-new-from=HEAD", "./...")
	put(t, dir, "people/people.go", strings.Replace(activity, "people (name)", "people (surname)", 1))
	expect(t, findings, "INSERT into people", "1 finding in", "-C", dir, "-new-from=HEAD", "./...")
	gitCommand(t, dir, "checkout", "-q", "--", ".")
	gitCommand(t, dir, "mv", "people/people.go", "people/renamed.go")
	expect(t, clean, "", "no findings", "-C", dir, "-new-from=HEAD", "./...")
	gitCommand(t, dir, "reset", "-q", "--hard")

	// A clause that is gone makes the statement around it new, however git is configured.
	upsert := strings.Replace(activity, `"INSERT INTO people (name) VALUES ($1)"`, "`\n\t\tINSERT INTO people (name) VALUES ($1)\n\t\tON CONFLICT DO NOTHING\n\t`", 1)
	put(t, dir, "people/people.go", upsert)
	put(t, dir, ".gitattributes", "*.go -diff\n")
	gitCommand(t, dir, "config", "diff.interHunkContext", "5")
	gitCommand(t, dir, "commit", "-qam", "upsert")
	put(t, dir, "people/people.go", strings.Replace(upsert, "\t\tON CONFLICT DO NOTHING\n", "", 1))
	put(t, dir, "people/zoo.go", "package people\n")
	expect(t, findings, "INSERT into people", "1 finding in", "-C", dir, "-new-from=HEAD", "./...")
	gitCommand(t, dir, "reset", "-q", "--hard", "HEAD~1")

	// What others do on main in the meantime is not new here.
	gitCommand(t, dir, "checkout", "-q", "-b", "topic", "HEAD~1")
	gitCommand(t, dir, "checkout", "-q", "main")
	put(t, dir, "people/people.go", strings.Replace(activity, "people (name)", "people (surname)", 1))
	gitCommand(t, dir, "commit", "-qam", "three")
	gitCommand(t, dir, "checkout", "-q", "topic")
	expect(t, clean, "", "no findings", "-C", dir, "-new-from=main", "./...")
	gitCommand(t, dir, "checkout", "-q", "--orphan", "alone")
	gitCommand(t, dir, "commit", "-qm", "alone")
	expect(t, failed, "", "have no commit in common", "-C", dir, "-new-from=main", "./...")
}

// The INSERT is in another package's function, where it is reported; the activity does not
// change.
func TestNewFromEffect(t *testing.T) {
	dir := module(t, map[string]string{
		"people/people.go": strings.Replace(userText, "example.com/store", "example.com/corpus/store", 1),
		"store/store.go":   strings.Replace(storeText, "VALUES ($1)", "VALUES ($1) ON CONFLICT DO NOTHING", 1),
	})
	gitCommand(t, dir, "init", "-q")
	gitCommand(t, dir, "add", ".")
	gitCommand(t, dir, "commit", "-qm", "one")
	expect(t, clean, "", "no findings", "-C", dir, "-new-from=HEAD", "./...")
	put(t, dir, "store/store.go", storeText)
	expect(t, findings, "store.go:11", "1 finding", "-C", dir, "-new-from=HEAD", "./...")
}

func TestBaseline(t *testing.T) {
	people := strings.Replace(userText, "example.com/store", "example.com/corpus/store", 1)
	dir := module(t, map[string]string{"people/people.go": people, "store/store.go": storeText})
	expect(t, clean, "", "1 finding in 2 packages written to known.txt", "-C", dir, "-write-baseline=known.txt", "./...")
	if text := get(t, dir, "known.txt"); !strings.Contains(text, "rawinsert store/store.go: INSERT into people without ON CONFLICT") {
		t.Errorf("baseline %s", text)
	}
	expect(t, clean, "", "no findings", "-C", dir, "-baseline=known.txt", "./...")
	again := func() { t.Helper(); expect(t, clean, "", "no findings", "-C", dir, "-baseline=known.txt", "./...") }

	// Lines move, above the activity and above the INSERT.
	put(t, dir, "people/people.go", strings.Replace(people, "type Activities", "\n\n// Activities has activities.\ntype Activities", 1))
	put(t, dir, "store/store.go", strings.Replace(storeText, "type Store", "\n\ntype Store", 1))
	again()
	// The chain is longer, and is reported elsewhere.
	put(t, dir, "people/people.go", strings.Replace(people, "return a.Store.Add(ctx, name) }", "return a.add(ctx, name) }\n\nfunc (a *Activities) add(ctx context.Context, name string) error {\n\treturn a.Store.Add(ctx, name)\n}", 1))
	again()
	// The second in the same function is not known.
	put(t, dir, "store/store.go", strings.Replace(storeText, "return err", "s.DB.ExecContext(ctx, \"INSERT INTO people (surname) VALUES ($1)\", name)\n\treturn err", 1))
	expect(t, findings, "INSERT into people", "1 finding", "-C", dir, "-baseline=known.txt", "./...")
	// Mended: the baseline is too large.
	put(t, dir, "store/store.go", strings.Replace(storeText, "VALUES ($1)", "VALUES ($1) ON CONFLICT DO NOTHING", 1))
	expect(t, clean, "", "1 of known.txt are no longer found: write it anew", "-C", dir, "-baseline=known.txt", "./...")

	put(t, dir, "bad.txt", "x\n")
	expect(t, failed, "", "bad.txt is not a baseline of this version", "-C", dir, "-baseline=bad.txt", "./...")
	put(t, dir, "bad.txt", get(t, dir, "known.txt")+"xyz rawinsert\n")
	expect(t, failed, "", `bad.txt:3: "xyz" is no fingerprint`, "-C", dir, "-baseline=bad.txt", "./...")
	expect(t, failed, "", "missing.txt", "-C", dir, "-baseline=missing.txt", "./...")
	expect(t, failed, "", "no such file", "-C", dir, "-write-baseline=missing/known.txt", "./...")
	expect(t, failed, "", "do not go together", "-C", dir, "-baseline=known.txt", "-write-baseline=known.txt", "./...")
	put(t, dir, "broken/broken.go", "package broken\n\nimport _ \"go.temporal.io/sdk/worker\"\n\nvar x int = \"\"\n")
	before := get(t, dir, "known.txt")
	expect(t, failed, "", "no baseline written", "-C", dir, "-write-baseline=known.txt", "./...")
	if get(t, dir, "known.txt") != before {
		t.Error("a baseline without all findings was written")
	}
}

func TestFormats(t *testing.T) {
	dir := module(t, map[string]string{"people/people.go": strings.Replace(pgActivity, `"INSERT INTO people`, `/* 𝄞é */ "INSERT INTO people`, 1)})
	gitCommand(t, dir, "init", "-q")
	expect(t, findings, "::error file=people/people.go,line=12,col=40,endColumn=79,title=mcwflint rawinsert::INSERT into people without ON CONFLICT", "1 finding", "-C", filepath.Join(dir, "people"), "-format=github", ".")
	out := expect(t, findings, `"version": "2.1.0"`, "1 finding", "-C", filepath.Join(dir, "people"), "-format=sarif", ".")
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
					}
				}
				Fixes []struct {
					ArtifactChanges []struct {
						Replacements []struct {
							DeletedRegion   struct{ StartColumn, EndColumn int }
							InsertedContent struct{ Text string }
						}
					}
				}
				PartialFingerprints map[string]string
			}
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	result := log.Runs[0].Results[0]
	place := result.Locations[0].PhysicalLocation
	// 𝄞 is four bytes and two code units, é two bytes and one.
	if place.ArtifactLocation.URI != "people/people.go" || place.Region.StartLine != 12 || place.Region.StartColumn != 37 || place.Region.EndColumn != 76 {
		t.Errorf("place %+v", place)
	}
	edit := result.Fixes[0].ArtifactChanges[0].Replacements[0]
	if edit.DeletedRegion.StartColumn != 75 || edit.DeletedRegion.EndColumn != 75 || edit.InsertedContent.Text != " ON CONFLICT DO NOTHING" {
		t.Errorf("edit %+v", edit)
	}
	if rule := log.Runs[0].Tool.Driver.Rules[result.RuleIndex].ID; rule != "rawinsert" || result.RuleID != rule {
		t.Errorf("rule %s, %s", rule, result.RuleID)
	}
	expect(t, clean, "", "1 finding", "-C", dir, "-write-baseline=known.txt", "./...")
	for version, print := range result.PartialFingerprints {
		if version != "mcwflint/v1" || !strings.Contains(get(t, dir, "known.txt"), "\n"+print+" rawinsert") {
			t.Errorf("fingerprint %s %s is not the baseline's", version, print)
		}
	}
	expect(t, failed, "", `unknown -format "xml": want text, json, sarif, github`, "-format=xml")
	// Findings or not, the output is a whole log.
	expect(t, clean, `"results": []`, "no findings", "-C", dir, "-disable=rawinsert", "-format=sarif", "./...")
	expect(t, clean, "{}\n", "no findings", "-C", dir, "-disable=rawinsert", "-format=json", "./...")
}

func goVet(t *testing.T, dir string, args ...string) string {
	t.Helper()
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", append([]string{"vet", "-vettool=" + tool}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "MCWFLINT_TEST_TOOL=1")
	out, _ := cmd.CombinedOutput()
	return string(out)
}

// Have: go vet takes the flags that select rules.
func TestVetFlags(t *testing.T) {
	dir := module(t, map[string]string{"people/people.go": activity + "\n//mcwflint:ignore nonsense -- test\n"})
	const insert, unknown = "INSERT into people", "unknown rule: nonsense"
	for _, test := range []struct {
		args            []string
		insert, unknown bool
	}{
		{nil, true, true},
		{[]string{"-preset=recommended"}, true, true},
		{[]string{"-disable=rawinsert"}, false, true},
		{[]string{"-disable=rawinsert", "-enable=rawinsert"}, false, true}, // as on the command line
		{[]string{"-directive=false"}, true, false},
		{[]string{"-rawinsert"}, true, false},
	} {
		out := goVet(t, dir, append(test.args, "./people")...)
		if strings.Contains(out, insert) != test.insert || strings.Contains(out, unknown) != test.unknown {
			t.Errorf("%v: %s", test.args, out)
		}
	}
	for flag, want := range map[string]string{
		"-preset=nonsense": `unknown preset "nonsense"`,
		"-enable=nonsense": `unknown rule "nonsense"`,
		"-nonsense":        "nonsense",
	} {
		if out := goVet(t, dir, flag, "./people"); !strings.Contains(out, want) {
			t.Errorf("%s: %s", flag, out)
		}
	}
}

// Have: the problem matcher in docs/editors.md reads every finding.
func TestProblemMatcher(t *testing.T) {
	doc, err := os.ReadFile("../../docs/editors.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(doc), "```json\n")
	text, _, _ := strings.Cut(rest, "```")
	var tasks struct {
		Tasks []struct {
			ProblemMatcher struct {
				Pattern struct {
					Regexp                            string
					File, Line, Column, Message, Code int
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &tasks); err != nil || len(tasks.Tasks) != 1 {
		t.Fatal(err, text)
	}
	p := tasks.Tasks[0].ProblemMatcher.Pattern
	matcher := regexp.MustCompile(p.Regexp)
	dir := module(t, map[string]string{"orders/main.go": around})
	lines := strings.Split(strings.TrimSpace(expect(t, findings, "", "", "-C", dir, "-preset=tips", "./...")), "\n")
	if len(lines) < 3 {
		t.Fatalf("%q", lines)
	}
	for _, line := range lines {
		m := matcher.FindStringSubmatch(line)
		if m == nil || m[p.File] != filepath.Join(dir, "orders/main.go") && !strings.HasSuffix(m[p.File], "orders/main.go") || m[p.Line] == "" || !strings.Contains(line, m[p.Message]+" ("+m[p.Code]+")") {
			t.Errorf("the matcher reads %q of %q", m, line)
		}
	}
}
