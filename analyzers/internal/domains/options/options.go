// Package options follows activity options to the context that they become a part of, and
// finds those that name no retry policy. What it cannot follow, it takes for options that have
// one.
package options

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
)

// A Result is what the rules read.
type Result struct {
	// Bare are activity options without a retry policy.
	Bare []Bare
	// Mcerror: the package or one below it uses the runtime's errors.
	Mcerror bool
}

const mcerrorPath = "github.com/mediacloud/mcwflint/runtime/mcerror"

var domain = &callgraph.Domain{Name: "options", Version: 1}

func init() { callgraph.Register(domain, open) }

// In returns what was found in a package; never nil.
func In(r *callgraph.Result) *Result {
	if result, ok := r.Get(domain).(*Result); ok {
		return result
	}
	return new(Result)
}

type reader struct {
	*callgraph.Package
	result    *Result
	summaries map[*callgraph.Node]*summary
	handed    map[string]*ast.CompositeLit // by what names the call
}

// A summary is what callers need to know of a function, or of a package variable.
type summary struct {
	Bare bare // the options that it returns, or that the variable is
	// Takes: the parameters that become a context's options as they are.
	Takes []int
	// SetsPolicy: it returns a context with a retry policy, or with a timeout of all
	// attempts.
	SetsPolicy bool
}

// bare is what is known of activity options that name no retry policy.
type bare struct {
	At      string // "options.go:12"; "" if nothing is known
	Bounded bool   // a ScheduleToCloseTimeout bounds all attempts
}

type wiring struct{ Mcerror bool }

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{p, new(Result), make(map[*callgraph.Node]*summary), make(map[string]*ast.CompositeLit)}
	for _, imp := range p.Pass.Pkg.Imports() {
		r.result.Mcerror = r.result.Mcerror || imp.Path() == mcerrorPath
	}
	return r, callgraph.Hooks{
		Import: func(_ *types.Package, w *callgraph.Wiring) {
			var iw wiring
			r.result.Mcerror = w.Read(domain.Name, domain.Version, &iw) && iw.Mcerror || r.result.Mcerror
		},
		Summarize: r.findOptions,
		Closed:    r.meetHanded,
		Function:  r.function,
		Wiring: func() any {
			if r.result.Mcerror {
				return &wiring{true}
			}
			return nil
		},
		Result: func() any { return r.result },
	}
}

// of is the summary of a function of this package.
func (p *reader) of(n *callgraph.Node) *summary {
	s := p.summaries[n]
	if s == nil {
		s = new(summary)
		p.summaries[n] = s
	}
	return s
}

// summaryOf is the summary of a function or variable of another package.
func (p *reader) summaryOf(obj types.Object) *summary {
	return callgraph.SummaryOf[summary](p.Package, domain, obj)
}

func (p *reader) function(n *callgraph.Node) any {
	if s := p.summaries[n]; s != nil && (s.Bare.At != "" || len(s.Takes) > 0 || s.SetsPolicy) {
		return s
	}
	return nil
}
