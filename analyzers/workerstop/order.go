package workerstop

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An event closes a client or stops a worker.
type event struct {
	holder *types.Var
	owner  ast.Expr // whose field it is, or nil
	call   ast.Node
	close  bool
	order  [3]int     // when it runs, within its function
	blocks []ast.Node // around it
}

// closedFirst reports the clients that a function closes before their workers stop.
// What is deferred runs behind all statements, the last first; cleanups run behind
// that, in the same order.
func (c *checker) closedFirst(body *ast.BlockStmt) {
	events := c.events(body, nil, [3]int{})
	for _, cl := range events {
		if !cl.close {
			continue
		}
		for _, st := range events {
			if !st.close && always(cl, st) && c.serves(cl, st, body) && !c.stopped(events, st, cl) {
				c.rep.Report(report.Finding{
					Pos: cl.call.Pos(), End: cl.call.End(),
					Message: "this client is closed before its worker stops: what activities still do cannot be reported, and is done again",
				})
				break
			}
		}
	}
}

// always reports whether one event runs before another wherever that runs.
func always(a, b event) bool { return before(a.order, b.order) && encloses(a.blocks, b.blocks) }

// stopped reports whether a worker has stopped before its client is closed: a second
// stop, deferred for the paths that leave early, then does nothing.
func (c *checker) stopped(events []event, st, cl event) bool {
	return slices.ContainsFunc(events, func(e event) bool {
		return !e.close && e.holder == st.holder && c.together(e.owner, st.owner) && always(e, cl)
	})
}

// serves reports whether what cl closes is the client of the worker that st stops.
func (c *checker) serves(cl, st event, body *ast.BlockStmt) bool {
	made := c.made[st.holder]
	if made == nil {
		made = c.made[c.origin(st.holder)]
	}
	if made == nil || len(made.Args) == 0 || !c.together(cl.owner, st.owner) {
		return false
	}
	given := c.Holder(made.Args[0])
	if given == nil || given != cl.holder && c.origin(given) != c.origin(cl.holder) {
		return false
	}
	// A worker that is made behind the statement has the next client.
	here := body.Pos() <= made.Pos() && made.Pos() < body.End()
	return !here || cl.order[0] != 0 || made.Pos() < cl.call.Pos()
}

// together reports whether fields are of one value, or of one and what it holds. What
// is no field is what it is.
func (c *checker) together(a, b ast.Expr) bool {
	if a == nil || b == nil {
		return true
	}
	one, other := types.ExprString(a)+".", types.ExprString(b)+"."
	root := syntax.Root(c.Info, a)
	return root != nil && root == syntax.Root(c.Info, b) && (strings.HasPrefix(one, other) || strings.HasPrefix(other, one))
}

func before(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// encloses: one that runs only in a branch is not always before the other.
func encloses(outer, inner []ast.Node) bool {
	if len(outer) > len(inner) {
		return false
	}
	for i := range outer {
		if outer[i] != inner[i] {
			return false
		}
	}
	return true
}

// events lists what a body does, with closures that are deferred or given to Cleanup
// where they run. Other closures are functions of their own.
func (c *checker) events(body ast.Node, blocks []ast.Node, when [3]int) []event {
	var all []event
	at := func(pos token.Pos) [3]int {
		if when[0] == 0 {
			return [3]int{0, int(pos), 0}
		}
		return [3]int{when[0], when[1], int(pos)}
	}
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		around := append(blocks[:len(blocks):len(blocks)], c.branches(stack)...)
		switch n := n.(type) {
		case *ast.FuncLit:
			c.closedFirst(n.Body)
			return false
		case *ast.DeferStmt:
			then := [3]int{1, -int(n.Pos()), 0}
			if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
				all = append(all, c.events(lit.Body, around, then)...)
			} else if e, ok := c.event(n.Call); ok {
				e.order, e.blocks = then, around
				all = append(all, e)
			}
			return false
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Cleanup" && len(n.Args) == 1 {
				then := [3]int{2, -int(n.Pos()), 0}
				switch arg := ast.Unparen(n.Args[0]).(type) {
				case *ast.FuncLit:
					all = append(all, c.events(arg.Body, around, then)...)
				case *ast.SelectorExpr:
					if e, ok := c.event(&ast.CallExpr{Fun: arg}); ok {
						e.call, e.order, e.blocks = arg, then, around
						all = append(all, e)
					}
				}
				return false
			}
			if e, ok := c.event(n); ok {
				e.order, e.blocks = at(n.Pos()), around
				all = append(all, e)
			}
		}
		return true
	})
	return all
}

// branches are the nodes that code inside may not be run with. A worker or a client that
// is nil has nothing to stop or close: what is done for the others is always done.
func (c *checker) branches(stack []ast.Node) []ast.Node {
	var some []ast.Node
	for i, n := range stack {
		switch n := n.(type) {
		case *ast.BlockStmt:
			if i == 0 || !c.unlessNil(stack[i-1], n) {
				some = append(some, n)
			}
		case *ast.CaseClause, *ast.CommClause:
			some = append(some, n)
		}
	}
	return some
}

// unlessNil recognizes the block of "if x != nil", where x is of the SDK and what follows
// runs as well.
func (c *checker) unlessNil(parent ast.Node, block *ast.BlockStmt) bool {
	check, ok := parent.(*ast.IfStmt)
	if !ok || check.Body != block || check.Else != nil || len(block.List) == 0 {
		return false
	}
	switch block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return false
	}
	cond, ok := ast.Unparen(check.Cond).(*ast.BinaryExpr)
	return ok && cond.Op == token.NEQ && c.Info.Types[cond.Y].IsNil() && sdk.IsNamed(c.Info.TypeOf(cond.X), "Client", "Worker")
}

// event recognizes c.Close(), w.Stop() and StopWorkerFaster(w).
func (c *checker) event(call *ast.CallExpr) (event, bool) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return event{}, false
	}
	x, closes := sel.X, sel.Sel.Name == "Close"
	if fn := syntax.Callee(c.Info, call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == runtimeWorkers && len(call.Args) > 0 {
		x = call.Args[0]
	} else if !closes && sel.Sel.Name != "Stop" {
		return event{}, false
	}
	holder := c.Holder(x)
	if holder == nil {
		return event{}, false
	}
	e := event{holder: holder, call: call, close: closes}
	if field, ok := c.Source(x).(*ast.SelectorExpr); ok && holder.IsField() {
		e.owner = field.X
	}
	if closes {
		return e, sdk.IsNamed(holder.Type(), "Client") && types.IsInterface(holder.Type())
	}
	return e, sdk.IsWorker(holder.Type())
}
