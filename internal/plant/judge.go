//go:build tools

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// isJudged has the rules that the plants are about. Findings of other rules are counted, not judged: code that is
// registered and executed only to be planted breaks some of them rightly.
var isJudged = map[string]bool{"rawinsert": true, "dbconnect": true, "clientreuse": true}

// finding is one report of the linter; positions are "path:line", the path relative to the program.
type finding struct {
	rule    string
	at      string
	message string
	related string // positions, separated by a space
}

func (f finding) String() string { return fmt.Sprintf("%s: %s: %s", f.at, f.rule, f.message) }

type tally struct {
	planted, found     int
	silent, alarms     int
	collateral, others int
}

func (t *tally) add(o tally) {
	t.planted += o.planted
	t.found += o.found
	t.silent += o.silent
	t.alarms += o.alarms
	t.collateral += o.collateral
	t.others += o.others
}

func count(plants []plant) (t tally) {
	for _, p := range plants {
		if p.silent {
			t.silent++
		} else {
			t.planted++
		}
	}
	return t
}

// lint runs the linter on the program in dir.
func lint(linter, dir string) ([]finding, error) {
	cmd := command(dir, linter, "-json", "./...")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	// Findings make the exit code, so only a linter that could not be run, or printed nothing, has failed.
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || stdout.Len() == 0) {
		return nil, fmt.Errorf("%s: %w\n%s", linter, err, stderr.Bytes())
	}
	found, err := read(&stdout, dir)
	if err != nil {
		return nil, fmt.Errorf("%s -json: %w\n%s", linter, err, stderr.Bytes())
	}
	return found, nil
}

// read reads what go vet -json prints: one object or several, package -> analyzer -> reports or an error. A report on a
// package and its test variant counts once.
func read(r io.Reader, root string) ([]finding, error) {
	seen := map[finding]bool{}
	for dec := json.NewDecoder(r); ; {
		var packages map[string]map[string]json.RawMessage
		if err := dec.Decode(&packages); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		for pkg, analyzers := range packages {
			for rule, raw := range analyzers {
				var reports []reported
				if err := json.Unmarshal(raw, &reports); err != nil {
					return nil, fmt.Errorf("%s: %s: %s", pkg, rule, raw)
				}
				for _, rep := range reports {
					seen[rep.finding(rule, root)] = true
				}
			}
		}
	}
	all := slices.Collect(maps.Keys(seen))
	sort.Slice(all, func(i, j int) bool {
		if all[i].at != all[j].at {
			return all[i].at < all[j].at
		}
		return all[i].String() < all[j].String()
	})
	return all, nil
}

type position struct {
	Posn    string `json:"posn"`
	Message string `json:"message"`
}

type reported struct {
	position
	Related []position `json:"related"`
}

func (r reported) finding(rule, root string) finding {
	var related []string
	for _, rel := range r.Related {
		related = append(related, place(root, rel.Posn))
	}
	return finding{rule: rule, at: place(root, r.Posn), message: r.Message, related: strings.Join(related, " ")}
}

var posn = regexp.MustCompile(`^(.+?):(\d+)(?::\d+)?$`)

// place turns "copy/a/b.go:3:4" into "a/b.go:3".
func place(root, p string) string {
	m := posn.FindStringSubmatch(p)
	if m == nil {
		return p
	}
	name := m[1]
	if rel, err := filepath.Rel(root, name); err == nil && filepath.IsAbs(name) {
		name = rel
	}
	return filepath.ToSlash(filepath.Clean(name)) + ":" + m[2]
}

// judge compares the findings before and after planting and prints what is wrong.
func judge(w io.Writer, program string, plants []plant, before, after []finding, verbose bool) tally {
	t := count(plants)
	type key struct{ rule, at string }
	own := map[key]bool{} // findings of the program as it is
	for _, f := range before {
		own[key{f.rule, f.at}] = true
	}

	matchers := make([]matcher, len(plants))
	for i, p := range plants {
		matchers[i] = newMatcher(p)
	}
	hits := make([][]finding, len(plants))
	still := map[key]bool{}
	for _, f := range after {
		k := key{f.rule, f.at}
		still[k] = true
		if !isJudged[f.rule] {
			if !own[k] {
				t.others++
			}
			continue
		}
		planted := false
		for i, m := range matchers {
			if m.owns(f) {
				hits[i] = append(hits[i], f)
				planted = true
			}
		}
		if !planted && !own[k] {
			t.collateral++
			fmt.Fprintf(w, "%s: NOT PLANTED: %s\n", program, f)
		}
	}

	for i, p := range plants {
		t.verdict(w, program, p, hits[i], verbose)
	}
	for _, f := range before {
		if isJudged[f.rule] && !still[key{f.rule, f.at}] {
			fmt.Fprintf(w, "%s: note: no longer reported once planted: %s\n", program, f)
		}
	}
	fmt.Fprintf(w, "%s: %d of %d found, %d of %d look-alikes reported, %d not planted, %d new findings of other rules (not judged)\n",
		program, t.found, t.planted, t.alarms, t.silent, t.collateral, t.others)
	return t
}

// verdict prints what became of a plant.
func (t *tally) verdict(w io.Writer, program string, p plant, hits []finding, verbose bool) {
	switch {
	case p.silent && len(hits) > 0:
		t.alarms++
		fmt.Fprintf(w, "%s: FALSE ALARM %s (%s)\n", program, p.name, p.shape)
		for _, f := range hits {
			fmt.Fprintf(w, "\t%s\n", f)
		}
	case p.silent:
		if verbose {
			fmt.Fprintf(w, "%s: silent %s (%s)\n", program, p.name, p.shape)
		}
	case len(hits) == 0:
		fmt.Fprintf(w, "%s: MISSED %s: %s (%s)\n", program, p.name, p.rule, p.shape)
	default:
		t.found++
		if verbose {
			fmt.Fprintf(w, "%s: found %s: %s\n", program, p.name, hits[0])
		}
	}
}

// matcher tells which findings belong to a plant.
type matcher struct {
	rule    string
	silent  bool
	names   *regexp.Regexp // nil if the plant has none
	effects map[string]bool
	files   map[string]bool
}

func newMatcher(p plant) matcher {
	m := matcher{rule: p.rule, silent: p.silent, effects: p.effects(), files: map[string]bool{}}
	if len(p.names) > 0 {
		quoted := make([]string, len(p.names))
		for i, n := range p.names {
			quoted[i] = regexp.QuoteMeta(n)
		}
		m.names = regexp.MustCompile(`\b(?:` + strings.Join(quoted, "|") + `)\b`)
	}
	for _, f := range p.files {
		m.files[f.path] = true
	}
	return m
}

// owns reports whether a finding is the plant's. A violation must be reported by its rule, and either be named or stand, itself or a related
// position, on a marked line. A look-alike owns whatever any of the rules says about its names or its files.
func (m matcher) owns(f finding) bool {
	if !m.silent && f.rule != m.rule {
		return false
	}
	if m.names != nil && m.names.MatchString(f.message) {
		return true
	}
	for _, at := range append(strings.Fields(f.related), f.at) {
		if m.effects[at] {
			return true
		}
		if name, _, ok := strings.Cut(at, ":"); m.silent && ok && m.files[name] {
			return true
		}
	}
	return false
}
