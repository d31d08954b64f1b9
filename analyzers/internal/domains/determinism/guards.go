package determinism

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A guard is what a condition says of the code behind it.
type guard int

const (
	unknown guard = iota
	outside       // it is true only where workflow code does not run again: not on a replay, or in no workflow
	inside        // it is true in each replay
)

func (g guard) negated() guard {
	switch g {
	case outside:
		return inside
	case inside:
		return outside
	}
	return unknown
}

// exemptGuarded exempts what a condition keeps from replays: its body, its else, or what follows
// a body that leaves.
func (r *reader) exemptGuarded(x *ast.IfStmt, stack []ast.Node) {
	if a, ok := x.Init.(*ast.AssignStmt); ok {
		r.noteAssertion(a)
	}
	switch r.guardOf(x.Cond, 0) {
	case outside:
		r.addExempt(x.Body)
	case inside:
		if x.Else != nil {
			r.addExempt(x.Else)
		}
		if syntax.Stops(x.Body.List) && len(stack) > 0 {
			r.exempt = append(r.exempt, stretch{x.End(), stack[len(stack)-1].End()})
		}
	}
}

// exemptCases exempts what a type switch does with a value that is no workflow.Context, where it
// asks whether it is one.
func (r *reader) exemptCases(x *ast.TypeSwitchStmt) {
	var others []ast.Node
	asks := false
	for _, stmt := range x.Body.List {
		clause := stmt.(*ast.CaseClause)
		if len(clause.List) == 1 && sdk.IsWorkflowContext(r.Info.TypeOf(clause.List[0])) {
			asks = true
		} else {
			others = append(others, clause)
		}
	}
	for _, clause := range others {
		if asks {
			r.addExempt(clause)
		}
	}
}

// noteAssertion notes what ctx, ok := x.(workflow.Context) makes ok mean.
func (r *reader) noteAssertion(a *ast.AssignStmt) {
	if len(a.Lhs) != 2 || len(a.Rhs) != 1 {
		return
	}
	x, ok := ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr)
	if !ok || x.Type == nil || !sdk.IsWorkflowContext(r.Info.TypeOf(x.Type)) {
		return
	}
	if v := syntax.Var(r.Info, a.Lhs[1]); v != nil {
		r.asserted[v] = true
	}
}

// guardOf returns what a condition says.
func (r *reader) guardOf(cond ast.Expr, depth int) guard {
	if depth > 10 { // a variable may be assigned what it is part of
		return unknown
	}
	switch x := ast.Unparen(cond).(type) {
	case *ast.CallExpr:
		return r.askedBy(syntax.Callee(r.Info, x), depth)
	case *ast.Ident:
		v := syntax.Var(r.Info, x)
		if v == nil {
			break
		}
		if r.asserted[v] {
			return inside
		}
		if value := r.roles().Value(v); value != nil && syntax.Ident(value) == nil {
			return r.guardOf(value, depth+1)
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return r.guardOf(x.X, depth+1).negated()
		}
	case *ast.BinaryExpr:
		return r.guardOfBoth(x, depth)
	}
	return unknown
}

// guardOfBoth returns what a condition of two says, or a comparison with nil of a workflow.Context,
// as no workflow runs where there is none, or of a function: what stands in for one that nobody has
// given is for other code than workflows, which give theirs.
func (r *reader) guardOfBoth(x *ast.BinaryExpr, depth int) guard {
	if x.Op == token.EQL || x.Op == token.NEQ {
		t := r.Info.TypeOf(x.X)
		isNil := r.Info.Types[x.Y].IsNil() && (sdk.IsWorkflowContext(t) || syntax.IsFuncType(t))
		switch {
		case isNil && x.Op == token.EQL:
			return outside
		case isNil:
			return inside
		}
		return unknown
	}
	left, right := r.guardOf(x.X, depth+1), r.guardOf(x.Y, depth+1)
	if x.Op == token.LAND && (left == outside || right == outside) {
		return outside
	}
	if x.Op == token.LOR && (left == inside || right == inside) {
		return inside
	}
	return unknown
}

// askedBy returns what the result of a function says: the SDK's IsReplaying and what is called
// so, and functions of the program that do no more than ask.
func (r *reader) askedBy(fn *types.Func, depth int) guard {
	if fn == nil {
		return unknown
	}
	if fn.Name() == "IsReplaying" {
		return inside
	}
	if fn.Pkg() != r.Pass.Pkg {
		return guard(r.imported(fn).Guard)
	}
	decl := r.DeclOf(fn)
	if decl == nil || !r.workflows || len(decl.Body.List) == 0 || len(decl.Body.List) > 2 {
		return unknown
	}
	body := decl.Body
	ret, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return unknown
	}
	if a, ok := body.List[0].(*ast.AssignStmt); ok {
		r.noteAssertion(a) // it may stand below its callers
	}
	return r.guardOf(ret.Results[0], depth+1)
}
