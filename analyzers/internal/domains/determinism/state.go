package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An access is the use of a package variable.
type access struct {
	n        *callgraph.Node
	v        *types.Var
	pos, end token.Pos
}

// packageVar is the package variable of the program that an expression is part of, or nil.
func (r *reader) packageVar(x ast.Expr) *types.Var {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.SelectorExpr:
			if v, ok := r.Info.Uses[y.Sel].(*types.Var); ok && !v.IsField() {
				return ofPackage(v)
			}
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		case *ast.Ident:
			v, _ := r.Info.Uses[y].(*types.Var)
			return ofPackage(v)
		default:
			return nil
		}
	}
}

func ofPackage(v *types.Var) *types.Var {
	if v == nil || v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return nil
	}
	return v
}

// assigns records what a statement writes.
func (r *reader) assigns(n *callgraph.Node, x ast.Node, stack []ast.Node) {
	var targets []ast.Expr
	switch x := x.(type) {
	case *ast.AssignStmt:
		if x.Tok != token.DEFINE {
			targets = x.Lhs
		}
	case *ast.IncDecStmt:
		targets = []ast.Expr{x.X}
	}
	for _, target := range targets {
		if v := r.packageVar(target); v != nil {
			r.write(n, v, target, stack)
		}
	}
}

// mutating are methods of sync/atomic's types, and functions, that change what they are
// called on.
var mutating = []string{"Add", "Store", "Swap", "CompareAndSwap", "And", "Or"}

// mutates records what a call of package sync/atomic, or delete, writes.
func (r *reader) mutates(n *callgraph.Node, call *ast.CallExpr, stack []ast.Node) {
	target := call.Fun
	if fn := syntax.Callee(r.Info, call); fn != nil {
		if fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" || !startsWithAny(fn.Name(), mutating) {
			return
		}
		if fn.Signature().Recv() == nil {
			if len(call.Args) == 0 {
				return
			}
			address, ok := ast.Unparen(call.Args[0]).(*ast.UnaryExpr)
			if !ok {
				return
			}
			target = address.X
		}
	} else if id := syntax.Ident(call.Fun); id != nil && id.Name == "delete" && len(call.Args) == 2 {
		target = call.Args[0]
	} else {
		return
	}
	if v := r.packageVar(target); v != nil {
		r.write(n, v, call, stack)
	}
}

func startsWithAny(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func (r *reader) write(n *callgraph.Node, v *types.Var, at ast.Expr, stack []ast.Node) {
	if n.Init || r.Generated(at.Pos()) || n.Top().Fn != nil && n.Top().Fn.Name() == "init" && n.Top().Fn.Signature().Recv() == nil {
		return
	}
	if r.guarded(v, at, stack) {
		return
	}
	r.writes = append(r.writes, access{n, v, at.Pos(), at.End()})
	r.add(n, Write, "write to "+v.Pkg().Name()+"."+v.Name(), at.Pos(), at.End())
}

// guarded reports whether a condition about a variable decides that it is written: what is
// computed when it is first needed, and kept, is the same whoever computes it.
func (r *reader) guarded(v *types.Var, at ast.Node, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		var list []ast.Stmt
		switch x := stack[i].(type) {
		case *ast.IfStmt:
			if r.asksFor(x, v) {
				return true
			}
		case *ast.BlockStmt:
			list = x.List
		case *ast.CaseClause:
			list = x.Body
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
		if r.decides(list, v, at) {
			return true
		}
	}
	return false
}

// decides reports whether one of the statements up to at decides by the variable whether at
// is reached: by a condition, which may be about what was read of it before.
func (r *reader) decides(list []ast.Stmt, v *types.Var, at ast.Node) bool {
	found := make(map[*types.Var]bool) // what was read of the variable
	for _, s := range list {
		if s.Pos() <= at.Pos() && at.Pos() < s.End() {
			x, ok := s.(*ast.IfStmt)
			return ok && r.mentionsAny(x.Cond, found)
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			if !slices.ContainsFunc(s.Rhs, func(rhs ast.Expr) bool { return syntax.Mention(r.Info, rhs, v).IsValid() }) {
				break
			}
			for _, lhs := range s.Lhs {
				if local := syntax.Var(r.Info, lhs); local != nil {
					found[local] = true
				}
			}
		case *ast.IfStmt:
			if syntax.Stops(s.Body.List) && (r.asksFor(s, v) || r.mentionsAny(s.Cond, found)) {
				return true
			}
		}
	}
	return false
}

func (r *reader) asksFor(x *ast.IfStmt, v *types.Var) bool {
	return syntax.Mention(r.Info, x.Cond, v).IsValid() || x.Init != nil && syntax.Mention(r.Info, x.Init, v).IsValid()
}

func (r *reader) mentionsAny(x ast.Node, vars map[*types.Var]bool) bool {
	for v := range vars {
		if syntax.Mention(r.Info, x, v).IsValid() {
			return true
		}
	}
	return false
}

// findReads records the reads of variables that activities of this package write: whether
// one has run in this process decides what a workflow reads.
func (r *reader) findReads() {
	written := make(map[*types.Var]bool)
	if len(r.writes) > 0 && len(r.reads) > 0 {
		behind := r.behindActivities()
		for _, w := range r.writes {
			if behind[w.n] {
				written[w.v] = true
			}
		}
	}
	for _, a := range r.reads {
		if written[a.v] {
			r.add(a.n, Read, "read of "+a.v.Pkg().Name()+"."+a.v.Name(), a.pos, a.end)
		}
	}
}

// behindActivities are the functions of this package that its activities call.
func (r *reader) behindActivities() map[*callgraph.Node]bool {
	seen := make(map[*callgraph.Node]bool)
	var queue []*callgraph.Node
	for _, u := range r.roles().Uses {
		if u.Kind != sdk.RegisterActivity && u.Kind != sdk.ExecuteActivity || u.Target.Fn == nil {
			continue
		}
		if n := r.NodeOf(u.Target.Fn.Origin()); n != nil {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		for i := range n.Edges {
			if to := n.Edges[i].To; to != nil && !to.Init {
				queue = append(queue, to)
			}
		}
	}
	return seen
}
