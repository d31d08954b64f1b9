package workerstop

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// uses is what a package does with a worker that a variable or field holds.
type uses struct {
	starts []start
	stops  []stop
	// escapes: it is returned, stored or handed on, and may be stopped there.
	escapes bool
}

// A start is a call that makes a worker poll.
type start struct {
	call *ast.CallExpr
	decl *ast.FuncDecl
	// blocks: Run with InterruptCh in the goroutine of its function.
	blocks bool
}

// A stop is a call of Stop or StopWorkerFaster, or their mention as a value.
type stop struct {
	node  ast.Node // the call, or the method value
	decl  *ast.FuncDecl
	plain bool // Stop of the SDK's type
	// later: it is deferred, in a closure, or a value: it covers every path.
	later bool
}

// collect notes the uses of workers in a function and its closures.
func (c *checker) collect(decl *ast.FuncDecl) {
	ast.PreorderStack(decl.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := c.Info.Uses[id].(*types.Var)
		if !ok || !types.IsInterface(v.Type()) {
			return true
		}
		holder := c.Holder(id)
		if holder == nil {
			holder = v
		}
		if !sdk.IsWorker(holder.Type()) {
			return true
		}
		// The variable itself, or the field at the end of a selector.
		var x ast.Expr = id
		if len(stack) > 0 {
			if sel, ok := stack[len(stack)-1].(*ast.SelectorExpr); ok && sel.Sel == id {
				x, stack = sel, stack[:len(stack)-1]
			}
		}
		u := c.uses[holder]
		c.use(&u, decl, x, stack)
		c.uses[holder] = u
		return true
	})
}

// use classifies one mention of a worker by what stands around it.
func (c *checker) use(u *uses, decl *ast.FuncDecl, x ast.Expr, stack []ast.Node) {
	for len(stack) > 0 {
		paren, ok := stack[len(stack)-1].(*ast.ParenExpr)
		if !ok {
			break
		}
		x, stack = paren, stack[:len(stack)-1]
	}
	if len(stack) == 0 {
		return
	}
	switch parent := stack[len(stack)-1].(type) {
	case *ast.SelectorExpr:
		c.method(u, decl, parent, stack[:len(stack)-1])
	case *ast.CallExpr:
		c.argument(u, decl, parent, x, stack[:len(stack)-1])
	case *ast.BinaryExpr, *ast.ExprStmt:
	case *ast.AssignStmt:
		for i, rhs := range parent.Rhs {
			if rhs == x {
				u.escapes = u.escapes || i >= len(parent.Lhs) || !c.renames(parent.Lhs[i], x)
			}
		}
	case *ast.ValueSpec:
		for i, value := range parent.Values {
			if value == x {
				u.escapes = u.escapes || i >= len(parent.Names) || !c.renames(parent.Names[i], x)
			}
		}
	default:
		u.escapes = true // returned, in a literal, sent
	}
}

// renames reports whether a variable that is given a worker is just another name for it.
func (c *checker) renames(lhs, x ast.Expr) bool {
	return syntax.IsBlank(lhs) || c.Holder(lhs) == c.Holder(x)
}

// method handles w.Start, w.Run, w.Stop.
func (c *checker) method(u *uses, decl *ast.FuncDecl, sel *ast.SelectorExpr, stack []ast.Node) {
	var call *ast.CallExpr
	if len(stack) > 0 {
		if parent, ok := stack[len(stack)-1].(*ast.CallExpr); ok && parent.Fun == sel {
			call, stack = parent, stack[:len(stack)-1]
		}
	}
	switch sel.Sel.Name {
	case "Stop":
		s := stop{node: sel, decl: decl, plain: sdk.IsWorker(c.Info.TypeOf(sel.X)), later: call == nil || later(stack)}
		if call != nil {
			s.node = call
		}
		u.stops = append(u.stops, s)
	case "Start":
		if call != nil {
			u.starts = append(u.starts, start{call: call, decl: decl})
		}
	case "Run":
		switch {
		case call == nil:
			u.escapes = true // handed to what runs it
		case c.forever(call):
			u.starts = append(u.starts, start{call: call, decl: decl, blocks: !concurrent(stack)})
		}
	}
}

// argument handles StopWorkerFaster(w) and other functions that get the worker.
func (c *checker) argument(u *uses, decl *ast.FuncDecl, call *ast.CallExpr, x ast.Expr, stack []ast.Node) {
	fn := syntax.Callee(c.Info, call)
	switch {
	case fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == runtimeWorkers:
		u.stops = append(u.stops, stop{node: call, decl: decl, later: later(stack)})
	case c.Info.Types[call.Fun].IsType():
		c.use(u, decl, call, stack)
	case fn != nil && c.onlyRegisters(fn, call, x):
	default:
		u.escapes = true
	}
}

// onlyRegisters reports whether the parameter that gets the worker has no Stop: the
// function can do nothing but register.
func (c *checker) onlyRegisters(fn *types.Func, call *ast.CallExpr, x ast.Expr) bool {
	params := fn.Signature().Params()
	for i, arg := range call.Args {
		if arg == x && i < params.Len() {
			iface, ok := params.At(i).Type().Underlying().(*types.Interface)
			if !ok || iface.Empty() {
				return false
			}
			for m := range iface.Methods() {
				if m.Name() == "Stop" {
					return false
				}
			}
			return true
		}
	}
	return false
}

// later reports whether code runs deferred or in a closure.
func later(stack []ast.Node) bool {
	for _, n := range stack {
		switch n.(type) {
		case *ast.DeferStmt, *ast.FuncLit:
			return true
		}
	}
	return false
}

// concurrent reports whether code runs in another goroutine: in a go statement, or in
// a closure that something else calls, except those that t.Run calls.
func concurrent(stack []ast.Node) bool {
	for i, n := range stack {
		switch n.(type) {
		case *ast.GoStmt:
			return true
		case *ast.FuncLit:
			if i == 0 {
				return true
			}
			call, ok := stack[i-1].(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Run" {
				return true
			}
		}
	}
	return false
}

// forever recognizes Run(worker.InterruptCh()): only a signal ends it.
func (c *checker) forever(call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	x := ast.Unparen(call.Args[0])
	if id, ok := x.(*ast.Ident); ok {
		if v, ok := c.Info.Uses[id].(*types.Var); ok {
			x = c.Value(v)
		}
	}
	arg, ok := x.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := syntax.Callee(c.Info, arg)
	return fn != nil && sdk.InSDK(fn.Pkg()) && fn.Name() == "InterruptCh"
}
