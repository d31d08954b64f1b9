// Package workers follows the SDK's workers: where one is made, which variable or field
// holds it, and what is registered on it, here or by functions that are given one.
package workers

import (
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
)

// A Mixed worker runs both workflows and activities.
type Mixed struct {
	Pos, End token.Pos // the second kind of registration
	First    string    // the first, "RegisterWorkflow at worker.go:12"
	FirstPos token.Pos // of it, or of the call that leads to it
	Made     token.Pos // where the worker is made
	// Activities: the second kind is activities.
	Activities bool
	// Handed is the call of an interface's method that makes the worker, if that is in another
	// package; Pos is then where this package imports that one.
	Handed *forwards.Handed
}

var domain = &callgraph.Domain{Name: "workers", Version: 1}

func init() { callgraph.Register(domain, open) }

// In returns the workers of a package that run both workflows and activities.
func In(r *callgraph.Result) []Mixed {
	mixed, _ := r.Get(domain).([]Mixed)
	return mixed
}

type reader struct {
	*callgraph.Package
	registers map[*callgraph.Node][]registers
	mixed     []Mixed
	handed    map[string]Mixed // by what names the call that makes the worker
}

// A summary is what callers need to know of a function.
type summary struct{ Registers []registers }

// registers says what a function registers on a worker. It may be nothing, if it makes
// one that takes both kinds.
type registers struct {
	Param      int    // that is the worker; -1 for one that the function makes and returns
	Workflows  string // the first of them, "RegisterWorkflow at worker.go:12"; "" if there is none
	Activities string
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{Package: p, registers: make(map[*callgraph.Node][]registers), handed: make(map[string]Mixed)}
	return r, callgraph.Hooks{
		Summarize: r.findWorkers,
		Closed:    r.meetHanded,
		Function:  r.function,
		Result:    func() any { return r.mixed },
	}
}

func (p *reader) function(n *callgraph.Node) any {
	if list := p.registers[n]; len(list) > 0 {
		return &summary{list}
	}
	return nil
}

// summaryOf is the summary of a function of another package.
func (p *reader) summaryOf(fn *types.Func) *summary {
	return callgraph.SummaryOf[summary](p.Package, domain, fn)
}
