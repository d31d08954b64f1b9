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
	for _, file := range []string{"go.mod", "go.sum", "program/main.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, filepath.Base(file)), text)
	}
	for _, v := range all {
		source, err := format.Source([]byte(v.source()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, v.source())
		}
		write(t, filepath.Join(dir, v.name()+".go"), source)
	}

	reported := lint(t, dir)
	counters := lint(t, dir, "-rawinsert.counters")
	var runs map[string]run
	if err := json.Unmarshal(output(t, dir, "go", "run", "."), &runs); err != nil {
		t.Fatal(err)
	}
	if len(runs) != len(all) {
		t.Fatalf("%d activities ran of %d", len(runs), len(all))
	}

	used := make(map[exception]bool)
	clean := 0
	for _, v := range all {
		r := runs[v.name()]
		if r.First != "" || r.Rows == 0 && !v.shape.temp {
			t.Errorf("%s adds nothing the first time: %s\n%s", v.name(), r.First, v.source())
			continue
		}
		again := r.Second != "" || r.More > 0 // it must be reported
		if !reported[v.name()] {
			clean++
		}
		if e, ok := excepted(v, reported[v.name()]); ok && reported[v.name()] != again {
			used[e] = true
		} else if reported[v.name()] != again {
			t.Errorf("%s: reported %t, but the second attempt added %d rows and said %q\n%s", v.name(), reported[v.name()], r.More, r.Second, v.source())
		}
		if changes := again || r.Other; counters[v.name()] != reported[v.name()] && !changes || r.Other && !again && !counters[v.name()] {
			t.Errorf("%s: with -rawinsert.counters reported %t, but the second attempt changed rows: %t\n%s", v.name(), counters[v.name()], r.Other, v.source())
		}
	}
	for _, e := range exceptions {
		if !used[e] {
			t.Errorf("nothing needs the exception %+v", e)
		}
	}
	t.Logf("%d activities, %d reported, %d accepted", len(all), len(reported), clean)
}

// lint returns the activities in whose files rawinsert reports something.
func lint(t *testing.T, dir string, flags ...string) map[string]bool {
	t.Helper()
	linter := filepath.Join(dir, "mcwflint.exe")
	output(t, "../..", "go", "build", "-o", linter, "./cmd/mcwflint")
	cmd := exec.Command(linter, append(flags, "-format=json", "-enable=rawinsert", ".")...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("mcwflint: %v\n%s%s", err, out, &stderr)
	}
	var findings map[string]map[string][]struct{ Posn string }
	if err := json.Unmarshal(out, &findings); err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, rules := range findings {
		for _, f := range rules["rawinsert"] {
			name, _, _ := strings.Cut(filepath.Base(f.Posn), ".go:")
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
