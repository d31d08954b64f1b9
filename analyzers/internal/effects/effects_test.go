package effects

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"sort"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
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

func TestCodec(t *testing.T) {
	f := &function{
		Version: factVersion,
		Effects: []reached{{Effect{Kind: Insert, What: "people", Pkg: "a/b", File: "b.go", Line: 3, Col: -1, Owner: "F"}, []string{"b.F", "b.F", ""}}},
		Opens:   []open{{Key: "i:a/b.I", Method: "M", Mask: Insert | Dial}},
		Texts:   []resultText{{1, []string{"INSERT"}}}, TestsDuplicate: true,
	}
	data, err := f.GobEncode()
	if err != nil {
		t.Fatal(err)
	}
	var back function
	if err := decodeFact(data, &back); err != nil || !reflect.DeepEqual(f, &back) {
		t.Errorf("got %+v, %v; want %+v", back, err, f)
	}
	for i := range data {
		var damaged function
		decodeFact(data[:i], &damaged) // must not panic
		if i > 0 && decodeFact(data[:i], &damaged) == nil {
			t.Errorf("%d of %d bytes decode", i, len(data))
		}
	}
}

func FuzzCodec(f *testing.F) {
	data, err := (&function{Version: 1, Opens: []open{{Key: "i:a.I"}}}).GobEncode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var fn function
		var w wiring
		decodeFact(data, &fn)
		decodeFact(data, &w)
	})
}

func TestCut(t *testing.T) {
	long := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	got := cut(long)
	if len(got) != maxChain || got[0] != "a" || got[len(got)-1] != "j" {
		t.Errorf("cut(%v) = %v", long, got)
	}
	if got := cut(long[:maxChain]); len(got) != maxChain {
		t.Errorf("cut shortens a chain of %d: %v", maxChain, got)
	}
}

func TestDisplay(t *testing.T) {
	got := Display([]string{"people.Activities.Add", "store.Store.Add", "store.insert", "store2.x"})
	want := []string{"Activities.Add", "store.Store.Add", "insert", "store2.x"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("hop %d: got %s, want %s", i, got[i], want[i])
		}
	}
}

func TestWorth(t *testing.T) {
	defer func() { Settings.Own = nil }()
	for _, test := range []struct {
		path   string
		module *analysis.Module
		own    List
		want   bool
	}{
		{"fmt", nil, nil, false},
		{"net/http", &analysis.Module{}, nil, false},
		{"example.com/app/people", &analysis.Module{Path: "example.com/app"}, nil, true},
		{"example.com/lib", &analysis.Module{Path: "example.com/lib", Version: "v1.0.0"}, nil, false},
		{"example.com/lib", &analysis.Module{Path: "example.com/lib", Version: "v1.0.0"}, List{"example.com/lib"}, true},
		{"example.com/library", &analysis.Module{Path: "example.com/library", Version: "v1.0.0"}, List{"example.com/lib"}, false},
		{"example.com/lib/a", &analysis.Module{Path: "example.com/lib/a", Version: "v1.0.0"}, List{"example.com/"}, true},
		{"github.com/some/app", nil, nil, true},
		{"github.com/some/app", nil, List{"example.com"}, false},
	} {
		Settings.Own = test.own
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

// FuzzChain: a chain that is cut and shown keeps its ends and never grows.
func FuzzChain(f *testing.F) {
	f.Add("a.B c.D e.F")
	f.Add("a.B . c. .d ... e.F.G a.B c.D e.F h i j k")
	f.Fuzz(func(t *testing.T, text string) {
		chain := strings.Fields(text)
		got := Display(cut(chain))
		if len(got) > maxChain || len(got) > len(chain) {
			t.Errorf("%d hops of %d", len(got), len(chain))
		}
		for i, hop := range got {
			if i < maxChain/2 && !strings.HasSuffix(chain[i], hop) {
				t.Errorf("hop %d is %q, was %q", i, hop, chain[i])
			}
		}
		if n := len(got); n > 0 && !strings.HasSuffix(chain[len(chain)-1], got[n-1]) {
			t.Errorf("the last hop is %q, was %q", got[n-1], chain[len(chain)-1])
		}
	})
}
