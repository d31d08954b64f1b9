package clients

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An optionFlow follows what the options of one client are made of, from where it is
// made to where that is called. A nil variable stands for what is not known.
type optionFlow struct {
	p    *reader
	id   string // of the effect that makes it
	seen map[*callgraph.Node]map[*types.Var]bool
}

// within returns the variables of a function that the options depend on. Which of
// several clients a function makes is not known.
func (f *optionFlow) within(n *callgraph.Node) map[*types.Var]bool {
	if vars := f.seen[n]; vars != nil {
		return vars
	}
	vars := make(map[*types.Var]bool)
	f.seen[n] = vars
	for _, s := range n.Sites {
		switch {
		case s.Effect.ID() != f.id:
		case s.Call == nil:
			vars[nil] = true
		default:
			f.p.variables(vars, s.Call)
		}
	}
	for i := range n.Edges {
		f.behind(&n.Edges[i], vars)
	}
	for _, other := range n.Reached() {
		if other.Effect != nil && other.Effect.Kind == Dial && other.Effect.ID() != f.id {
			vars[nil] = true
		}
	}
	f.p.trace(n.Body, vars)
	return vars
}

// behind adds the variables that an edge makes the options depend on.
func (f *optionFlow) behind(e *callgraph.Edge, vars map[*types.Var]bool) {
	switch {
	case e.Mask&Dial != 0:
	case e.To == nil:
		// Of other packages' functions it is not known which arguments count.
		if !slices.ContainsFunc(f.p.Reaches(e.Fn), func(r facts.Reached) bool { return r.Effect.ID() == f.id }) {
			break
		}
		if e.Call == nil {
			vars[nil] = true
		} else {
			f.p.variables(vars, e.Call)
		}
	case !e.To.Reaches(f.id) || e.To.Sig == nil:
	case e.To.Lit != nil:
		maps.Copy(vars, f.within(e.To))
	default:
		in := f.within(e.To)
		if in[nil] {
			vars[nil] = true
		}
		if recv := e.To.Sig.Recv(); e.Call != nil && recv != nil && in[recv] {
			f.p.variables(vars, e.Call.Fun)
		}
		for i := range e.To.Sig.Params().Len() {
			switch {
			case !in[e.To.Sig.Params().At(i)]:
			case e.Call == nil || i >= len(e.Call.Args):
				vars[nil] = true
			case e.To.Sig.Variadic() && i == e.To.Sig.Params().Len()-1:
				for _, arg := range e.Call.Args[i:] {
					f.p.variables(vars, arg)
				}
			default:
				f.p.variables(vars, e.Call.Args[i])
			}
		}
	}
}

// variables adds the variables that an expression names. A context or an error is in
// no client's options.
func (p *reader) variables(vars map[*types.Var]bool, x ast.Node) {
	ast.Inspect(x, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if v, ok := p.Info.Uses[id].(*types.Var); ok && !v.IsField() && !syntax.IsErrorType(v.Type()) && !syntax.IsContext(v.Type()) {
				vars[v] = true
			}
		}
		return true
	})
}

// assignments calls f for everything that a stretch of code assigns: where to, what,
// which is nil if that is not one expression, and what is around it.
func (p *reader) assignments(x ast.Node, f func(lhs, rhs ast.Expr, stack []ast.Node)) {
	ast.PreorderStack(x, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for i, lhs := range x.Lhs {
				rhs := x.Rhs[0]
				if len(x.Rhs) == len(x.Lhs) {
					rhs = x.Rhs[i]
				}
				if x.Tok != token.ASSIGN && x.Tok != token.DEFINE {
					rhs = nil // +=
				}
				f(lhs, rhs, stack)
			}
		case *ast.IncDecStmt:
			f(x.X, nil, stack)
		case *ast.RangeStmt:
			f(x.Key, x.X, stack)
			f(x.Value, x.X, stack)
		case *ast.CallExpr:
			for _, place := range p.addressed(x) {
				f(place, x, stack)
			}
		case *ast.ValueSpec:
			for i, name := range x.Names {
				if len(x.Values) == len(x.Names) {
					f(name, x.Values[i], stack)
				} else if len(x.Values) == 1 {
					f(name, x.Values[0], stack)
				}
			}
		}
		return true
	})
}

// addressed are the places whose address a call gets: it may assign them.
func (p *reader) addressed(call *ast.CallExpr) []ast.Expr {
	var places []ast.Expr
	for _, arg := range call.Args {
		if ref, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && ref.Op == token.AND {
			places = append(places, ref.X)
		}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && p.addresses(sel) {
		places = append(places, sel.X)
	}
	return places
}

// addresses reports whether a selected method gets the address of a variable that is
// no pointer.
func (p *reader) addresses(sel *ast.SelectorExpr) bool {
	fn, ok := p.Info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	_, to := syntax.Under[*types.Pointer](fn.Signature().Recv().Type())
	_, from := syntax.Under[*types.Pointer](p.Info.TypeOf(sel.X))
	return to && !from
}

// trace adds the variables that those it is given are assigned in a stretch of code,
// and those that decide whether they are.
func (p *reader) trace(x ast.Node, vars map[*types.Var]bool) {
	for range 8 { // as many assignments one after the other
		before := len(vars)
		p.assignments(x, func(lhs, rhs ast.Expr, stack []ast.Node) {
			v := p.root(lhs)
			if v == nil || !vars[v] {
				return
			}
			if rhs != nil {
				p.variables(vars, rhs)
			}
			for _, x := range conditions(stack) {
				p.variables(vars, x)
			}
		})
		if len(vars) == before {
			return
		}
	}
}

// conditions are the expressions that decide whether what is inside of a stack runs.
func conditions(stack []ast.Node) []ast.Expr {
	var all []ast.Expr
	for _, outer := range stack {
		switch outer := outer.(type) {
		case *ast.IfStmt:
			all = append(all, outer.Cond)
		case *ast.SwitchStmt:
			if outer.Tag != nil {
				all = append(all, outer.Tag)
			}
		case *ast.CaseClause:
			all = append(all, outer.List...)
		}
	}
	return all
}

// varies reports whether variables, or what they are assigned in a loop, may differ
// from turn to turn.
func (p *reader) varies(loop ast.Node, vars map[*types.Var]bool) bool {
	if vars[nil] {
		return true
	}
	p.trace(loop, vars)
	found := false
	set := make(map[*types.Var]bool)
	changes := func(x ast.Expr) {
		v := p.root(x)
		found = found || v != nil && vars[v]
	}
	p.assignments(loop, func(lhs, rhs ast.Expr, _ []ast.Node) {
		if p.fixed(rhs) {
			set[p.root(lhs)] = true
		} else {
			changes(lhs)
		}
	})
	ast.Inspect(loop, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.RangeStmt:
			changes(x.Key)
			changes(x.Value)
		case *ast.ValueSpec:
			for _, name := range x.Names {
				set[syntax.Var(p.Info, name)] = true
			}
		}
		return !found
	})
	for v := range vars {
		// A parameter of a closure, or a variable of a type switch.
		found = found || !set[v] && loop.Pos() <= v.Pos() && v.Pos() < loop.End()
	}
	return found
}

// fixed reports whether an expression is made of nothing but variables and constants.
func (p *reader) fixed(x ast.Expr) bool {
	if x == nil {
		return false
	}
	ok := true
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			ok = ok && p.Info.Types[x.Fun].IsType()
		case *ast.UnaryExpr:
			ok = ok && x.Op != token.ARROW
		}
		return ok
	})
	return ok
}

// root is the variable of which an expression is a part.
func (p *reader) root(x ast.Expr) *types.Var {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return syntax.Var(p.Info, x)
	case *ast.SelectorExpr:
		return p.root(x.X)
	case *ast.IndexExpr:
		return p.root(x.X)
	case *ast.StarExpr:
		return p.root(x.X)
	case *ast.UnaryExpr:
		return p.root(x.X)
	}
	return nil
}
