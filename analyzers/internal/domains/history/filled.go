package history

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// filled holds the fields that workflow code fills with what it does not know
// before: what bounds a range over one of them is the input.
func (p *reader) filled() map[types.Object]bool {
	if p.fills != nil {
		return p.fills
	}
	p.fills = make(map[types.Object]bool)
	for _, n := range p.Nodes {
		if n.Sig == nil || !sdk.IsWorkflowCode(n.Sig) {
			continue
		}
		ast.Inspect(n.Body, func(x ast.Node) bool {
			p.fill(n, x)
			return true
		})
	}
	return p.fills
}

// fill notes the fields that a node of the syntax fills.
func (p *reader) fill(n *callgraph.Node, x ast.Node) {
	switch x := x.(type) {
	case *ast.AssignStmt:
		for lhs, rhs := range syntax.Assigned(x) {
			if f := p.field(lhs); f != nil && !isFresh(p.Info, rhs) {
				p.fills[f] = true
			}
		}
	case *ast.UnaryExpr:
		if f := p.field(x.X); f != nil && x.Op == token.AND {
			p.fills[f] = true
		}
	case *ast.KeyValueExpr:
		if key := syntax.Ident(x.Key); key != nil && p.isInput(n, x.Value) && !p.isChecked(n, x.Value) {
			p.fills[p.Info.Uses[key]] = true
		}
	}
}

// field is the field that x, or what x is an element of, is, or nil.
func (p *reader) field(x ast.Expr) types.Object {
	if index, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
		x = index.X
	}
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok && p.Info.Selections[sel] != nil {
		return p.Info.Uses[sel.Sel]
	}
	return nil
}

// isFresh reports whether x is a literal, or what make returns.
func isFresh(info *types.Info, x ast.Expr) bool {
	if x == nil {
		return false
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit, *ast.BasicLit:
		return true
	case *ast.CallExpr:
		return syntax.Builtin(info, x) == "make"
	}
	return false
}

// isInput reports whether x is a parameter of the workflow code n, or a field of one.
func (p *reader) isInput(n *callgraph.Node, x ast.Expr) bool {
	for {
		sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			break
		}
		x = sel.X
	}
	id := syntax.Ident(x)
	if id == nil {
		return false
	}
	v, ok := p.Info.Uses[id].(*types.Var)
	if !ok || sdk.IsWorkflowContext(v.Type()) {
		return false
	}
	fn, _, ok := p.names.ParamOf(v)
	return ok && fn == n.Fn
}
