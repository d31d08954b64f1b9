package registration

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// missing reports what is executed and nothing registers.
func (r *rule) missing(p *names.Program) {
	s := newSeen(p)
	queues := p.Queues
	if queues == nil {
		queues = []string{""}
	}
	for _, what := range s.all() {
		for _, queue := range queues {
			r.rep.Registers(report.Registered{Queue: queue, What: what})
		}
	}
	for _, e := range p.Executed {
		if s.expects(e.At.Pkg, e.Workflow) && !s.functions[e.Key] {
			r.reportMissing(p, s, e.Name, e.Workflow, e.At)
		}
	}
	for _, c := range p.Calls {
		if s.expects(c.At.Pkg, c.Workflow) {
			r.reportMissing(p, s, c.Name, c.Workflow, c.At)
		}
	}
}

func (r *rule) reportMissing(p *names.Program, s *seen, name string, workflow bool, at report.Place) {
	if isExternal(name) {
		return
	}
	f := report.Finding{Message: "nothing in this program registers the " + kindOf(workflow) + " " + name + ": it waits for a worker that never comes", Misses: kindOf(workflow) + " " + name, Queues: p.Queues}
	if near := s.nearest(name, workflow); near != "" {
		f.Message += "; did you mean " + near + "?"
	}
	if !f.Put(p.Place(at), at, at.Pkg != keys.Path(r.pass.Pkg)) {
		return
	}
	f.Effect = "missing|" + kindOf(workflow) + "|" + name
	r.rep.Report(f)
}

func isExternal(name string) bool {
	return slices.ContainsFunc(external, func(pattern string) bool {
		prefix, ok := strings.CutSuffix(pattern, "*")
		return pattern == name || ok && strings.HasPrefix(name, prefix)
	})
}

func kindOf(workflow bool) string {
	if workflow {
		return "workflow"
	}
	return "activity"
}

// seen is what a program registers.
type seen struct {
	p         *names.Program
	functions map[string]bool // by key
	names     map[bool][]string
	packages  map[string]bool // whose workflows are registered
}

func newSeen(p *names.Program) *seen {
	s := &seen{p: p, functions: make(map[string]bool), names: make(map[bool][]string), packages: make(map[string]bool)}
	for i := range p.Registered {
		reg := &p.Registered[i]
		s.functions[reg.Key] = true
		s.names[reg.Workflow] = append(s.names[reg.Workflow], reg.Name)
		if reg.Workflow {
			for path := range keys.Paths(strings.TrimPrefix(reg.Key, "c:")) {
				s.packages[path] = true
			}
		}
	}
	return s
}

// expects reports whether what a package executes must be registered here.
func (s *seen) expects(pkg string, workflow bool) bool {
	if workflow && s.p.OpenWorkflows || !workflow && s.p.OpenActivities {
		return false
	}
	return s.packages[pkg] && len(s.names[workflow]) > 0
}

// all is what the program registers, for findings of other commands.
func (s *seen) all() []string {
	var all []string
	for _, workflow := range []bool{false, true} {
		for _, name := range s.names[workflow] {
			all = append(all, kindOf(workflow)+" "+name)
		}
	}
	for i := range s.p.Registered {
		reg := &s.p.Registered[i]
		// A function that is registered under another name is executed by the function.
		if i := strings.LastIndexByte(reg.Key, '.'); i >= 0 {
			all = append(all, kindOf(reg.Workflow)+" "+reg.Key[i+1:])
		}
	}
	if s.p.OpenActivities {
		all = append(all, "activity *")
	}
	if s.p.OpenWorkflows {
		all = append(all, "workflow *")
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// nearest is the registered name that is nearest to one that is not, or "".
func (s *seen) nearest(name string, workflow bool) string {
	best, most := "", max(1, len(name)/3)
	for _, have := range s.names[workflow] {
		if d := distance(name, have); d > 0 && (d < most || d == most && best == "") {
			best, most = have, d
		}
	}
	return best
}

// distance is how many letters must be inserted, deleted, replaced or swapped with the next.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
