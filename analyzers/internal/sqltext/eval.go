package sqltext

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Part is a piece of text and the expression it comes from.
type Part struct {
	Text     string
	Pos, End token.Pos
	Param    *types.Var // set if the text is a Hole that a parameter fills
}

// Text is the text of an expression, in order.
type Text []Part

func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, p := range t {
		if b.Len() > maxText {
			break
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Limits of the evaluation. They bound its time; text beyond them is a hole.
const (
	maxDepth        = 16
	maxAlternatives = 8
	maxSteps        = 50_000
)

// An Evaluator knows how the string variables of a package come by their text.
// It is not safe for concurrent use.
type Evaluator struct {
	info *types.Info
	// Imported returns the templates that result i of a function of another
	// package may have, and nil if they are not known.
	Imported func(fn *types.Func, i int) []string
	// ImportedVar does so for a variable of another package.
	ImportedVar func(v *types.Var) []string
	// Fset is of the files; without it what //go:embed comments name is not read.
	Fset *token.FileSet

	files   []*ast.File
	assigns map[*types.Var][]assign
	joined  map[*ast.CompositeLit]bool // see isJoined
	writes  map[*types.Var][]write     // to a strings.Builder or bytes.Buffer
	consts  map[*types.Const]ast.Expr
	decls   map[*types.Func]*ast.FuncDecl
	known   map[*types.Var][]Text // what a variable holds while an expression is evaluated
	calls   []*types.Func         // the functions being evaluated
	steps   int                   // left for the expression being evaluated
}

// NewEvaluator reads the files once.
func NewEvaluator(info *types.Info, files []*ast.File) *Evaluator {
	e := &Evaluator{
		info:    info,
		assigns: make(map[*types.Var][]assign),
		files:   files,
		consts:  make(map[*types.Const]ast.Expr),
		decls:   make(map[*types.Func]*ast.FuncDecl),
		known:   make(map[*types.Var][]Text),
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if fn, ok := info.Defs[n.Name].(*types.Func); ok {
					e.decls[fn] = n
				}
			case *ast.ValueSpec:
				e.noteSpec(n)
			case *ast.AssignStmt:
				e.noteAssign(n)
			case *ast.RangeStmt:
				for _, x := range []ast.Expr{n.Key, n.Value} {
					if v := e.stringVar(x); v != nil {
						e.assigns[v] = append(e.assigns[v], assign{pos: x.Pos()})
					}
				}
			case *ast.UnaryExpr:
				if v := e.stringVar(n.X); v != nil && n.Op == token.AND {
					e.assigns[v] = append(e.assigns[v], assign{pos: n.Pos()})
				}
			}
			return true
		})
	}
	return e
}

// Decl returns the declaration of a function of the package.
func (e *Evaluator) Decl(fn *types.Func) *ast.FuncDecl { return e.decls[fn] }

// IsTextPart reports whether the text of child is only a part of what parent
// builds, so that parent is the expression to judge.
func (e *Evaluator) IsTextPart(parent, child ast.Node) bool {
	switch parent := parent.(type) {
	case *ast.ParenExpr:
		return true
	case *ast.BinaryExpr:
		return parent.Op == token.ADD
	case *ast.AssignStmt:
		for i, rhs := range parent.Rhs {
			if rhs == child && len(parent.Lhs) == len(parent.Rhs) && e.stringVar(parent.Lhs[i]) != nil {
				return true
			}
		}
	case *ast.ValueSpec:
		return true
	case *ast.ReturnStmt:
		return true
	case *ast.CallExpr:
		if parent.Fun == child {
			return false
		}
		if tv, ok := e.info.Types[parent.Fun]; ok && tv.IsType() {
			return true
		}
		if sel, ok := parent.Fun.(*ast.SelectorExpr); ok && e.bufferVar(sel.X) != nil {
			return true
		}
		fn := syntax.Callee(e.info, parent)
		if isFunc(fn, "fmt", "Fprintf", "Fprint", "Fprintln") {
			return len(parent.Args) > 0 && e.bufferVar(parent.Args[0]) != nil
		}
		// What takes text and returns text builds text.
		t := e.info.TypeOf(parent)
		return fn != nil && t != nil && hasText(t)
	case *ast.CompositeLit:
		return e.isJoined(parent)
	}
	return false
}

// Var returns the texts that a package variable may have. There is at least one.
func (e *Evaluator) Var(v *types.Var) []Text {
	e.steps = maxSteps
	return e.variable(v, v.Pos(), 0)
}

// Eval returns the texts that x may have. There is at least one.
func (e *Evaluator) Eval(x ast.Expr) []Text {
	e.steps = maxSteps
	return e.eval(x, 0)
}

func one(text string, pos token.Pos) []Text { return []Text{{{Text: text, Pos: pos}}} }

func hole(pos token.Pos) []Text { return one(Hole, pos) }

func (e *Evaluator) eval(x ast.Expr, depth int) []Text {
	if tv, ok := e.info.Types[x]; ok && tv.Value != nil {
		if tv.Value.Kind() == constant.String {
			lit := e.literal(x)
			return []Text{{{Text: constant.StringVal(tv.Value), Pos: lit.Pos(), End: lit.End()}}}
		}
		return number(x.Pos())
	}
	if e.steps--; depth > maxDepth || e.steps < 0 {
		return hole(x.Pos())
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.eval(x.X, depth)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return e.concat(operands(x), depth)
		}
	case *ast.Ident:
		if v, ok := e.info.Uses[x].(*types.Var); ok {
			return e.variable(v, x.Pos(), depth)
		}
	case *ast.SelectorExpr:
		if v, ok := e.info.Uses[x.Sel].(*types.Var); ok && !v.IsField() && e.ImportedVar != nil {
			return imported(e.ImportedVar(v), x.Pos())
		}
	case *ast.CallExpr:
		return e.call(x, 0, depth)
	}
	return hole(x.Pos())
}

// imported are the texts of something of another package, at its use.
func imported(texts []string, use token.Pos) []Text {
	if len(texts) == 0 {
		return hole(use)
	}
	all := make([]Text, len(texts))
	for i, t := range texts {
		all[i] = Text{{Text: t, Pos: use}}
	}
	return all
}

// operands flattens a + b + c without recursion: generated code has thousands.
func operands(x ast.Expr) []ast.Expr {
	var reversed []ast.Expr
	for {
		sum, ok := ast.Unparen(x).(*ast.BinaryExpr)
		if !ok || sum.Op != token.ADD {
			break
		}
		reversed = append(reversed, sum.Y)
		x = sum.X
	}
	all := []ast.Expr{x}
	for i := len(reversed) - 1; i >= 0; i-- {
		all = append(all, reversed[i])
	}
	return all
}

// literal finds the expression that a constant's INSERT is written in.
func (e *Evaluator) literal(x ast.Expr) ast.Expr {
	for range maxDepth {
		switch y := ast.Unparen(x).(type) {
		case *ast.BinaryExpr:
			next := ast.Expr(nil)
			for _, op := range operands(y) {
				if tv := e.info.Types[op]; tv.Value != nil && tv.Value.Kind() == constant.String && mentionsVerb(constant.StringVal(tv.Value)) {
					next = op
					break
				}
			}
			if next == nil {
				return x
			}
			x = next
		case *ast.Ident:
			c, ok := e.info.Uses[y].(*types.Const)
			if !ok || e.consts[c] == nil {
				return x
			}
			x = e.consts[c]
		default:
			return x
		}
	}
	return x
}

func (e *Evaluator) concat(xs []ast.Expr, depth int) []Text {
	all := []Text{nil}
	for _, x := range xs {
		all = product(all, e.eval(x, depth+1))
	}
	return all
}

// product appends every right to every left, up to maxAlternatives.
func product(left, right []Text) []Text {
	if len(right) == 1 {
		for i := range left {
			if len(left[i]) < maxSteps {
				left[i] = append(left[i], right[0]...)
			}
		}
		return left
	}
	var all []Text
	for _, l := range left {
		for _, r := range right {
			if len(all) < maxAlternatives {
				all = append(all, append(l[:len(l):len(l)], r...))
			}
		}
	}
	return all
}

// variable follows the assignments that stand before the use.
func (e *Evaluator) variable(v *types.Var, use token.Pos, depth int) []Text {
	if known, ok := e.known[v]; ok {
		return clone(known)
	}
	if v.IsField() {
		return hole(use)
	}
	local := v.Parent() != nil && v.Pkg() != nil && v.Parent() != v.Pkg().Scope()
	assigns, seen := e.assigns[v], 0
	for seen < len(assigns) && (!local || assigns[seen].pos < use) {
		seen++
	}
	if seen == 0 {
		seen = len(assigns) // a closure that is written before the assignment
	}
	if len(assigns) == 0 {
		if local {
			return []Text{{{Text: Hole, Pos: use, Param: v}}}
		}
		return e.embedded(v, "", use)
	}
	var values []Text
	for _, a := range assigns[:seen] {
		if a.add && len(values) == 0 {
			values = []Text{{{Text: Hole, Pos: use, Param: v}}}
		}
		if values != nil {
			e.known[v] = values
		} else {
			e.known[v] = hole(use)
		}
		var next []Text
		switch {
		case a.rhs == nil:
			next = hole(use)
		case a.index > 0:
			next = hole(use)
			if call, ok := ast.Unparen(a.rhs).(*ast.CallExpr); ok {
				next = e.call(call, a.index, depth+1)
			}
		default:
			next = e.eval(a.rhs, depth+1)
		}
		delete(e.known, v)
		switch {
		case a.add:
			// An append under a condition counts as if it always happened: the text
			// could have the clause.
			values = product(values, next)
		case len(values)+len(next) <= maxAlternatives:
			values = append(values, next...)
		}
	}
	if len(values) == 0 {
		return hole(use)
	}
	return values
}

func clone(texts []Text) []Text {
	all := make([]Text, len(texts))
	for i, t := range texts {
		all[i] = t[:len(t):len(t)]
	}
	return all
}
