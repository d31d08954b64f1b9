// Package replay holds the rule determinism to what Temporal's replayer says: what the rule
// reports fails in some replay, what it accepts in none.
package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// replays is how often each history is replayed, each time in a process of its own.
const replays = 20

func Test(t *testing.T) {
	needServer(t, "replay")
	all := variants()
	program, sources := writeProgram(t, all)
	binary := filepath.Join(t.TempDir(), "program")
	output(t, program, nil, "go", "build", "-o", binary, ".")
	linter := filepath.Join(t.TempDir(), "mcwflint")
	output(t, "../..", nil, "go", "build", "-o", linter, "./cmd/mcwflint")
	reported := lint(t, linter, program)

	histories := t.TempDir()
	for name, err := range failures(t, binary, "run", histories, 0) {
		t.Errorf("%s did not run: %s\n%s", name, err, sources[name])
	}
	failed := make(map[string]string)
	for i := range replays {
		for name, err := range failures(t, binary, "replay", histories, i+1) {
			failed[name] = err
		}
	}

	used := make(map[string]bool)
	for _, v := range all {
		name := v.name()
		what := v.c.name + ", " + string(v.at)
		if reported[name] != v.c.report {
			t.Errorf("%s: reported: %t\n%s", what, reported[name], sources[name])
		}
		_, excepted := exceptions[v.c.name]
		switch fails := failed[name] != ""; {
		case excepted && fails != v.c.report:
			used[v.c.name] = true
		case fails != v.c.report:
			t.Errorf("%s: the rule reports it: %t; a replay fails: %q\n%s", what, v.c.report, failed[name], sources[name])
		}
	}
	for name, e := range exceptions {
		if !used[name] && !e.sometimes {
			t.Errorf("%s needs no exception: %s", name, e.reason)
		}
	}
	t.Logf("%d workflows, %d reported, %d failed in one of %d replays", len(all), len(reported), len(failed), replays)
}

// An exception is a construct about which rule and replays differ.
type exception struct {
	reason    string
	sometimes bool // they need not
}

var exceptions = map[string]exception{
	"sleep":      {"it holds the worker, but gives no command", false},
	"goroutines": {"the scheduler need not take another order in twenty runs", true},
	"wait group": {"as goroutines", true},
	"errgroup":   {"as goroutines", true},
	"address":    {"addresses in text are not followed", false},
}

// writeProgram writes the program with all workflows, and returns its folder and the sources
// by workflow.
func writeProgram(t *testing.T, all []variant) (dir string, sources map[string]string) {
	t.Helper()
	root := t.TempDir()
	dir = filepath.Join(root, "program")
	writeFrame(t, root)
	sources = make(map[string]string)
	for _, v := range all {
		for file, text := range v.sources() {
			sources[v.name()] += writeSource(t, filepath.Join(dir, file), text)
		}
	}
	return dir, sources
}

// writeFrame writes the program without workflows.
func writeFrame(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(dir, "program"), os.DirFS("program")); err != nil {
		t.Fatal(err)
	}
	writeModule(t, dir)
	write(t, filepath.Join(dir, "program", "options.go"), []byte(options))
}

// failures runs or replays all workflows in a process whose environment, folder, and file
// are its own.
func failures(t *testing.T, binary, mode, histories string, i int) map[string]string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "salt"), []byte(fmt.Sprint("salt", i)))
	var failed map[string]string
	env := []string{fmt.Sprintf("REPLAY_SALT=salt%d", i), fmt.Sprintf("GOMAXPROCS=%d", 1+i%4), fmt.Sprintf("REPLAY_ENTRIES=%d", i*i)}
	if err := json.Unmarshal(output(t, dir, env, binary, mode, histories), &failed); err != nil {
		t.Fatal(err)
	}
	return failed
}

// lint returns the workflows in whose files, here or in package helper, the rule reports
// something.
func lint(t *testing.T, linter, dir string) map[string]bool {
	t.Helper()
	names := make(map[string]bool)
	for name, rules := range reportedBy(t, linter, dir) {
		if rules["determinism"] != "" {
			names[name] = true
		}
	}
	return names
}

// needServer skips a test where there is no server, or fails it if there must be one.
func needServer(t *testing.T, target string) {
	t.Helper()
	if os.Getenv("TEMPORAL_ADDRESS") == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no TEMPORAL_ADDRESS")
		}
		t.Skipf("SKIPPED: no TEMPORAL_ADDRESS; make %s starts a server", target)
	}
}

// writeModule gives a folder the module of this one, so that programs below use the same SDK.
func writeModule(t *testing.T, dir string) {
	t.Helper()
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, file), text)
	}
}

// writeSource writes a file of Go code, and returns it formatted.
func writeSource(t *testing.T, file, text string) string {
	t.Helper()
	formatted, err := format.Source([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v in\n%s", filepath.Base(file), err, text)
	}
	write(t, file, formatted)
	return string(formatted)
}

func output(t *testing.T, dir string, env []string, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, &stderr)
	}
	return out
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// compatOutput is what the command compat prints in a folder, held against another.
func compatOutput(t *testing.T, linter, dir, from string) string {
	t.Helper()
	cmd := exec.Command(linter, "compat", "-from="+from, "./...")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("mcwflint compat: %v\n%s%s", err, out, &stderr)
	}
	return string(out)
}
