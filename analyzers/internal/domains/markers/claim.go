package markers

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// said is what a function says of a marker that it runs.
type said struct {
	Claims bool   // its result, a bool, is whether that has changed a row
	Counts bool   // its first result is how many
	NoRows bool   // its error is ErrNoRows if it has changed none
	None   string // the constant or the error that it returns if it has changed none, see outcome
}

// noteAsked keeps a call that may say whether a marker has changed a row: fresh, err := claim(ctx, id).
func (p *Markers) noteAsked(n *callgraph.Node, call *ast.CallExpr, fn *types.Func) {
	if fn.Pkg() == nil || keys.Foreign(keys.Path(fn.Pkg())) {
		return
	}
	if fn.Pkg() == p.Pass.Pkg && maySay(fn.Signature()) || fn.Pkg() != p.Pass.Pkg && (p.summaryOf(fn).Said != (said{}) || p.summaryOf(fn).Locks) {
		b := p.body(n)
		b.asked = append(b.asked, call)
	}
}

// maySay reports whether a function has a result that may say it.
func maySay(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if basic, ok := v.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsConstType != 0 || syntax.IsErrorType(v.Type()) {
			return true
		}
	}
	return false
}

// said is what the function of a call says.
func (p *Markers) said(call *ast.CallExpr) said {
	fn := syntax.Callee(p.Info, call)
	if fn == nil || fn.Pkg() == nil {
		return said{}
	}
	return p.saidBy(fn.Origin())
}

func (p *Markers) saidBy(fn *types.Func) said {
	if fn.Pkg() != p.Pass.Pkg {
		return p.summaryOf(fn).Said
	}
	if n := p.NodeOf(fn); n != nil {
		return p.body(n).says
	}
	return p.methods[fn]
}

// findMethods finds what the methods of the package's interfaces say: what all that they run do.
func (p *Markers) findMethods() {
	says := make(map[string]bool) // by the names of functions
	for _, n := range p.Nodes {
		if n.Fn != nil && p.body(n).says != (said{}) {
			says[n.Fn.Name()] = true
		}
	}
	if len(says) == 0 {
		return
	}
	for m, fns := range p.Flow().Methods(func(m *types.Func) bool { return says[m.Name()] }) {
		s := p.saidBy(fns[0])
		for _, fn := range fns[1:] {
			s = s.and(p.saidBy(fn))
		}
		if s != (said{}) {
			p.methods[m] = s
		}
	}
}

// and is what two functions say.
func (s said) and(other said) said {
	both := said{Claims: s.Claims && other.Claims, Counts: s.Counts && other.Counts, NoRows: s.NoRows && other.NoRows}
	if s.None == other.None {
		both.None = s.None
	}
	return both
}

func (p *Markers) exportMethods() {
	for m, s := range p.methods {
		p.Export(domain, m, &summary{Said: s})
	}
}

// returned is what the results of a function say: a comparison or true only where a marker has changed
// a row, its count, its error.
func (g *guards) returned(n *callgraph.Node, body *ast.BlockStmt) said {
	var s said
	claimsMore, countsMore := false, false
	for ret := range syntax.Returns(body) {
		if len(ret.Results) == 0 {
			continue
		}
		first, last := ret.Results[0], ret.Results[len(ret.Results)-1]
		if call, ok := ast.Unparen(last).(*ast.CallExpr); ok && (g.scans(call) || g.said(call).NoRows) || g.isError(last) {
			s.NoRows = true
		}
		value := g.p.Info.Types[first].Value
		switch {
		case g.counts(first):
			s.Counts = true
		case value == nil || value.Kind() != constant.Int:
			countsMore = true
		}
		for _, result := range ret.Results {
			if t := g.p.Info.TypeOf(result); t == nil || !syntax.IsBool(t) {
				continue
			}
			changed, ok := g.asks(result)
			value := g.p.Info.Types[result].Value
			switch {
			case ok && changed, value != nil && constant.BoolVal(value) && g.p.Guarded(n, ret.Pos()):
				s.Claims = true
			case value == nil || constant.BoolVal(value):
				claimsMore = true
			}
		}
	}
	s.Claims, s.Counts = s.Claims && !claimsMore, s.Counts && !countsMore
	return s
}
