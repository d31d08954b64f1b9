package sqltext

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An assign sets or extends a string variable, or a slice of strings.
type assign struct {
	pos   token.Pos
	add   bool     // v += rhs
	rhs   ast.Expr // nil: unknown
	index int      // of the result, if rhs is a call with several
}

type write struct {
	pos  token.Pos
	text func() []Text
}

// writesTo returns the writes to a buffer. Few packages build text in one, so the
// calls are read when the first asks.
func (e *Evaluator) writesTo(v *types.Var) []write {
	if e.writes == nil {
		e.writes = make(map[*types.Var][]write)
		for _, file := range e.files {
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					e.noteWrite(call)
				}
				return true
			})
		}
	}
	return e.writes[v]
}

func (e *Evaluator) noteSpec(spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		var rhs ast.Expr
		index := 0
		switch {
		case len(spec.Values) == len(spec.Names):
			rhs = spec.Values[i]
		case len(spec.Values) == 1:
			rhs, index = spec.Values[0], i
		}
		switch obj := e.info.Defs[name].(type) {
		case *types.Const:
			e.consts[obj] = rhs
		case *types.Var:
			if rhs != nil && holdsText(obj.Type()) {
				e.assigns[obj] = append(e.assigns[obj], assign{pos: name.Pos(), rhs: rhs, index: index})
			}
		}
	}
}

func (e *Evaluator) noteAssign(stmt *ast.AssignStmt) {
	for i, lhs := range stmt.Lhs {
		v := e.stringVar(lhs)
		if v == nil {
			continue
		}
		a := assign{pos: lhs.Pos()}
		switch {
		case len(stmt.Lhs) == len(stmt.Rhs):
			a.rhs = stmt.Rhs[i]
		case len(stmt.Rhs) == 1:
			a.rhs, a.index = stmt.Rhs[0], i
		}
		switch stmt.Tok {
		case token.ADD_ASSIGN:
			a.add = true
		case token.ASSIGN:
			a = e.selfAppend(v, a)
		}
		e.assigns[v] = append(e.assigns[v], a)
	}
}

// selfAppend reads q = q + "x" as q += "x", so that a long run of them is
// evaluated in linear time.
func (e *Evaluator) selfAppend(v *types.Var, a assign) assign {
	if sum, ok := a.rhs.(*ast.BinaryExpr); ok && sum.Op == token.ADD && e.stringVar(sum.X) == v {
		a.add, a.rhs = true, sum.Y
	}
	return a
}

// stringVar returns the variable that x names, if it holds text.
func (e *Evaluator) stringVar(x ast.Expr) *types.Var {
	id, ok := x.(*ast.Ident)
	if !ok {
		return nil
	}
	if v, ok := e.info.ObjectOf(id).(*types.Var); ok && holdsText(v.Type()) {
		return v
	}
	return nil
}

// holdsText reports whether a variable of type t may hold text: also as bytes, which a file has.
func holdsText(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Slice); ok {
		if b, ok := s.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
			return true
		}
	}
	return hasText(t)
}

func hasText(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Info()&types.IsString != 0
	}
	return false
}

// isBuffer reports whether t is a strings.Builder or bytes.Buffer, or a pointer to one.
func isBuffer(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	name := named.Obj().Pkg().Path() + "." + named.Obj().Name()
	return name == "strings.Builder" || name == "bytes.Buffer"
}

// bufferVar returns the variable behind b or &b.
func (e *Evaluator) bufferVar(x ast.Expr) *types.Var {
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
		x = u.X
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return nil
	}
	if v, ok := e.info.ObjectOf(id).(*types.Var); ok && isBuffer(v.Type()) {
		return v
	}
	return nil
}

func (e *Evaluator) noteWrite(call *ast.CallExpr) {
	add := func(v *types.Var, text func() []Text) {
		e.writes[v] = append(e.writes[v], write{call.Pos(), text})
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
		if v := e.bufferVar(sel.X); v != nil && len(call.Args) == 1 {
			switch sel.Sel.Name {
			case "WriteString", "Write":
				add(v, func() []Text { return e.eval(call.Args[0], 1) })
			case "WriteByte", "WriteRune":
				add(v, func() []Text { return one(ListHole, call.Pos()) })
			}
			return
		}
	}
	fn := syntax.Callee(e.info, call)
	for i, arg := range call.Args {
		v := e.bufferVar(arg)
		if v == nil {
			continue
		}
		switch {
		case i == 0 && isFunc(fn, "fmt", "Fprintf"):
			add(v, func() []Text { return e.sprintf(call.Args[1:], 1) })
		case i == 0 && isFunc(fn, "fmt", "Fprint", "Fprintln"):
			add(v, func() []Text { return e.concat(call.Args[1:], 1) })
		default:
			add(v, func() []Text { return hole(call.Pos()) })
		}
	}
}
