package load

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"
)

// Have: reading imports finds what the go command's listing finds: users of the SDK, what they
// use, directives, tests; and no file or folder that a build leaves out.
func TestScan(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("../../testdata/src", name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			data = append(data, "\nrequire example.com/corpus/local v0.0.0\nreplace example.com/corpus/local => ./elsewhere\n"...)
		}
		data = regexp.MustCompile(`(?m)^.*mediacloud/mcwflint/runtime.*\n`).ReplaceAll(data, nil)
		put(t, dir, name, string(data))
	}
	const sdk = "import _ \"go.temporal.io/sdk/workflow\"\n"
	for name, text := range map[string]string{
		"workflows/w.go":          "package workflows\n" + sdk + "import _ \"example.com/corpus/store\"\nimport _ \"example.com/corpus/testdata/used\"\n",
		"vialocal/v.go":           "package vialocal\nimport _ \"example.com/corpus/local/steps\"\n",
		"elsewhere/go.mod":        "module example.com/corpus/local\n\ngo 1.26\n",
		"elsewhere/steps/s.go":    "package steps\n" + sdk + "import _ \"example.com/corpus/local/names\"\n",
		"elsewhere/names/n.go":    "package names\n",
		"elsewhere/unused/u.go":   "package unused\n" + sdk,
		"testdata/used/u.go":      "package used\n",
		"store/store.go":          "package store\nimport _ \"github.com/google/uuid\"\n",
		"main.go":                 "package main\nimport _ \"example.com/corpus/workflows\"\nfunc main() {}\n",
		"alone/alone.go":          "package alone\nimport _ \"fmt\"\n",
		"directive/d.go":          "package directive\n//mcwflint:ignore rawinsert -- no\nvar x int\n",
		"tested/t.go":             "package tested\n",
		"tested/t_test.go":        "package tested\n" + sdk,
		"onlytests/o_test.go":     "package onlytests\n" + sdk,
		"plaintests/p.go":         "package plaintests\n",
		"plaintests/p_test.go":    "package plaintests\n",
		"tagged/t.go":             "package tagged\n",
		"tagged/never.go":         "//go:build never\n\npackage tagged\n" + sdk,
		"never/never.go":          "//go:build never\n\npackage never\n" + sdk,
		"other/other_plan9.go":    "package other\n" + sdk,
		"testdata/t/t.go":         "package t\n" + sdk,
		"_hidden/h.go":            "package hidden\n" + sdk,
		"nested/go.mod":           "module example.com/nested\n",
		"nested/nested.go":        "package nested\n" + sdk,
		"internal/deep/deep.go":   "package deep\nimport _ \"example.com/corpus/workflows\"\n",
		"internal/deep/README.md": "not Go",
	} {
		put(t, dir, name, text)
	}
	for _, tests := range []bool{true, false} {
		s, ok := scanModule(Options{Dir: dir, Patterns: []string{"./..."}, Tests: tests})
		if !ok {
			t.Fatal("the module is not scanned")
		}
		roots, err := packages.Load(&packages.Config{Dir: dir, Mode: listMode}, "./...")
		if err != nil {
			t.Fatal(err)
		}
		l := listed(roots)
		want, got := l.related(tests), s.related(tests)
		if !slices.Equal(got, want) {
			t.Errorf("tests=%v: scanned %q, listed %q", tests, got, want)
		}
		if !slices.Equal(s.own, l.own) || len(s.own) == 0 {
			t.Errorf("local modules: scanned %q, listed %q", s.own, l.own)
		}
		for path, related := range map[string]bool{"store": true, "alone": false, "vialocal": true, "local/steps": true, "local/names": true, "testdata/used": true, "local/unused": false} {
			if slices.Contains(got, "example.com/corpus/"+path) != related {
				t.Errorf("tests=%v: %s is related: %t; %q", tests, path, !related, got)
			}
		}
		if s.initial["example.com/corpus/local/steps"] || s.initial["example.com/corpus/testdata/used"] {
			t.Error("./... matches another module, or testdata")
		}
	}
	for name, text := range map[string]string{
		"ignore": "ignore ./p\n",
		"old":    "",
	} {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		if name == "old" {
			data = regexp.MustCompile(`(?m)^go .*$`).ReplaceAll(data, []byte("go 1.16"))
		}
		other := t.TempDir()
		put(t, other, "go.mod", string(data)+text)
		put(t, other, "p/p.go", "package p\n"+sdk)
		if _, ok := scanModule(Options{Dir: other, Patterns: []string{"./..."}}); ok {
			t.Errorf("%s: the module is scanned, although others may use the SDK", name)
		}
	}
	env := filepath.Join(t.TempDir(), "env")
	t.Setenv("GOENV", env)
	for text, scanned := range map[string]bool{"GOFLAGS=-buildvcs=false\n": true, "GOFLAGS=-buildvcs=false -tags=x\n": false, "GOPROXY=direct\nGOOS=plan9\n": false} {
		put(t, filepath.Dir(env), "env", text)
		if _, ok := scanModule(Options{Dir: dir, Patterns: []string{"./..."}}); ok != scanned {
			t.Errorf("with go env -w %q the module is scanned: %t", text, ok)
		}
	}
	if _, ok := scanModule(Options{Dir: dir, Patterns: []string{"./workflows"}}); ok {
		t.Error("a pattern for one package is scanned")
	}
}

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
