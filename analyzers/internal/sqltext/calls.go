package sqltext

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// textFuncs of package strings return their first argument, more or less: a
// statement stays the statement that it is.
var textFuncs = []string{"TrimSpace", "Trim", "TrimLeft", "TrimRight", "TrimSuffix", "TrimPrefix", "Replace", "ReplaceAll", "ToUpper", "ToLower", "Join", "Repeat", "Clone"}

func isFunc(fn *types.Func, pkg string, names ...string) bool {
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == pkg && slices.Contains(names, fn.Name())
}

// call evaluates result i of a call.
func (e *Evaluator) call(call *ast.CallExpr, i, depth int) []Text {
	if tv, ok := e.info.Types[call.Fun]; ok && tv.IsType() && len(call.Args) == 1 {
		return e.eval(call.Args[0], depth+1)
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "String" {
		if v := e.bufferVar(sel.X); v != nil {
			return e.buffer(v, call.Pos())
		}
	}
	fn := syntax.Callee(e.info, call)
	switch {
	case isFunc(fn, "fmt", "Sprintf"):
		return e.sprintf(call.Args, depth)
	case isFunc(fn, "fmt", "Sprint", "Sprintln"):
		return e.concat(call.Args, depth)
	case isFunc(fn, "strings", "Join"):
		return e.join(call, depth)
	case fn != nil && fn.Name() == "Rebind" && len(call.Args) > 0: // of sqlx and its like
		return e.eval(call.Args[len(call.Args)-1], depth+1)
	case isFunc(fn, "strings", "Repeat"):
		return one(ListHole, call.Pos())
	case isFunc(fn, "strings", textFuncs...) && len(call.Args) > 0:
		return e.eval(call.Args[0], depth+1)
	case isFunc(fn, "embed", "ReadFile") && len(call.Args) == 1:
		return e.readEmbedded(call, depth)
	case fn == nil:
		return hole(call.Pos())
	}
	if decl := e.decls[fn]; decl != nil && decl.Body != nil {
		return e.helper(fn, decl, call, i, depth)
	}
	if e.Imported != nil {
		return imported(e.Imported(fn, i), call.Pos())
	}
	return hole(call.Pos())
}

// buffer returns what was written before pos.
func (e *Evaluator) buffer(v *types.Var, pos token.Pos) []Text {
	if known, ok := e.known[v]; ok {
		return clone(known)
	}
	e.known[v] = hole(pos)
	defer delete(e.known, v)
	all := []Text{nil}
	for _, w := range e.writesTo(v) {
		if w.pos < pos {
			all = product(all, w.text())
		}
	}
	if len(all[0]) == 0 {
		return hole(pos)
	}
	return all
}

// join evaluates strings.Join of a slice literal; any other slice is a list if
// a comma separates its elements.
func (e *Evaluator) join(call *ast.CallExpr, depth int) []Text {
	if len(call.Args) != 2 {
		return hole(call.Pos())
	}
	sep := e.eval(call.Args[1], depth+1)
	list := ast.Unparen(call.Args[0])
	var more []ast.Expr
	if v := e.stringVar(list); v != nil && len(e.assigns[v]) > 0 {
		list = e.assigns[v][0].rhs
		for _, a := range e.assigns[v][1:] {
			if app, ok := ast.Unparen(a.rhs).(*ast.CallExpr); ok && len(app.Args) > 1 && a.pos < call.Pos() {
				more = append(more, app.Args[1:]...)
			} else {
				list = nil
			}
		}
	}
	if lit, ok := list.(*ast.CompositeLit); ok {
		all := []Text{nil}
		for i, elt := range append(lit.Elts[:len(lit.Elts):len(lit.Elts)], more...) {
			if i > 0 {
				all = product(all, sep)
			}
			all = product(all, e.eval(elt, depth+1))
		}
		return all
	}
	if strings.Contains(sep[0].String(), ",") {
		return one(ListHole, call.Pos())
	}
	return hole(call.Pos())
}

// isJoined reports whether strings.Join makes one text of a list, itself or as a variable.
func (e *Evaluator) isJoined(lit *ast.CompositeLit) bool {
	if t := e.info.TypeOf(lit); t == nil || !hasText(t) {
		return false
	}
	if e.joined == nil {
		e.joined = make(map[*ast.CompositeLit]bool)
		for _, file := range e.files {
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 2 && isFunc(syntax.Callee(e.info, call), "strings", "Join") {
					e.noteJoined(ast.Unparen(call.Args[0]))
				}
				return true
			})
		}
	}
	return e.joined[lit]
}

// noteJoined notes the lists that an expression is.
func (e *Evaluator) noteJoined(x ast.Expr) {
	lists := []ast.Expr{x}
	if v := e.stringVar(x); v != nil {
		for _, a := range e.assigns[v] {
			lists = append(lists, a.rhs)
		}
	}
	for _, x := range lists {
		if lit, ok := x.(*ast.CompositeLit); ok {
			e.joined[lit] = true
		}
	}
}

// helper evaluates what a function of the package returns for these arguments.
func (e *Evaluator) helper(fn *types.Func, decl *ast.FuncDecl, call *ast.CallExpr, i, depth int) []Text {
	for _, active := range e.calls {
		if active == fn {
			return hole(call.Pos())
		}
	}
	if len(e.calls) > 4 {
		return hole(call.Pos())
	}
	sig := fn.Signature()
	if i >= sig.Results().Len() || !hasText(sig.Results().At(i).Type()) {
		return hole(call.Pos())
	}
	// Parameters have the arguments' text while the body is read.
	for k := 0; k < sig.Params().Len() && k < len(call.Args); k++ {
		p := sig.Params().At(k)
		if _, busy := e.known[p]; busy || !hasText(p.Type()) || sig.Variadic() && k == sig.Params().Len()-1 {
			continue
		}
		text := e.eval(call.Args[k], depth+1)
		e.known[p] = text
		defer delete(e.known, p)
	}
	e.calls = append(e.calls, fn)
	defer func() { e.calls = e.calls[:len(e.calls)-1] }()
	if all := e.returned(decl, i, depth); all != nil {
		return all
	}
	return hole(call.Pos())
}

// Returned returns the templates of result i of a declared function, parameters
// being holes.
func (e *Evaluator) Returned(decl *ast.FuncDecl, i int) []Text {
	e.steps = maxSteps
	return e.returned(decl, i, 0)
}

func (e *Evaluator) returned(decl *ast.FuncDecl, i, depth int) []Text {
	var all []Text
	for ret := range syntax.Returns(decl.Body) {
		var texts []Text
		switch {
		case i < len(ret.Results) && len(ret.Results) > 1 || len(ret.Results) == 1 && i == 0:
			texts = e.eval(ret.Results[i], depth+1)
		default:
			texts = hole(ret.Pos())
		}
		if len(all)+len(texts) <= maxAlternatives {
			all = append(all, texts...)
		}
	}
	return all
}

// sprintf fills the verbs of a format.
func (e *Evaluator) sprintf(args []ast.Expr, depth int) []Text {
	if len(args) == 0 {
		return []Text{nil}
	}
	var all []Text
	for _, format := range e.eval(args[0], depth+1) {
		texts := []Text{nil}
		next := 0
		for _, part := range format {
			texts = e.fill(texts, part, args[1:], &next, depth)
		}
		if len(all)+len(texts) <= maxAlternatives {
			all = append(all, texts...)
		}
	}
	if all == nil {
		return hole(args[0].Pos())
	}
	return all
}

func (e *Evaluator) fill(texts []Text, part Part, args []ast.Expr, next *int, depth int) []Text {
	format := part.Text
	literal := func(s string) {
		if s != "" {
			texts = product(texts, []Text{{{Text: s, Pos: part.Pos, End: part.End, Param: part.Param}}})
		}
	}
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 || i+1 >= len(format) {
			literal(format)
			return texts
		}
		literal(format[:i])
		format = format[i+1:]
		// Have: format starts behind a %. Flags and width do not matter here.
		end := strings.IndexFunc(format, func(r rune) bool { return r == '%' || 'a' <= r|0x20 && r|0x20 <= 'z' })
		if end < 0 {
			literal("%" + format)
			return texts
		}
		verb, flags := format[end], format[:end]
		format = format[end+1:]
		if verb == '%' {
			literal("%")
			continue
		}
		if open := strings.IndexByte(flags, '['); open >= 0 {
			*next = 0
			for _, d := range flags[open+1:] {
				if d < '0' || d > '9' || *next > len(args) {
					break
				}
				*next = *next*10 + int(d-'0')
			}
			*next--
		}
		value := hole(part.Pos)
		if *next >= 0 && *next < len(args) {
			value = e.formatted(verb, args[*next], depth)
		}
		*next++
		texts = product(texts, value)
	}
}

// formatted is the text of one argument under a verb.
func (e *Evaluator) formatted(verb byte, arg ast.Expr, depth int) []Text {
	switch verb {
	case 's', 'v':
	case 'q':
		return one(ListHole, arg.Pos())
	default:
		return number(arg.Pos())
	}
	t := e.info.TypeOf(arg)
	if t == nil {
		return hole(arg.Pos())
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		if b.Info()&types.IsString != 0 {
			return e.eval(arg, depth+1)
		}
		return number(arg.Pos())
	}
	return hole(arg.Pos())
}

// number is the text of any number: behind a $ a name would start a quoted string.
func number(pos token.Pos) []Text { return one("1", pos) }
