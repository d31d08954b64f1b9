package history

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Requests are validated by functions: if err := request.Validate(); err != nil { return err }.
// Which of the lengths that such a function compares it refuses cannot be seen from its caller, so
// what it has been given may have a bound.

// checksLength reports whether a function compares a length, itself.
func (p *reader) checksLength(fn *types.Func) bool {
	if fn.Pkg() != p.Pass.Pkg {
		return p.summaryOf(fn).Checks
	}
	decl := p.DeclOf(fn)
	if decl == nil || decl.Body == nil || fn.Signature().Results().Len() == 0 {
		return false
	}
	found := false
	ast.Inspect(decl.Body, func(x ast.Node) bool {
		if cmp, ok := x.(*ast.BinaryExpr); ok && !found {
			switch cmp.Op {
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				found = p.comparesLength(cmp.X, cmp.Y) || p.comparesLength(cmp.Y, cmp.X)
			}
		}
		return !found
	})
	return found
}

// comparesLength reports whether x is a length and limit something else than nothing.
func (p *reader) comparesLength(x, limit ast.Expr) bool {
	if p.length(x) == nil {
		return false
	}
	v := p.Info.Types[limit].Value
	return v == nil || v.ExactString() != "0"
}

// length is what x is the length of, itself or a variable that is nothing else; nil if it is none.
func (p *reader) length(x ast.Expr) ast.Expr {
	loops := &flow.Loops{Info: p.Info}
	if v := syntax.Var(p.Info, x); v != nil {
		return loops.Length(p.names.Value(v))
	}
	return loops.Length(x)
}

// isChecked reports whether a body compares a length of a variable, or gives it to a function that
// does, before it is used as it is in x: &planner{request: request}, whose methods see no guard.
func (p *reader) isChecked(n *callgraph.Node, x ast.Expr) bool {
	checks := p.state(n).checks
	if checks == nil {
		checks = p.checksIn(n.Body)
		p.state(n).checks = checks
	}
	at, ok := checks[syntax.Root(p.Info, x)]
	return ok && at < x.Pos()
}

// checksIn are the variables of which a body compares lengths, with the first place of each.
func (p *reader) checksIn(body ast.Node) map[types.Object]token.Pos {
	checks := make(map[types.Object]token.Pos)
	note := func(x ast.Expr, at token.Pos) {
		if root := syntax.Root(p.Info, x); root != nil && checks[root] == token.NoPos {
			checks[root] = at
		}
	}
	loops := &flow.Loops{Info: p.Info}
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.BinaryExpr:
			for _, side := range []ast.Expr{x.X, x.Y} {
				if of := loops.Length(side); of != nil && x.Op != token.EQL && x.Op != token.NEQ {
					note(of, x.Pos())
				}
			}
		case *ast.CallExpr:
			if fn := syntax.Callee(p.Info, x); fn != nil && fn.Pkg() != nil && p.checksLength(fn) {
				for _, given := range givenTo(x) {
					note(given, x.Pos())
				}
			}
		}
		return true
	})
	return checks
}

// givenTo is what a call gives to a function, its receiver included.
func givenTo(call *ast.CallExpr) []ast.Expr {
	given := call.Args
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		given = append(given[:len(given):len(given)], sel.X)
	}
	return given
}

// noteCheck notes what a call gives to a function that compares lengths.
func (c *counter) noteCheck(call *ast.CallExpr, fn *types.Func) {
	if fn.Pkg() == nil || !c.p.checksLength(fn.Origin()) {
		return
	}
	for _, x := range givenTo(call) {
		if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
			x = u.X
		}
		if root := syntax.Root(c.p.Info, x); root != nil {
			if have, ok := c.checked[root]; !ok || call.Pos() < have {
				c.checked[root] = call.Pos()
			}
		}
	}
}

// unchecked is the origin of a value, unless something has compared its length before.
func (c *counter) unchecked(x ast.Expr, depth int, size bool) flow.Bound {
	b := c.origin(x, depth, size)
	if b.Kind == flow.Endless || b.Kind == flow.OfParam {
		if at, ok := c.checked[syntax.Root(c.p.Info, x)]; ok && at < x.Pos() {
			return flow.NoBound
		}
	}
	return b
}
