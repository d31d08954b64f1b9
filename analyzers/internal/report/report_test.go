package report

import (
	"strings"
	"testing"
)

func TestFindingText(t *testing.T) {
	for _, test := range []struct {
		finding Finding
		want    string
	}{
		{Finding{Message: "m"}, "m"},
		{Finding{Message: "m", Chain: []string{"A"}}, "m (A)"},
		{Finding{Message: "m", Chain: []string{"A", "b.C"}, At: "b.go:3"}, "m (A -> b.C at b.go:3)"},
		{Finding{Message: "m", At: "b.go:3"}, "m (at b.go:3)"},
		{Finding{Message: "m", Chain: []string{"A"}, More: 1}, "m (A; 1 more activity reaches it)"},
		{Finding{Message: "m", Chain: []string{"A"}, More: 2}, "m (A; 2 more activities reach it)"},
	} {
		if got := test.finding.Text(); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.finding, got, test.want)
		}
	}
}

func TestParseDirective(t *testing.T) {
	for _, test := range []struct {
		text   string
		ok     bool
		rules  string
		reason string
	}{
		{"//mcwflint:ignore rawinsert -- because", true, "rawinsert", "because"},
		{"//mcwflint:ignore rawinsert, dbconnect -- a -- b", true, "rawinsert dbconnect", "a -- b"},
		{"//mcwflint:ignore rawinsert", true, "rawinsert", ""},
		{"//mcwflint:ignore rawinsert --", true, "rawinsert", ""},
		{"//mcwflint:ignore", true, "", ""},
		{"//mcwflint:ignored x -- y", false, "", ""},
		{"// mcwflint:ignore x -- y", false, "", ""},
		{"//mcwflint:activity", false, "", ""},
	} {
		d, ok := parseDirective(test.text)
		if ok != test.ok {
			t.Errorf("%q: ok %v", test.text, ok)
			continue
		}
		if ok && (strings.Join(d.Rules, " ") != test.rules || d.Reason != test.reason) {
			t.Errorf("%q: got %v, %q", test.text, d.Rules, d.Reason)
		}
	}
}

func FuzzDirective(f *testing.F) {
	f.Add("//mcwflint:ignore rawinsert, dbconnect -- reason")
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := parseDirective(text)
		if !ok {
			return
		}
		for _, r := range d.Rules {
			if r == "" || strings.ContainsAny(r, " ,\t") {
				t.Errorf("%q: rule %q", text, r)
			}
		}
		if d.Reason != strings.TrimSpace(d.Reason) {
			t.Errorf("%q: reason %q", text, d.Reason)
		}
	})
}
