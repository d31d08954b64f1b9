package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
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
			ast.Inspect(file, func(x ast.Node) bool {
				if call, ok := x.(*ast.CallExpr); ok {
					r.exemptCall(call)
				}
				return true
			})
		}
	}
	if r.workflows {
		r.findRecorders()
	}
	sort.Slice(r.exempt, func(i, j int) bool { return r.exempt[i].pos < r.exempt[j].pos })
}

func (r *reader) addExempt(x ast.Node) { r.exempt = append(r.exempt, stretch{x.Pos(), x.End()}) }

// recordedArg is the argument of a function of the SDK that is run once and recorded, or -1.
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
	return -1
}

func (r *reader) exemptCall(call *ast.CallExpr) {
	fn := syntax.Callee(r.Info, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) {
		return
	}
	if strings.HasPrefix(fn.Name(), "SetQueryHandler") {
		r.queries[call.Pos()] = true
		if len(call.Args) > 2 {
			r.exemptFunc(call.Args[2])
		}
		return
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

// markGuard marks what workflow.IsReplaying guards.
func (r *reader) markGuard(n *callgraph.Node, x *ast.IfStmt, stack []ast.Node) {
	mark := func(pos, end token.Pos) { n.Mark(callgraph.Mark{Pos: pos, End: end, Mask: hidden}) }
	switch r.replaying(x.Cond, 0) {
	case token.NOT:
		mark(x.Body.Pos(), x.Body.End())
	case token.LAND:
		if x.Else != nil {
			mark(x.Else.Pos(), x.Else.End())
		}
		if block, ok := innermost(n, stack).(*ast.BlockStmt); ok && syntax.Stops(x.Body.List) {
			mark(x.End(), block.End())
		}
	}
}

// innermost is what is directly around a node of a body.
func innermost(n *callgraph.Node, stack []ast.Node) ast.Node {
	if len(stack) == 0 {
		return n.Body
	}
	return stack[len(stack)-1]
}

// replaying returns NOT for a condition that is only true outside of a replay, LAND for one
// that is true in each replay.
func (r *reader) replaying(cond ast.Expr, depth int) token.Token {
	if depth > 10 { // a variable may be assigned what it is part of
		return token.ILLEGAL
	}
	switch x := ast.Unparen(cond).(type) {
	case *ast.CallExpr:
		if fn := syntax.Callee(r.Info, x); fn != nil && fn.Name() == "IsReplaying" { // the SDK's, or a wrapper of it
			return token.LAND
		}
	case *ast.Ident:
		if v := syntax.Var(r.Info, x); v != nil {
			if value := r.roles().Value(v); value != nil && syntax.Ident(value) == nil {
				return r.replaying(value, depth+1)
			}
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT && r.replaying(x.X, depth+1) == token.LAND {
			return token.NOT
		}
	case *ast.BinaryExpr:
		left, right := r.replaying(x.X, depth+1), r.replaying(x.Y, depth+1)
		if x.Op == token.LAND && (left == token.NOT || right == token.NOT) {
			return token.NOT
		}
		if x.Op == token.LOR && (left == token.LAND || right == token.LAND) {
			return token.LAND
		}
	}
	return token.ILLEGAL
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
	if !ok || !sdk.IsWorkflowCode(fn.Signature()) || len(r.recorded[fn]) > 0 {
		return
	}
	params := fn.Signature().Params()
	for i := range params.Len() {
		if v := params.At(i); syntax.IsFuncType(v.Type()) && r.onlyRecorded(fd.Body, v) {
			r.recorded[fn] = append(r.recorded[fn], i)
		}
	}
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
		if call, ok := stack[len(stack)-1].(*ast.CallExpr); ok && !in {
			for _, i := range r.recordedArgs(call) {
				in = in || i < len(call.Args) && call.Args[i] == ast.Expr(id)
			}
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
	if fn == nil || fn.Pkg() == nil || !sdk.IsWorkflowCode(fn.Signature()) {
		return nil
	}
	if fn.Pkg() == r.Pass.Pkg {
		return r.recorded[fn]
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

// findComments exempts the lines that a comment accepts: its own, or, if it stands alone,
// the next one.
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
