package payloadsize

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// sizer judges expressions within one function.
type sizer struct {
	*rule
	within ast.Node
}

const maxDepth = 6

// large says why a value exceeds the limit, or why nothing bounds it; "" if neither
// is known. whole: it is the payload itself, which carries bytes as they are.
func (s sizer) large(x ast.Expr, whole bool, depth int) string {
	if depth > maxDepth || x == nil {
		return ""
	}
	x = ast.Unparen(x)
	tv := s.pass.TypesInfo.Types[x]
	if tv.Value != nil {
		if tv.Value.Kind() == constant.String && int64(len(constant.StringVal(tv.Value))) > limit {
			return fmt.Sprintf("is a constant of %d bytes", len(constant.StringVal(tv.Value)))
		}
		return ""
	}
	if n := arrayBytes(tv.Type, 0); n > limit {
		return fmt.Sprintf("is an array that takes %d bytes at least", n)
	}
	switch x := x.(type) {
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return s.large(x.X, whole, depth+1)
		}
	case *ast.Ident:
		return s.variable(x, whole, depth)
	case *ast.SelectorExpr:
		if v, ok := s.pass.TypesInfo.Uses[x.Sel].(*types.Var); ok && !v.IsField() {
			return s.embedded(v)
		}
	case *ast.CompositeLit:
		for i, elt := range x.Elts {
			if !s.travels(x, i) {
				continue
			}
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			if reason := s.large(elt, false, depth+1); reason != "" {
				return "has a part that " + strings.TrimPrefix(reason, "has a part that ")
			}
		}
	case *ast.CallExpr:
		return s.call(x, whole, depth)
	}
	return ""
}

// travels reports whether an element of a literal is part of the payload: all but
// some fields of structs are.
func (s sizer) travels(lit *ast.CompositeLit, i int) bool {
	t := s.pass.TypesInfo.TypeOf(lit)
	if t == nil {
		return false
	}
	st, ok := syntax.Deref(t).Underlying().(*types.Struct)
	if !ok {
		return true
	}
	var field *types.Var
	if kv, ok := lit.Elts[i].(*ast.KeyValueExpr); ok {
		if key, ok := kv.Key.(*ast.Ident); ok {
			field, _ = s.pass.TypesInfo.Uses[key].(*types.Var)
		}
	} else if i < st.NumFields() {
		field = st.Field(i)
	}
	return wire.Travels(t, field)
}

// arrayBytes is the least that an array takes: a digit and a comma an element.
func arrayBytes(t types.Type, depth int) int64 {
	if t == nil || depth > maxDepth {
		return 0
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	a, ok := t.Underlying().(*types.Array)
	if !ok {
		return 0
	}
	if inner := arrayBytes(a.Elem(), depth+1); inner > 0 {
		return a.Len() * min(inner, 1<<30)
	}
	return 2 * a.Len()
}

func (s sizer) variable(id *ast.Ident, whole bool, depth int) string {
	v, ok := s.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || s.bounded(v) {
		return ""
	}
	if v.Parent() == s.pass.Pkg.Scope() {
		return s.embedded(v)
	}
	if reason := s.filled(v, depth); reason != "" {
		return reason
	}
	value := s.result.Value(v)
	if value == nil {
		return ""
	}
	return s.large(value, whole, depth+1)
}

// bounded reports whether the function compares the variable's length with
// something, or has a function check it: it then decides on the size itself.
func (s sizer) bounded(v *types.Var) bool { return s.index().measured[v] }

// answers reports whether a function of one result says yes or no.
func answers(sig *types.Signature) bool {
	if sig.Results().Len() != 1 {
		return false
	}
	t := sig.Results().At(0).Type()
	return types.Identical(t, types.Typ[types.Bool]) || syntax.IsErrorType(t)
}

// value is x without conversions, or what a variable is assigned once.
func (s sizer) value(x ast.Expr) ast.Expr {
	for range maxDepth {
		x = ast.Unparen(x)
		switch y := x.(type) {
		case *ast.CallExpr:
			if tv := s.pass.TypesInfo.Types[y.Fun]; !tv.IsType() || len(y.Args) != 1 {
				return x
			}
			x = y.Args[0]
		case *ast.Ident:
			v, ok := s.pass.TypesInfo.Uses[y].(*types.Var)
			if !ok || s.result.Value(v) == nil {
				return x
			}
			x = s.result.Value(v)
		default:
			return x
		}
	}
	return x
}

// lengthOf is the variable whose length an expression is, len(v) or v.Len(), or nil.
func (s sizer) lengthOf(x ast.Expr) *types.Var {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil
	}
	if len(call.Args) == 1 && syntax.Builtin(s.pass.TypesInfo, call) == "len" {
		return s.named(call.Args[0])
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Len" {
		return s.named(sel.X)
	}
	return nil
}

// isAnnounced reports whether x is the size of a file, an archive's entry or a response before it
// is read: info.Size(), header.Size, response.ContentLength.
func (s sizer) isAnnounced(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.CallExpr:
		sel, ok := x.Fun.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Size" && len(x.Args) == 0
	case *ast.SelectorExpr:
		switch x.Sel.Name {
		case "ContentLength", "UncompressedSize64", "UncompressedSize":
			return true
		case "Size":
			t := s.pass.TypesInfo.TypeOf(x.X)
			return t != nil && strings.HasSuffix(syntax.Deref(t).String(), "archive/tar.Header")
		}
	}
	return false
}

// declOf is the declaration of a function of this package, or nil.
func (s sizer) declOf(fn *types.Func) *ast.FuncDecl {
	if s.funcs == nil {
		s.funcs = syntax.Decls(s.pass.TypesInfo, s.pass.Files)
	}
	return s.funcs[fn]
}

func (s sizer) isZero(x ast.Expr) bool {
	n, ok := s.integer(x)
	return ok && n == 0
}

// named is the variable that an expression is, or the address of, or nil.
func (s sizer) named(x ast.Expr) *types.Var {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
		x = u.X
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := s.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return v
}

// filled looks for v.Field = value with a large value.
func (s sizer) filled(v *types.Var, depth int) string {
	if s.within == nil {
		return ""
	}
	if _, ok := syntax.Deref(v.Type()).Underlying().(*types.Struct); !ok {
		return ""
	}
	for _, p := range s.index().parts[v] {
		if !wire.Travels(v.Type(), p.field) {
			continue
		}
		if r := s.large(p.value, false, depth+1); r != "" {
			return "has a part that " + strings.TrimPrefix(r, "has a part that ")
		}
	}
	return ""
}

// reassigned reports whether one of the values of a variable is limited:
// body = io.LimitReader(body, n).
func (s sizer) reassigned(v *types.Var, depth int) bool {
	for _, value := range s.result.Values(v) {
		if call, ok := value.(*ast.CallExpr); ok && s.limited(call, depth+1) {
			return true
		}
	}
	return false
}

func (s sizer) assignedLimited(sel *ast.SelectorExpr) bool {
	return slices.ContainsFunc(s.index().selected[types.ExprString(sel)], func(call *ast.CallExpr) bool { return s.limited(call, 1) })
}

// embedded adds up the files of a variable with a //go:embed comment. Files of
// other packages are not looked for.
func (s sizer) embedded(v *types.Var) string {
	if v.Pkg() != s.pass.Pkg {
		return ""
	}
	var size int64
	_, names := syntax.Embedded(s.pass.Fset, s.pass.Files, v)
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
	}
	if size > limit {
		return fmt.Sprintf("is an embedded file of %d bytes", size)
	}
	return ""
}
