package payloadsize

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An index is what a function says of the sizes of its variables, read once: a function may
// have thousands of calls whose arguments are looked at.
type index struct {
	// measured are variables whose length is compared with something but zero, or passed to
	// a function that answers with an error or a bool.
	measured  map[*types.Var]bool
	announced bool // so is the size of a file or a response
	parts     map[*types.Var][]part
	copied    map[*types.Var][]ast.Expr  // the readers that are copied into buffers
	emptied   map[*types.Var]bool        // buffers that are filled with something else, perhaps
	selected  map[string][]*ast.CallExpr // calls that are assigned to fields, by text
}

// A part is a field of a variable and what it is assigned.
type part struct {
	field *types.Var
	value ast.Expr
}

// index is that of the function.
func (s sizer) index() *index {
	if ix := s.indexes[s.within]; ix != nil {
		return ix
	}
	ix := &index{
		measured: make(map[*types.Var]bool), parts: make(map[*types.Var][]part), copied: make(map[*types.Var][]ast.Expr),
		emptied: make(map[*types.Var]bool), selected: make(map[string][]*ast.CallExpr),
	}
	s.indexes[s.within] = ix
	if s.within == nil {
		return ix
	}
	ast.Inspect(s.within, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			s.compared(ix, n)
		case *ast.CallExpr:
			s.called(ix, n)
		case *ast.AssignStmt:
			s.assigned(ix, n)
		}
		return true
	})
	return ix
}

// measure notes what is compared.
func (s sizer) measure(ix *index, x ast.Expr) {
	x = s.value(x)
	if v := s.lengthOf(x); v != nil {
		ix.measured[v] = true
	}
	ix.announced = ix.announced || s.isAnnounced(x)
}

func (s sizer) called(ix *index, call *ast.CallExpr) {
	fn := syntax.Callee(s.pass.TypesInfo, call)
	if fn == nil {
		return
	}
	if answers(fn.Signature()) {
		for i, arg := range call.Args {
			s.measure(ix, arg)
			if v := s.named(arg); v != nil && s.measures(fn.Origin(), i) {
				ix.measured[v] = true
			}
		}
	}
	into := func() *types.Var {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return s.named(sel.X)
		}
		return nil
	}
	switch {
	case fn.Pkg() == nil:
	case fn.Pkg().Path() == "io" && fn.Name() == "Copy" && len(call.Args) == 2:
		if v := s.named(call.Args[0]); v != nil {
			ix.copied[v] = append(ix.copied[v], call.Args[1])
		}
	case fn.Name() == "ReadFrom" && len(call.Args) == 1:
		if v := into(); v != nil {
			ix.copied[v] = append(ix.copied[v], call.Args[0])
		}
	case fn.Name() == "Reset" || fn.Name() == "Truncate":
		if v := into(); v != nil {
			ix.emptied[v] = true
		}
	}
}

// measures reports whether a function of this package compares the length of its parameter i.
func (s sizer) measures(fn *types.Func, i int) bool {
	decl := s.declOf(fn)
	if decl == nil || decl.Body == nil || i >= fn.Signature().Params().Len() {
		return false
	}
	inside := s.compares[fn]
	if inside == nil {
		inside = &index{measured: make(map[*types.Var]bool)}
		s.compares[fn] = inside
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			if cmp, ok := n.(*ast.BinaryExpr); ok {
				s.compared(inside, cmp)
			}
			return true
		})
	}
	return inside.measured[fn.Signature().Params().At(i)]
}

// compared notes what a comparison with something but zero measures.
func (s sizer) compared(ix *index, cmp *ast.BinaryExpr) {
	switch cmp.Op {
	case token.LSS, token.GTR, token.LEQ, token.GEQ:
		if !s.isZero(cmp.Y) {
			s.measure(ix, cmp.X)
		}
		if !s.isZero(cmp.X) {
			s.measure(ix, cmp.Y)
		}
	}
}

func (s sizer) assigned(ix *index, a *ast.AssignStmt) {
	for i, lhs := range a.Lhs {
		if i >= len(a.Rhs) {
			break // v.Field, err = os.ReadFile(name) has its value first
		}
		sel, ok := lhs.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		if v := s.named(sel.X); v != nil {
			field, _ := s.pass.TypesInfo.Uses[sel.Sel].(*types.Var)
			ix.parts[v] = append(ix.parts[v], part{field, a.Rhs[i]})
		}
		if call, ok := a.Rhs[i].(*ast.CallExpr); ok && len(a.Lhs) == len(a.Rhs) {
			text := types.ExprString(lhs)
			ix.selected[text] = append(ix.selected[text], call)
		}
	}
}
