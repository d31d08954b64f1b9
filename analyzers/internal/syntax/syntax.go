// Package syntax answers small questions about expressions and types that go/ast and
// go/types leave to their users.
package syntax

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strconv"
)

// Called returns the identifier that a call names, behind type arguments, or nil.
func Called(call *ast.CallExpr) *ast.Ident {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	return Named(fun)
}

// Named returns the identifier that x is, or selects, or nil.
func Named(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// Callee returns the function that a call names, or nil. In a call of a method expression,
// (*T).M(t, x), the arguments are not those of the method: it is no call of it.
func Callee(info *types.Info, call *ast.CallExpr) *types.Func {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if s := info.Selections[sel]; s != nil && s.Kind() == types.MethodExpr {
			return nil
		}
	}
	if id := Called(call); id != nil {
		if fn, ok := info.Uses[id].(*types.Func); ok {
			return fn.Origin()
		}
	}
	return nil
}

// Decls returns the declarations of the functions and methods in some files, by function.
func Decls(info *types.Info, files []*ast.File) map[*types.Func]*ast.FuncDecl {
	decls := make(map[*types.Func]*ast.FuncDecl)
	for _, file := range files {
		for _, d := range file.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok {
				if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
					decls[fn] = decl
				}
			}
		}
	}
	return decls
}

// Ident returns the identifier that x is, or nil.
func Ident(x ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(x).(*ast.Ident)
	return id
}

// IsBlank reports whether x is the blank identifier.
func IsBlank(x ast.Expr) bool {
	id := Ident(x)
	return id != nil && id.Name == "_"
}

// Assigned is what an assignment or a declaration fills, each with the expression that it
// gets: nil for one of several results of a call.
func Assigned(n ast.Node) iter.Seq2[ast.Expr, ast.Expr] {
	return assigned(n, false)
}

// Definitions is like Assigned, but has the call for each of its results.
func Definitions(n ast.Node) iter.Seq2[ast.Expr, ast.Expr] {
	return assigned(n, true)
}

func assigned(n ast.Node, calls bool) iter.Seq2[ast.Expr, ast.Expr] {
	var places, values []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		places, values = n.Lhs, n.Rhs
	case *ast.ValueSpec:
		for _, name := range n.Names {
			places = append(places, name)
		}
		values = n.Values
	}
	return func(yield func(place, value ast.Expr) bool) {
		for i, place := range places {
			var value ast.Expr
			switch {
			case len(values) == len(places):
				value = values[i]
			case len(values) == 0:
				return
			case calls:
				value = values[0]
			}
			if !yield(place, value) {
				return
			}
		}
	}
}

// Field returns the element of a composite literal that names a field, or nil.
func Field(lit *ast.CompositeLit, name string) *ast.KeyValueExpr {
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if key := Ident(kv.Key); key != nil && key.Name == name {
				return kv
			}
		}
	}
	return nil
}

// Var returns the variable that x names, which is no field, or nil.
func Var(info *types.Info, x ast.Expr) *types.Var {
	if id := Ident(x); id != nil {
		if v, ok := info.ObjectOf(id).(*types.Var); ok && !v.IsField() {
			return v
		}
	}
	return nil
}

// Imports reports whether a file imports a package.
func Imports(file *ast.File, path string) bool {
	return slices.ContainsFunc(file.Imports, func(imp *ast.ImportSpec) bool { return imp.Path.Value == strconv.Quote(path) })
}

// Composite returns the literal that x is, or points to.
func Composite(x ast.Expr) *ast.CompositeLit {
	x = ast.Unparen(x)
	if addr, ok := x.(*ast.UnaryExpr); ok && addr.Op == token.AND {
		x = ast.Unparen(addr.X)
	}
	lit, _ := x.(*ast.CompositeLit)
	return lit
}

// IsNil reports whether x is the identifier nil.
func IsNil(x ast.Expr) bool {
	id := Ident(x)
	return id != nil && id.Name == "nil"
}

// ComparesNil recognizes v != nil and v == nil, and returns the variable, or nil, and whether the
// condition holds if that is not nil.
func ComparesNil(info *types.Info, cond ast.Expr) (v *types.Var, nonNil bool) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ && b.Op != token.EQL || !info.Types[b.Y].IsNil() {
		return nil, false
	}
	return Var(info, b.X), b.Op == token.NEQ
}

// TestsError returns EQL for a condition with err == nil in it, NEQ for err != nil.
func TestsError(info *types.Info, cond ast.Expr) token.Token {
	result := token.ILLEGAL
	if cond == nil {
		return result
	}
	ast.Inspect(cond, func(x ast.Node) bool {
		if b, ok := x.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			other := b.X
			if IsNil(b.X) {
				other = b.Y
			} else if !IsNil(b.Y) {
				return true
			}
			if t := info.TypeOf(other); t != nil && IsErrorType(t) {
				result = b.Op
			}
		}
		return true
	})
	return result
}

// Mention is the first place in a stretch of code that uses a variable.
func Mention(info *types.Info, x ast.Node, v *types.Var) token.Pos {
	at := token.NoPos
	ast.Inspect(x, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok && !at.IsValid() && info.Uses[id] == v {
			at = id.Pos()
		}
		return !at.IsValid()
	})
	return at
}

// Place names a place: the variable or field, the one that an element is in, or the
// function that returns it.
func Place(info *types.Info, x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return info.ObjectOf(x)
	case *ast.SelectorExpr:
		if v, ok := info.ObjectOf(x.Sel).(*types.Var); ok {
			return v.Origin()
		}
		return info.ObjectOf(x.Sel)
	case *ast.IndexExpr:
		return Place(info, x.X)
	case *ast.StarExpr:
		return Place(info, x.X)
	case *ast.CallExpr:
		return Place(info, x.Fun)
	}
	return nil
}

// Builtin is the name of the built-in function that a call calls, or "".
func Builtin(info *types.Info, call *ast.CallExpr) string {
	if id := Ident(ast.Unparen(call.Fun)); id != nil {
		if b, ok := info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// Append returns the call of append that x is, or nil.
func Append(info *types.Info, x ast.Expr) *ast.CallExpr {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && Builtin(info, call) == "append" {
		return call
	}
	return nil
}

// Stops reports whether nothing behind a list of statements follows it.
func Stops(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			id := Ident(call.Fun)
			return id != nil && id.Name == "panic"
		}
	}
	return false
}

// EndsIn reports whether a list of statements ends in break, continue, goto or fallthrough.
func EndsIn(list []ast.Stmt, tok token.Token) bool {
	if len(list) == 0 {
		return false
	}
	br, ok := list[len(list)-1].(*ast.BranchStmt)
	return ok && br.Tok == tok
}

// Compares reports whether a condition is a comparison of v with something that fits, or has one
// among conditions that are joined.
func Compares(info *types.Info, cond ast.Expr, v *types.Var, op, joined token.Token, fits func(ast.Expr) bool) bool {
	x, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return false
	case x.Op == joined:
		return Compares(info, x.X, v, op, joined, fits) || Compares(info, x.Y, v, op, joined, fits)
	case x.Op != op:
		return false
	}
	return Var(info, x.X) == v && fits(x.Y) || Var(info, x.Y) == v && fits(x.X)
}

// Root is the variable that an expression starts with: a field's, an element's or a
// method's.
func Root(info *types.Info, x ast.Expr) types.Object {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			return info.ObjectOf(y)
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		case *ast.CallExpr:
			x = y.Fun
		default:
			return nil
		}
	}
}
