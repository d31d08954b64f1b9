// Package proof holds rawinsert to what happens: what it reports duplicates rows or
// fails when it runs again on a real PostgreSQL, what it accepts does neither.
package proof

import (
	"bytes"
	"encoding/json"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A run is what two attempts at one activity did; see the program.
type run struct {
	First  string
	Rows   int
	Second string
	More   int
	Other  bool
}

func Test(t *testing.T) {
	if os.Getenv("DATABASE_URL") == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no DATABASE_URL")
		}
		t.Skip("SKIPPED: no DATABASE_URL; make proof starts a PostgreSQL")
	}
	all := variants()
	dir := t.TempDir()
	program := filepath.Join(dir, "program")
	if err := os.CopyFS(program, os.DirFS("program")); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, file), text)
	}
	sources := make(map[string]string)
	for _, v := range all {
		for file, text := range v.sources() {
			formatted, err := format.Source([]byte(text))
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			write(t, filepath.Join(program, file), formatted)
			sources[v.name()] += string(formatted)
		}
	}

	linter := filepath.Join(t.TempDir(), "mcwflint")
	output(t, "../..", "go", "build", "-o", linter, "./cmd/mcwflint")
	reported := lint(t, linter, program)
	counters := lint(t, linter, program, "-rawinsert.counters")
	var runs map[string]run
	if err := json.Unmarshal(output(t, program, "go", "run", "."), &runs); err != nil {
		t.Fatal(err)
	}
	if len(runs) != len(all) {
		t.Fatalf("%d activities ran of %d", len(runs), len(all))
	}

	used := make(map[*exception]bool)
	for _, v := range all {
		name := v.name()
		r, says := runs[name], reported[name]
		if r.First != "" || r.Rows == 0 && !v.shape.temp {
			t.Errorf("%s adds nothing the first time: %s\n%s", name, r.First, sources[name])
			continue
		}
		again := r.Second != "" || r.More > 0
		want, e := again, except(v)
		if e != nil {
			used[e] = true
			if want = e.reported; again == want {
				t.Errorf("%s needs no exception: %s\n%s", name, e.reason, sources[name])
			}
		}
		if says != want {
			t.Errorf("%s: reported: %t; the second attempt added %d rows; its error: %s\n%s", name, says, r.More, r.Second, sources[name])
		}
		// What changes a row a second time is reported only on demand.
		if counters[name] != (says || r.Other && !again) {
			t.Errorf("%s: reported with -rawinsert.counters: %t; the second attempt changed rows: %t\n%s", name, counters[name], r.Other, sources[name])
		}
	}
	for i, e := range exceptions {
		if !used[&exceptions[i]] {
			t.Errorf("the exception for %s is never used", e.shape)
		}
	}
	t.Logf("%d activities, %d reported", len(all), len(reported))
}

// lint returns the activities in whose files rawinsert reports something.
func lint(t *testing.T, linter, dir string, flags ...string) map[string]bool {
	t.Helper()
	cmd := exec.Command(linter, append(flags, "-format=json", "-enable=rawinsert", "./...")...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("mcwflint: %v\n%s%s", err, out, &stderr)
	}
	var findings map[string]map[string][]struct {
		Posn    string
		Related []struct{ Posn, Message string }
	}
	if err := json.Unmarshal(out, &findings); err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, rules := range findings {
		for _, f := range rules["rawinsert"] {
			// An INSERT in another package is reported there, with where its chain closes.
			posn := f.Posn
			if len(f.Related) > 0 && strings.HasPrefix(f.Related[0].Message, "reached from here") {
				posn = f.Related[0].Posn
			}
			name, _, _ := strings.Cut(filepath.Base(posn), ".go:")
			names[name] = true
		}
	}
	return names
}

func output(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
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
