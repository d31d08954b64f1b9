//go:build tools

package main

import (
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"path"
	"strings"
	"testing"
)

func loadAll(t *testing.T) []plant {
	t.Helper()
	var all []plant
	for _, program := range []string{"orders", "payments"} {
		plants, err := load(program)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, plants...)
	}
	return all
}

// Each added file is Go as gofmt leaves it, and no file of another plant says a plant's names: one report must not count twice.
func TestPlants(t *testing.T) {
	all := loadAll(t)
	violations := count(all).planted
	if violations < 50 {
		t.Errorf("%d violations, want 50 or more", violations)
	}
	fset := token.NewFileSet()
	for _, p := range all {
		text := ""
		for _, f := range p.files {
			text += f.text
			if path.Ext(f.path) != ".go" {
				continue
			}
			if _, err := parser.ParseFile(fset, f.path, f.text, 0); err != nil {
				t.Errorf("%s: %v", p.name, err)
			} else if out, err := format.Source([]byte(f.text)); err != nil || string(out) != f.text {
				t.Errorf("%s: %s: not formatted", p.name, f.path)
			}
		}
		for _, n := range p.names {
			if !strings.Contains(text, n) {
				t.Errorf("%s: the name %s is not in its files", p.name, n)
			}
			for _, o := range all {
				if o.name == p.name {
					continue
				}
				for _, f := range o.files {
					if newMatcher(p).names.MatchString(f.text) {
						t.Errorf("%s: %s says %s, which is %s's", o.name, f.path, n, p.name)
					}
				}
			}
		}
		if p.silent && len(p.effects()) > 0 {
			t.Errorf("%s: a look-alike has no effects to mark", p.name)
		}
	}
}

func TestJudge(t *testing.T) {
	plants := []plant{
		{name: "a", rule: "rawinsert", names: []string{"planted_a"}, files: []file{{path: "a/a.go", text: "package a\n"}}},
		{name: "b", rule: "dbconnect", files: []file{{path: "b/b.go", text: "package b\n\nf() // effect\n"}}},
		{name: "c", rule: "clientreuse", names: []string{"dialC"}, files: []file{{path: "c/c.go", text: "package c\n"}}},
		{name: "d", rule: "rawinsert", names: []string{"planted_d"}, files: []file{{path: "d/d.go", text: "package d\n"}}},
		{name: "s", rule: "rawinsert", silent: true, names: []string{"silent_s"}, files: []file{{path: "s/s.go", text: "package s\n"}}},
	}
	before, err := read(strings.NewReader(`{"m/x": {"rawinsert": [{"posn": "/r/x/x.go:3:1", "message": "INSERT into own"}]}}`), "/r")
	if err != nil {
		t.Fatal(err)
	}
	after, err := read(strings.NewReader(`{
	"m/x": {
		"rawinsert": [
			{"posn": "/r/x/x.go:3:9", "message": "INSERT into own, reached by more"},
			{"posn": "/r/x/x.go:7:1", "message": "INSERT into public.planted_a without ON CONFLICT"},
			{"posn": "x/x.go:8:1", "message": "INSERT into planted_abc"},
			{"posn": "x/x.go:9:1", "message": "INSERT", "related": [{"posn": "/r/s/s.go:1:1", "message": "here"}]}
		],
		"dbconnect": [{"posn": "/r/x/x.go:5:1", "message": "exits", "related": [{"posn": "/r/b/b.go:3:1", "message": "here"}]}],
		"positionalargs": [{"posn": "/r/x/x.go:5:1", "message": "other"}]
	},
	"m/x [m/x.test]": {
		"rawinsert": [{"posn": "x/x.go:8:1", "message": "INSERT into planted_abc"}]
	}
}
{"m/y": {"dbconnect": [{"posn": "/r/x/x.go:6:1", "message": "dials (Do -> dialC)"}]}}`), "/r")
	if err != nil {
		t.Fatal(err)
	}
	got := judge(io.Discard, "test", plants, before, after, true)
	// a and b are found; c is reported by the wrong rule, d not at all; planted_abc and the wrong rule's report are nobody's.
	want := tally{planted: 4, found: 2, silent: 1, alarms: 1, collateral: 2, others: 1}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEditAnchors(t *testing.T) {
	lines := []string{"a {", "\tb", "\tb", "\tc c"}
	for _, c := range []struct {
		change change
		at     int
	}{
		{change{anchor: "c c", whole: true}, 3},
		{change{anchor: "a"}, 0},
		{change{anchor: "b", whole: true}, -1}, // twice
		{change{anchor: "d"}, -1},
	} {
		at, err := c.change.find(lines)
		if c.at < 0 && err == nil || c.at >= 0 && (err != nil || at != c.at) {
			t.Errorf("%+v: line %d, %v", c.change, at, err)
		}
	}
}
