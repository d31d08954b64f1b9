package program

import (
	"bytes"
	"encoding/gob"
	"sort"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/clients"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/exits"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/history"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/inserts"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/options"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/workers"
	"github.com/mediacloud/mcwflint/analyzers/internal/flags"
)

func loadCorpus(t testing.TB) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: "../../../testdata/src"}, "./rawinsert/...", "./dbconnect/...", "./clientreuse/...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 || len(pkgs) < 50 {
		t.Fatalf("the corpus does not load: %d packages", len(pkgs))
	}
	return pkgs
}

// encode runs the analyzer and returns the bytes of each fact, by what it is about.
func encode(t testing.TB, pkgs []*packages.Package) map[string][]byte {
	t.Helper()
	// SanityCheck also encodes and decodes every fact on its way to an importer.
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]byte)
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		if act.Analyzer != Analyzer {
			continue
		}
		for _, f := range act.AllObjectFacts() {
			all[act.Package.ID+" "+f.Object.String()] = encoded(t, f.Fact)
		}
		for _, f := range act.AllPackageFacts() {
			all[act.Package.ID+" "+f.Package.Path()] = encoded(t, f.Fact)
		}
	}
	return all
}

func encoded(t testing.TB, fact analysis.Fact) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(fact); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// Have: the same input gives byte-identical facts; caches depend on it.
func TestFactsAreDeterministic(t *testing.T) {
	pkgs := loadCorpus(t)
	first := encode(t, pkgs)
	size := 0
	for _, b := range first {
		size += len(b)
	}
	t.Logf("%d facts, %d bytes, in %d packages", len(first), size, len(pkgs))
	for range 9 {
		again := encode(t, pkgs)
		if len(again) != len(first) {
			t.Fatalf("%d facts, then %d", len(first), len(again))
		}
		var names []string
		for name := range first {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			if !bytes.Equal(first[name], again[name]) {
				t.Errorf("the fact of %s changed", name)
			}
		}
	}
}

func TestWorth(t *testing.T) {
	defer func() { Own = nil }()
	for _, test := range []struct {
		path   string
		module *analysis.Module
		own    flags.List
		want   bool
	}{
		{"fmt", nil, nil, false},
		{"net/http", &analysis.Module{}, nil, false},
		{"example.com/app/people", &analysis.Module{Path: "example.com/app"}, nil, true},
		{"example.com/lib", &analysis.Module{Path: "example.com/lib", Version: "v1.0.0"}, nil, false},
		{"example.com/lib", &analysis.Module{Path: "example.com/lib", Version: "v1.0.0"}, flags.List{"example.com/lib"}, true},
		{"example.com/library", &analysis.Module{Path: "example.com/library", Version: "v1.0.0"}, flags.List{"example.com/lib"}, false},
		{"example.com/lib/a", &analysis.Module{Path: "example.com/lib/a", Version: "v1.0.0"}, flags.List{"example.com/"}, true},
		{"image/resize", &analysis.Module{Path: "image"}, nil, true},
		{"github.com/some/app", nil, nil, true},
		{"github.com/some/app", nil, flags.List{"example.com"}, false},
	} {
		Own = test.own
		if got := Worth(test.path, test.module); got != test.want {
			t.Errorf("Worth(%s, %+v) with own %v = %v", test.path, test.module, test.own, got)
		}
	}
}

// Have: reading a package costs time in proportion to what is in it.
func BenchmarkCorpus(b *testing.B) {
	pkgs := loadCorpus(b)
	for b.Loop() {
		if _, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil); err != nil {
			b.Fatal(err)
		}
	}
}
