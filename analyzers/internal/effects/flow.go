package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// An optionFlow follows what the options of one client are made of, from where it is
// made to where that is called. A nil variable stands for what is not known.
type optionFlow struct {
	p    *pkg
	id   string // of the effect that makes it
	seen map[*node]map[*types.Var]bool
}

// within returns the variables of a function that the options depend on. Which of
// several clients a function makes is not known.
func (f *optionFlow) within(n *node) map[*types.Var]bool {
	if vars := f.seen[n]; vars != nil {
		return vars
	}
	vars := make(map[*types.Var]bool)
	f.seen[n] = vars
	for _, s := range n.sites {
		switch {
		case s.effect.ID() != f.id:
		case s.call == nil:
			vars[nil] = true
		default:
			f.p.variables(vars, s.call)
		}
	}
	for _, e := range n.edges {
		f.behind(e, vars)
	}
	for _, other := range n.order {
		if other.effect != nil && other.effect.Kind == Dial && other.id != f.id {
			vars[nil] = true
		}
	}
	f.p.trace(n.body, vars)
	return vars
}

// behind adds the variables that an edge makes the options depend on.
func (f *optionFlow) behind(e edge, vars map[*types.Var]bool) {
	switch {
	case e.mask&Dial != 0:
	case e.to == nil:
		// Of other packages' functions it is not known which arguments count.
		if !f.p.factOf(e.fn).reaches(f.id) {
			break
		}
		if e.call == nil {
			vars[nil] = true
		} else {
			f.p.variables(vars, e.call)
		}
	case e.to.entries[f.id] == nil || e.to.sig == nil:
	case e.to.lit != nil:
		maps.Copy(vars, f.within(e.to))
	default:
		in := f.within(e.to)
		if in[nil] {
			vars[nil] = true
		}
		if recv := e.to.sig.Recv(); e.call != nil && recv != nil && in[recv] {
			f.p.variables(vars, e.call.Fun)
		}
		for i := range e.to.sig.Params().Len() {
			switch {
			case !in[e.to.sig.Params().At(i)]:
			case e.call == nil || i >= len(e.call.Args):
				vars[nil] = true
			case e.to.sig.Variadic() && i == e.to.sig.Params().Len()-1:
				for _, arg := range e.call.Args[i:] {
					f.p.variables(vars, arg)
				}
			default:
				f.p.variables(vars, e.call.Args[i])
			}
		}
	}
}

func (f *function) reaches(id string) bool {
	for i := range f.Effects {
		if f.Effects[i].Effect.ID() == id {
			return true
		}
	}
	return false
}

// variables adds the variables that an expression names. A context or an error is in
// no client's options.
func (p *pkg) variables(vars map[*types.Var]bool, x ast.Node) {
	ast.Inspect(x, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if v, ok := p.info.Uses[id].(*types.Var); ok && !v.IsField() && !isErrorType(v.Type()) && types.TypeString(v.Type(), nil) != "context.Context" {
				vars[v] = true
			}
		}
		return true
	})
}

// assignments calls f for everything that a stretch of code assigns: where to, what,
// which is nil if that is not one expression, and what is around it.
func (p *pkg) assignments(x ast.Node, f func(lhs, rhs ast.Expr, stack []ast.Node)) {
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
			// What a function gets the address of, it may assign.
			for _, arg := range x.Args {
				if ref, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && ref.Op == token.AND {
					f(ref.X, x, stack)
				}
			}
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && p.addresses(sel) {
				f(sel.X, x, stack)
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

// addresses reports whether a selected method gets the address of a variable that is
// no pointer.
func (p *pkg) addresses(sel *ast.SelectorExpr) bool {
	fn, ok := p.info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	_, to := under[*types.Pointer](fn.Signature().Recv().Type())
	_, from := under[*types.Pointer](p.info.TypeOf(sel.X))
	return to && !from
}

// trace adds the variables that those it is given are assigned in a stretch of code,
// and those that decide whether they are.
func (p *pkg) trace(x ast.Node, vars map[*types.Var]bool) {
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
			for _, outer := range stack {
				switch outer := outer.(type) {
				case *ast.IfStmt:
					p.variables(vars, outer.Cond)
				case *ast.SwitchStmt:
					if outer.Tag != nil {
						p.variables(vars, outer.Tag)
					}
				case *ast.CaseClause:
					for _, x := range outer.List {
						p.variables(vars, x)
					}
				}
			}
		})
		if len(vars) == before {
			return
		}
	}
}

// varies reports whether variables, or what they are assigned in a loop, may differ
// from turn to turn.
func (p *pkg) varies(loop ast.Node, vars map[*types.Var]bool) bool {
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
				set[p.localVar(name)] = true
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
func (p *pkg) fixed(x ast.Expr) bool {
	if x == nil {
		return false
	}
	ok := true
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			ok = ok && p.info.Types[x.Fun].IsType()
		case *ast.UnaryExpr:
			ok = ok && x.Op != token.ARROW
		}
		return ok
	})
	return ok
}

// root is the variable of which an expression is a part.
func (p *pkg) root(x ast.Expr) *types.Var {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return p.localVar(x)
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
