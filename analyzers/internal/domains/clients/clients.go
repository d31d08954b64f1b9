// Package clients finds where Temporal clients are made: each is a connection, and meant to
// be made once a process. What hides one is that it is kept: in a cache, a pool, a field that
// is looked at first.
package clients

import (
	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// Dial makes a Temporal client.
var Dial = facts.NewKind(facts.KindInfo{
	Name: "dial", Rule: "clientreuse", AtStart: true,
	Roots: []facts.RootKind{facts.ActivityRoot, facts.WorkflowRoot, facts.HandlerRoot},
})

// makesWorker makes a worker: what does that for each of several is not a loop over work, but
// the start of a program.
var makesWorker = facts.NewKind(facts.KindInfo{Name: "worker", Nearest: 1})

var domain = &callgraph.Domain{Name: "clients", Version: 1}

func init() { callgraph.Register(domain, open) }

type reader struct {
	*callgraph.Package
	depend   flow.Dependence
	storages map[*callgraph.Node]*storage
	kept     map[*callgraph.Node][]callgraph.Mark // the calls whose client is kept, also by closures
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{p, flow.Dependence{Info: p.Info, Counts: mayBeOption}, make(map[*callgraph.Node]*storage), make(map[*callgraph.Node][]callgraph.Mark)}
	hooks := callgraph.Hooks{Sink: r.sink, Roots: r.handlers, Closed: r.loopDials}
	if sdk.Imports(p.Pass.Pkg) { // else a body has no client to keep
		hooks.Enter = r.markKept
	}
	return r, hooks
}

func (p *reader) markKept(n *callgraph.Node) {
	if n.Outer == nil {
		p.kept[n] = p.cachedCalls(n)
	} else {
		p.kept[n] = p.kept[n.Outer]
	}
	for _, m := range p.kept[n] {
		n.Mark(m)
	}
}

func (p *reader) sink(n *callgraph.Node, ref *callgraph.Reference) bool {
	if sdk.IsWorkerConstructor(ref.Fn) {
		p.AddSink(n, makesWorker, "worker.New", ref)
		return false
	}
	if !sdk.IsClientConstructor(ref.Fn) {
		return false
	}
	p.AddSink(n, Dial, "client."+ref.Fn.Name(), ref)
	return true
}
