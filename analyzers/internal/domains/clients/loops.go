package clients

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/exits"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// loopDials finds clients that are made for each piece of work: in a loop that
// is no start-up retry and fills no pool, with options that do not vary with what it
// loops over.
func (p *reader) loopDials() {
	if p.Pass.Pkg.Name() == "main" || p.Testing {
		return
	}
	reported := make(map[string]bool)
	for _, c := range p.Chains() {
		reported[c.Effect.ID()] = true
	}
	for _, n := range p.Nodes {
		if n.Owner == "init" || n.Sig != nil && sdk.IsWorkflowCode(n.Sig) {
			continue
		}
		for _, d := range p.dialsOf(n) {
			id := d.chain.Effect.ID()
			if reported[id] || p.Generated(d.chain.Pos) || !p.repeats(n, &d) {
				continue
			}
			reported[id] = true
			d.chain.Kind, d.chain.Root = Dial, facts.LoopRoot
			p.AddChain(d.chain)
		}
	}
}

// A dial is a client that a function makes, itself or by a call.
type dial struct {
	chain callgraph.Chain
	call  *ast.CallExpr
	edge  *callgraph.Edge // of the call
}

func (p *reader) dialsOf(n *callgraph.Node) []dial {
	var dials []dial
	for _, s := range n.Sites {
		if s.Effect.Kind == Dial {
			c := callgraph.Chain{Effect: &s.Effect, Pos: s.Pos, End: s.End, Hops: []string{n.Owner}, Here: true, Site: s}
			dials = append(dials, dial{chain: c, call: s.Call})
		}
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Mask&Dial != 0 || loopAround(n, e.Pos) == nil {
			continue
		}
		reached := p.ReachedBy(e)
		if slices.ContainsFunc(reached, func(r facts.Reached) bool { return r.Effect.Kind == makesWorker }) {
			continue
		}
		for _, r := range reached {
			if r.Effect.Kind == Dial {
				hops := append([]string{p.Pass.Pkg.Name() + "." + n.Owner}, r.Chain...)
				c := callgraph.Chain{Effect: &r.Effect, Pos: e.Pos, End: e.End, Hops: keys.Display(hops), Related: p.EffectPos(&r.Effect)}
				dials = append(dials, dial{c, e.Call, e})
			}
		}
	}
	return dials
}

// repeats reports whether the turns of a loop make the same client again.
func (p *reader) repeats(n *callgraph.Node, d *dial) bool {
	loop := loopAround(n, d.chain.Pos)
	if loop == nil || d.call == nil || exits.LeavesOnSuccess(p.Info, n.Body, loop) || p.collects(n, d.call) {
		return false
	}
	vars := make(map[*types.Var]bool)
	if d.edge == nil {
		p.depend.Variables(vars, d.call)
	} else {
		f := &optionFlow{p: p, id: d.chain.Effect.ID(), seen: make(map[*callgraph.Node]map[*types.Var]bool)}
		f.behind(d.edge, vars)
	}
	return !p.depend.Varies(loop, vars)
}

// loopAround is the innermost loop around a position of a function, or around the
// closure that it is, if that runs where it stands.
func loopAround(n *callgraph.Node, pos token.Pos) ast.Node {
	for ; n != nil; n = n.Outer {
		if loop := n.Innermost(pos); loop != nil || !n.AtOnce {
			return loop
		}
	}
	return nil
}
