package sqltext

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
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

	files   []*ast.File
	assigns map[*types.Var][]assign
	writes  map[*types.Var][]write // to a strings.Builder or bytes.Buffer
	consts  map[*types.Const]ast.Expr
	decls   map[*types.Func]*ast.FuncDecl
	known   map[*types.Var][]Text // what a variable holds while an expression is evaluated
	calls   []*types.Func         // the functions being evaluated
	steps   int                   // left for the expression being evaluated
}

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

// Decl returns the declaration of a function of the package.
func (e *Evaluator) Decl(fn *types.Func) *ast.FuncDecl { return e.decls[fn] }

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
			if rhs != nil && hasText(obj.Type()) {
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
	if v, ok := e.info.ObjectOf(id).(*types.Var); ok && hasText(v.Type()) {
		return v
	}
	return nil
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
	fn := e.callee(call)
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
		fn := e.callee(parent)
		if isFunc(fn, "fmt", "Fprintf", "Fprint", "Fprintln") {
			return len(parent.Args) > 0 && e.bufferVar(parent.Args[0]) != nil
		}
		// What takes text and returns text builds text.
		t := e.info.TypeOf(parent)
		return fn != nil && t != nil && hasText(t)
	}
	return false
}

// textFuncs of package strings return their first argument, more or less: a
// statement stays the statement that it is.
var textFuncs = []string{"TrimSpace", "Trim", "TrimLeft", "TrimRight", "TrimSuffix", "TrimPrefix", "Replace", "ReplaceAll", "ToUpper", "ToLower", "Join", "Repeat", "Clone"}

func isFunc(fn *types.Func, pkg string, names ...string) bool {
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != pkg {
		return false
	}
	for _, name := range names {
		if fn.Name() == name {
			return true
		}
	}
	return false
}

func (e *Evaluator) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	var id *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := e.info.Uses[id].(*types.Func)
	if fn != nil {
		fn = fn.Origin()
	}
	return fn
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
	case *ast.CallExpr:
		return e.call(x, 0, depth)
	}
	return hole(x.Pos())
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
		return hole(use)
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
	fn := e.callee(call)
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
	case fn == nil:
		return hole(call.Pos())
	}
	if decl := e.decls[fn]; decl != nil && decl.Body != nil {
		return e.helper(fn, decl, call, i, depth)
	}
	if e.Imported != nil {
		if texts := e.Imported(fn, i); texts != nil {
			all := make([]Text, len(texts))
			for k, t := range texts {
				all[k] = Text{{Text: t, Pos: call.Pos()}}
			}
			return all
		}
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
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			var texts []Text
			switch {
			case i < len(n.Results) && len(n.Results) > 1 || len(n.Results) == 1 && i == 0:
				texts = e.eval(n.Results[i], depth+1)
			default:
				texts = hole(n.Pos())
			}
			if len(all)+len(texts) <= maxAlternatives {
				all = append(all, texts...)
			}
		}
		return true
	})
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
