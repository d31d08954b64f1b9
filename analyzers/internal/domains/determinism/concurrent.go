package determinism

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// concurrent records what Go's own scheduler decides: goroutines, and operations of
// channels. Temporal's run one coroutine at a time, in an order that a replay repeats.
func (r *reader) concurrent(n *callgraph.Node, x ast.Node) {
	switch x := x.(type) {
	case *ast.GoStmt:
		r.add(n, Goroutine, "go statement", x.Pos(), x.Pos()+token.Pos(len("go")))
		// What runs there is not mended where it stands.
		n.Mark(callgraph.Mark{Pos: x.Pos(), End: x.End(), Mask: Differs})
	case *ast.SelectStmt:
		r.add(n, Channel, "select", x.Pos(), x.Pos()+token.Pos(len("select")))
		for _, s := range x.Body.List {
			if c, ok := s.(*ast.CommClause); ok && c.Comm != nil {
				n.Mark(callgraph.Mark{Pos: c.Comm.Pos(), End: c.Comm.End(), Mask: Differs})
			}
		}
	case *ast.SendStmt:
		r.channel(n, x.Chan, "send to "+types.ExprString(x.Chan), x.Pos(), x.End())
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			r.channel(n, x.X, "receive from "+types.ExprString(x.X), x.Pos(), x.End())
		}
	case *ast.RangeStmt:
		if _, ok := syntax.Under[*types.Chan](r.Info.TypeOf(x.X)); ok {
			r.channel(n, x.X, "range over "+types.ExprString(x.X), x.Pos(), x.X.End())
		}
	}
}

// A channelUse is a use of a channel that is judged when all of the package is read.
type channelUse struct {
	n        *callgraph.Node
	v        *types.Var
	what     string
	pos, end token.Pos
}

func (r *reader) channel(n *callgraph.Node, ch ast.Expr, what string, pos, end token.Pos) {
	if v := syntax.Var(r.Info, ch); v != nil && n.MaskAt(pos)&Differs == 0 {
		r.channels = append(r.channels, channelUse{n, v, what, pos, end})
		return
	}
	r.add(n, Channel, what, pos, end)
}

func (r *reader) findChannels() {
	for _, u := range r.channels {
		if !r.isPrivate(u.n, u.v) {
			r.add(u.n, Channel, u.what, u.pos, u.end)
		}
	}
}

// isPrivate reports whether a channel is a buffer that only the coroutines of a function, and
// of functions that it calls, use: nothing waits for it unless it is too small, and then for
// good, in every run.
func (r *reader) isPrivate(n *callgraph.Node, v *types.Var) bool {
	if private, ok := r.private[v]; ok {
		return private
	}
	r.private[v] = true // recursion adds nothing
	private := false
	if fn, i, ok := r.ParamOf(v); ok {
		private = !r.leaves(r.NodeOf(fn).Body, v) && r.givenPrivate(fn, i)
	} else {
		private = r.isBuffered(v) && !r.leaves(n.Top().Body, v)
	}
	r.private[v] = private
	return private
}

// givenPrivate reports whether every call of a function gives it a private channel.
func (r *reader) givenPrivate(fn *types.Func, i int) bool {
	to, called := r.NodeOf(fn), false
	for _, n := range r.Nodes {
		for j := range n.Edges {
			e := &n.Edges[j]
			if e.To != to {
				continue
			}
			if e.Call == nil || i >= len(e.Call.Args) {
				return false
			}
			v := syntax.Var(r.Info, e.Call.Args[i])
			if v == nil || !r.isPrivate(n, v) {
				return false
			}
			called = true
		}
	}
	return called
}

func (r *reader) isBuffered(v *types.Var) bool {
	call, ok := r.roles().Value(v).(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return false
	}
	size := r.Info.Types[call.Args[1]].Value
	return syntax.Builtin(r.Info, call) == "make" && (size == nil || size.ExactString() != "0")
}

// leaves reports whether a channel is used for more than to send, receive and close, here or
// in functions of the package, or in a go statement.
func (r *reader) leaves(body ast.Node, v *types.Var) bool {
	found := false
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || r.Info.Uses[id] != v || found || len(stack) == 0 {
			return !found
		}
		for _, outer := range stack {
			if _, ok := outer.(*ast.GoStmt); ok {
				found = true
			}
		}
		switch outer := stack[len(stack)-1].(type) {
		case *ast.SendStmt:
			found = found || outer.Chan != id
		case *ast.UnaryExpr, *ast.RangeStmt:
		case *ast.CallExpr:
			found = found || !r.keepsHere(outer, id)
		default:
			found = true
		}
		return true
	})
	return found
}

// keepsHere reports whether a call that is given a channel does not hand it on.
func (r *reader) keepsHere(call *ast.CallExpr, arg *ast.Ident) bool {
	if name := syntax.Builtin(r.Info, call); name != "" {
		return name != "append"
	}
	fn := syntax.Callee(r.Info, call)
	if fn == nil || r.NodeOf(fn.Origin()) == nil {
		return false
	}
	n := r.NodeOf(fn.Origin())
	for i, x := range call.Args {
		if x == ast.Expr(arg) && i < n.Sig.Params().Len() {
			private, ok := r.private[n.Sig.Params().At(i)]
			if !ok {
				r.private[n.Sig.Params().At(i)] = true
				private = !r.leaves(n.Body, n.Sig.Params().At(i))
				delete(r.private, n.Sig.Params().At(i))
			}
			return private
		}
	}
	return false
}
