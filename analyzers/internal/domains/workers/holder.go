package workers

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Finder knows a package's variables.
type Finder struct {
	Info *types.Info
	// Value returns the one value of a local variable, or nil.
	Value func(*types.Var) ast.Expr
	// Makes recognizes functions that make a worker with the arguments of the SDK's, if
	// it is not nil.
	Makes func(*types.Func) bool
}

// IsNew reports whether a call makes a worker.
func (f *Finder) IsNew(call *ast.CallExpr) bool {
	fn := syntax.Callee(f.Info, call)
	return fn != nil && (sdk.IsWorkerConstructor(fn) || f.Makes != nil && f.Makes(fn))
}

// Holder is the variable or field that an expression names, behind other names for
// the same worker; nil if it is anything else.
func (f *Finder) Holder(x ast.Expr) *types.Var { return f.target(f.Source(x)) }

// Source is the name of a variable, or the selector of a field, behind other names for
// what it holds, conversions and assertions; nil if an expression is anything else.
func (f *Finder) Source(x ast.Expr) ast.Expr {
	for range 8 {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			v, _ := f.Info.ObjectOf(y).(*types.Var)
			if v == nil {
				return nil
			}
			if value := f.Value(v); value != nil {
				switch ast.Unparen(value).(type) {
				case *ast.Ident, *ast.SelectorExpr, *ast.TypeAssertExpr:
					x = value
					continue
				}
				if call, ok := ast.Unparen(value).(*ast.CallExpr); ok && f.Info.Types[call.Fun].IsType() {
					x = value
					continue
				}
			}
			return y
		case *ast.SelectorExpr:
			return y
		case *ast.TypeAssertExpr:
			x = y.X
		case *ast.CallExpr:
			if !f.Info.Types[y.Fun].IsType() || len(y.Args) != 1 {
				return nil
			}
			x = y.Args[0]
		default:
			return nil
		}
	}
	return nil
}

// Receiver is the holder of what a method is called on. A method that is promoted
// from an embedded worker is called on that.
func (f *Finder) Receiver(sel *ast.SelectorExpr) *types.Var {
	s := f.Info.Selections[sel]
	if s == nil {
		return nil
	}
	t := s.Recv()
	var embedded *types.Var
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		embedded = st.Field(i)
		t = embedded.Type()
	}
	if embedded != nil {
		return embedded
	}
	return f.Holder(sel.X)
}

// Made calls do for each call of a body that makes a worker, with what holds it: nil
// if nothing does that can be named.
func (f *Finder) Made(body ast.Node, do func(call *ast.CallExpr, holder *types.Var)) {
	seen := make(map[*ast.CallExpr]bool)
	note := func(x ast.Expr, holder *types.Var) {
		if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && !seen[call] && f.IsNew(call) {
			seen[call] = true
			do(call, holder)
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				for i, lhs := range n.Lhs {
					note(n.Rhs[i], f.target(lhs))
				}
			}
		case *ast.ValueSpec:
			for i, x := range n.Values {
				if len(n.Names) == len(n.Values) {
					v, _ := f.Info.Defs[n.Names[i]].(*types.Var)
					note(x, v)
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok {
				v, _ := f.Info.Uses[id].(*types.Var)
				note(n.Value, v)
			}
		case *ast.CallExpr:
			note(n, nil)
		}
		return true
	})
}

// target is the variable or field that an expression is.
func (f *Finder) target(x ast.Expr) *types.Var {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, _ := f.Info.ObjectOf(x).(*types.Var)
		return v
	case *ast.SelectorExpr:
		v, _ := f.Info.Uses[x.Sel].(*types.Var)
		return v
	}
	return nil
}

// Options is what is known of a worker's options.
type Options struct {
	Set map[string]ast.Expr // by the name of the field
	// Known: they are a literal, or a variable that holds one; what else sets a field
	// is in Set as well.
	Known bool
}

// OptionsOf reads the options of a call that makes a worker. assigned holds the
// values that the package gives to fields of options.
func (f *Finder) OptionsOf(call *ast.CallExpr, assigned map[*types.Var]map[string]ast.Expr) Options {
	o := Options{Set: make(map[string]ast.Expr)}
	if len(call.Args) < 3 {
		return o
	}
	x := ast.Unparen(call.Args[2])
	if v := f.target(x); v != nil {
		for name, value := range assigned[v] {
			o.Set[name] = value
		}
		if value := f.Value(v); value != nil {
			x = ast.Unparen(value)
		}
	}
	lit, ok := x.(*ast.CompositeLit)
	if !ok {
		return o
	}
	o.Known = true
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				o.Set[id.Name] = kv.Value
			}
		}
	}
	return o
}

// Assigned collects the fields of worker options that files set: v.Field = x.
func (f *Finder) Assigned(files []*ast.File) map[*types.Var]map[string]ast.Expr {
	assigned := make(map[*types.Var]map[string]ast.Expr)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != len(a.Rhs) {
				return true
			}
			for i, lhs := range a.Lhs {
				sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
				if !ok || !sdk.IsNamed(f.Info.TypeOf(sel.X), "WorkerOptions", "Options") {
					continue
				}
				if v := f.target(sel.X); v != nil {
					if assigned[v] == nil {
						assigned[v] = make(map[string]ast.Expr)
					}
					assigned[v][sel.Sel.Name] = a.Rhs[i]
				}
			}
			return true
		})
	}
	return assigned
}
