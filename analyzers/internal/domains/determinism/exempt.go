package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A stretch of code is not run on a replay, or its result is recorded.
type stretch struct{ pos, end token.Pos }

// findExempt looks for such stretches in all files, before bodies are read.
func (r *reader) findExempt() {
	for _, file := range r.Files {
		r.findComments(file)
		if r.workflows {
			r.findStretches(file)
		}
	}
	if r.workflows {
		r.findRecorders()
	}
	sort.Slice(r.exempt, func(i, j int) bool { return r.exempt[i].pos < r.exempt[j].pos })
}

// findStretches looks for them in a file of a package that imports the SDK.
func (r *reader) findStretches(file *ast.File) {
	ast.PreorderStack(file, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncDecl:
			r.exemptInterceptor(x)
		case *ast.CallExpr:
			r.exemptCall(x)
		case *ast.CompositeLit:
			r.exemptValidator(x)
		case *ast.AssignStmt:
			r.noteAssertion(x)
			r.exemptAssigned(x)
		case *ast.IfStmt:
			r.exemptGuarded(x, stack)
		case *ast.TypeSwitchStmt:
			r.exemptCases(x)
		}
		return true
	})
}

func (r *reader) addExempt(x ast.Node) { r.exempt = append(r.exempt, stretch{x.Pos(), x.End()}) }

// exemptValidator exempts the validator of an update, in its options: the SDK does not ask it on a
// replay.
func (r *reader) exemptValidator(lit *ast.CompositeLit) {
	if kv := syntax.Field(lit, "Validator"); kv != nil && sdk.IsNamed(r.Info.TypeOf(lit), "UpdateHandlerOptions") {
		r.exemptFunc(kv.Value)
	}
}

// exemptInterceptor exempts what an interceptor does around a query or a validator, neither of which is
// part of a history.
func (r *reader) exemptInterceptor(decl *ast.FuncDecl) {
	if decl.Body == nil || decl.Name.Name != "HandleQuery" && decl.Name.Name != "ValidateUpdate" {
		return
	}
	fn, ok := r.Info.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	for v := range fn.Signature().Params().Variables() {
		if sdk.IsNamed(syntax.Deref(v.Type()), "HandleQueryInput", "UpdateInput") {
			r.addExempt(decl.Body)
		}
	}
}

// exemptAssigned exempts a validator that is assigned to a field of the options.
func (r *reader) exemptAssigned(a *ast.AssignStmt) {
	for i, lhs := range a.Lhs {
		sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
		if ok && len(a.Lhs) == len(a.Rhs) && sel.Sel.Name == "Validator" && sdk.IsNamed(r.Info.TypeOf(sel.X), "UpdateHandlerOptions") {
			r.exemptFunc(a.Rhs[i])
		}
	}
}

// recordedArg is the argument of a function of the SDK that is not run on a replay, or run once
// and recorded, or -1.
func recordedArg(fn *types.Func) int {
	if !sdk.InSDK(fn.Pkg()) || fn.Signature().Recv() != nil {
		return -1
	}
	switch fn.Name() {
	case "SideEffect", "SideEffectWithOptions":
		return fn.Signature().Params().Len() - 1
	case "MutableSideEffect", "MutableSideEffectWithOptions":
		return fn.Signature().Params().Len() - 2
	case "ExecuteLocalActivity":
		return 1
	}
	if sdk.SetsHandler(fn) == "query" {
		return 2
	}
	return -1
}

func (r *reader) exemptCall(call *ast.CallExpr) {
	fn := syntax.Callee(r.Info, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) {
		return
	}
	if sdk.SetsHandler(fn) == "query" {
		r.queries[call.Pos()] = true
	}
	if i := recordedArg(fn); i >= 0 && i < len(call.Args) {
		r.exemptFunc(call.Args[i])
	}
}

// exemptFunc exempts a function value: where it is written, or by name.
func (r *reader) exemptFunc(x ast.Expr) {
	r.addExempt(x)
	x = ast.Unparen(x)
	if v := syntax.Var(r.Info, x); v != nil {
		for _, value := range r.roles().Values(v) {
			if value != nil {
				r.addExempt(value)
			}
		}
		return
	}
	id := syntax.Ident(x)
	if sel, ok := x.(*ast.SelectorExpr); ok {
		id = sel.Sel
	}
	if id != nil {
		if fn, ok := r.Info.Uses[id].(*types.Func); ok {
			r.effects[fn.Origin()] = true
		}
	}
}

// findRecorders looks for functions that only run a function that they are given where its
// result is recorded. One may call another that stands below it.
func (r *reader) findRecorders() {
	for range 3 {
		before := len(r.recorded)
		for _, file := range r.Files {
			for _, decl := range file.Decls {
				if fd, ok := decl.(*ast.FuncDecl); ok && fd.Body != nil {
					r.findRecorder(fd)
				}
			}
		}
		if len(r.recorded) == before {
			return
		}
	}
}

func (r *reader) findRecorder(fd *ast.FuncDecl) {
	fn, ok := r.Info.Defs[fd.Name].(*types.Func)
	if !ok || !r.workflows || len(r.recorded[fn]) > 0 {
		return
	}
	params := fn.Signature().Params()
	for i := range params.Len() {
		if v := params.At(i); mayHold(v.Type()) && r.onlyRecorded(fd.Body, v) {
			r.recorded[fn] = append(r.recorded[fn], i)
		}
	}
}

// mayHold reports whether a value may be a function, or have functions, to be recorded.
func mayHold(t types.Type) bool {
	t = syntax.Element(t)
	i, ok := syntax.Under[*types.Interface](t)
	return syntax.IsFuncType(t) || ok && i.Empty()
}

// onlyRecorded reports whether each use of a parameter is in an exempt stretch, or is an
// argument that is recorded.
func (r *reader) onlyRecorded(body *ast.BlockStmt, v *types.Var) bool {
	uses, recorded := 0, 0
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || r.Info.Uses[id] != v {
			return true
		}
		uses++
		in := r.isExempt(id.Pos())
		switch parent := stack[len(stack)-1].(type) {
		case *ast.CallExpr:
			for _, i := range r.recordedArgs(parent) {
				in = in || i < len(parent.Args) && parent.Args[i] == ast.Expr(id)
			}
		case *ast.RangeStmt:
			value := syntax.Var(r.Info, parent.Value)
			in = in || parent.X == ast.Expr(id) && value != nil && r.onlyRecorded(parent.Body, value)
		}
		if in {
			recorded++
		}
		return true
	})
	return uses > 0 && uses == recorded
}

func (r *reader) isExempt(pos token.Pos) bool {
	for _, s := range r.exempt {
		if s.pos <= pos && pos < s.end {
			return true
		}
	}
	return false
}

// recordedArgs are the arguments of a call that the called function of the program records.
func (r *reader) recordedArgs(call *ast.CallExpr) []int {
	fn := syntax.Callee(r.Info, call)
	switch {
	case fn == nil || fn.Pkg() == nil:
		return nil
	case fn.Pkg() == r.Pass.Pkg:
		return r.recorded[fn]
	case fn.Signature().Recv() == nil && !sdk.IsWorkflowCode(fn.Signature()):
		return nil
	}
	return r.imported(fn).Recorded
}

// markExempt marks the stretches of a body.
func (r *reader) markExempt(n *callgraph.Node) {
	from := n.Body.Pos()
	if n.Decl != nil {
		from = n.Decl.Pos()
		if n.Decl.Doc != nil && ignores(n.Decl.Doc) {
			n.Mark(callgraph.Mark{Pos: n.Body.Pos(), End: n.Body.End(), Mask: hidden})
		}
	}
	i := sort.Search(len(r.exempt), func(i int) bool { return r.exempt[i].pos >= from })
	for ; i < len(r.exempt) && r.exempt[i].pos < n.Body.End(); i++ {
		n.Mark(callgraph.Mark{Pos: r.exempt[i].pos, End: r.exempt[i].end, Mask: hidden})
	}
}

// markRecorded marks the arguments of a call that are recorded.
func (r *reader) markRecorded(n *callgraph.Node, call *ast.CallExpr) {
	if !r.workflows || len(call.Args) < 2 {
		return
	}
	for _, i := range r.recordedArgs(call) {
		if i < len(call.Args) {
			r.queries[call.Pos()] = true
			n.Mark(callgraph.Mark{Pos: call.Args[i].Pos(), End: call.Args[i].End(), Mask: hidden})
		}
	}
}

// ignoring is the comment of Temporal's own checker that accepts a line or a function.
const ignoring = "//workflowcheck:ignore"

func ignores(group *ast.CommentGroup) bool {
	for _, c := range group.List {
		if strings.HasPrefix(c.Text, ignoring) {
			return true
		}
	}
	return false
}

// findComments exempts the lines that a comment accepts: its own and the next one.
func (r *reader) findComments(file *ast.File) {
	tf := r.Pass.Fset.File(file.FileStart)
	for _, group := range file.Comments {
		for _, c := range group.List {
			if tf == nil || !strings.HasPrefix(c.Text, ignoring) {
				continue
			}
			line := tf.Line(c.Pos())
			end := token.Pos(tf.Base() + tf.Size())
			if line+2 <= tf.LineCount() {
				end = tf.LineStart(line + 2)
			}
			r.exempt = append(r.exempt, stretch{tf.LineStart(line), end})
		}
	}
}

// suits: a function that works with a workflow.Context, or a method of what workflow code makes, is
// the one that workflow code is given, where an activity or a test is given another.
func (r *reader) suits(fn *types.Func, n *callgraph.Node) facts.Kind {
	if fn != nil && (sdk.IsWorkflowCode(fn.Signature()) || holdsContext(fn.Signature().Recv()) || r.isMade(fn)) || n != nil && usesContext(r.Info, n.Body) {
		return hidden
	}
	return 0
}

// noteMade notes the type of a value that workflow code makes, by a literal, a conversion or a
// constructor.
func (r *reader) noteMade(n *callgraph.Node, x ast.Node) {
	value, ok := x.(ast.Expr)
	if !ok || !r.workflows {
		return
	}
	switch x.(type) {
	case *ast.CompositeLit, *ast.CallExpr:
	default:
		return
	}
	if top := n.Top(); top.Sig == nil || !sdk.IsWorkflowCode(top.Sig) {
		return
	}
	if t := syntax.FirstType(r.Info, value); t != nil {
		if named, ok := types.Unalias(syntax.Deref(t)).(*types.Named); ok && !types.IsInterface(named) {
			r.made[named.Obj()] = true
		}
	}
}

// isMade reports whether workflow code makes the receiver of a method.
func (r *reader) isMade(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	named, ok := types.Unalias(syntax.Deref(recv.Type())).(*types.Named)
	return ok && r.made[named.Obj()]
}

// holdsContext reports whether a receiver is a struct with a workflow.Context.
func holdsContext(recv *types.Var) bool {
	if recv == nil {
		return false
	}
	st, ok := syntax.StructOf(syntax.Deref(recv.Type()))
	for i := 0; ok && i < st.NumFields(); i++ {
		if sdk.IsWorkflowContext(st.Field(i).Type()) {
			return true
		}
	}
	return false
}

// usesContext reports whether a body names a workflow.Context.
func usesContext(info *types.Info, body ast.Node) bool {
	found := false
	ast.Inspect(body, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok && !found {
			v, isVar := info.Uses[id].(*types.Var)
			found = isVar && sdk.IsWorkflowContext(v.Type())
		}
		return !found
	})
	return found
}
