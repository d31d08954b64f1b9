package workerstop

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// findStarter notes a helper that returns a worker it started and does not stop.
func (c *checker) findStarter(decl *ast.FuncDecl) {
	fn, ok := c.Info.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	for ret := range syntax.Returns(decl.Body) {
		if len(ret.Results) == 0 {
			continue
		}
		if v := c.Holder(ret.Results[0]); v != nil && !v.IsField() && sdk.IsWorker(v.Type()) {
			u := c.uses[v]
			c.starters[fn] = len(u.starts) > 0 && len(u.stops) == 0
		}
	}
}

// unstopped reports the workers that a function of a test starts and leaves running.
func (c *checker) unstopped(decl *ast.FuncDecl) {
	for _, v := range c.held(decl) {
		u := c.uses[v]
		for _, s := range u.starts {
			switch {
			case s.blocks:
				c.report(s.call, "Run with InterruptCh never returns in a test: nobody interrupts it; use Start, and stop the worker")
			case u.escapes || c.isMain(decl):
			case len(u.stops) == 0:
				c.report(s.call, "this worker is never stopped: it goes on polling, and takes the tasks of the tests that follow")
			default:
				if at := c.leak(decl, s, u.stops); at.IsValid() {
					c.report(s.call, fmt.Sprintf("this worker is not stopped on the path that returns at line %d: it goes on polling, and takes the tasks of the tests that follow",
						c.pass.Fset.Position(at).Line))
				}
			}
		}
	}
	if c.isMain(decl) {
		return
	}
	c.unstoppedByHelpers(decl)
}

// unstoppedByHelpers reports the workers that helpers started for a test.
func (c *checker) unstoppedByHelpers(decl *ast.FuncDecl) {
	ast.PreorderStack(decl.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(stack) == 0 {
			return true
		}
		fn := syntax.Callee(c.Info, call)
		if fn == nil || !c.starters[fn] {
			return true
		}
		message := fmt.Sprintf("the worker that %s started is never stopped: it goes on polling, and takes the tasks of the tests that follow", fn.Name())
		switch parent := stack[len(stack)-1].(type) {
		case *ast.ExprStmt:
			c.report(call, message)
		case *ast.AssignStmt:
			if syntax.IsBlank(parent.Lhs[0]) {
				c.report(call, message)
			} else if v := c.Holder(parent.Lhs[0]); v != nil && !v.IsField() {
				if u := c.uses[v]; len(u.stops) == 0 && !u.escapes {
					c.report(call, message)
				}
			}
		}
		return true
	})
}

// isMain recognizes TestMain, which a package's tests end with: what it leaves running
// ends with the process.
func (c *checker) isMain(decl *ast.FuncDecl) bool {
	params := decl.Type.Params.List
	return decl.Recv == nil && decl.Name.Name == "TestMain" && len(params) == 1 && types.TypeString(c.Info.TypeOf(params[0].Type), nil) == "*testing.M"
}

// held returns the local workers that a function makes and starts, in order.
func (c *checker) held(decl *ast.FuncDecl) []*types.Var {
	var held []*types.Var
	for v, u := range c.uses {
		if v.IsField() || v.Parent() == c.pass.Pkg.Scope() || v.Pos() < decl.Body.Pos() || decl.Body.End() <= v.Pos() || len(u.starts) == 0 {
			continue
		}
		if _, made := c.Value(v).(*ast.CallExpr); made || c.made[v] != nil { // else it has another name
			held = append(held, v)
		}
	}
	sort.Slice(held, func(i, j int) bool { return held[i].Pos() < held[j].Pos() })
	return held
}

// unstoppedFields reports the workers in fields and package variables that tests
// start and nothing stops.
func (c *checker) unstoppedFields() {
	var vars []*types.Var
	for v := range c.uses {
		if v.IsField() || v.Parent() == c.pass.Pkg.Scope() {
			vars = append(vars, v)
		}
	}
	sort.Slice(vars, func(i, j int) bool { return vars[i].Pos() < vars[j].Pos() })
	for _, v := range vars {
		u := c.uses[v]
		for _, s := range u.starts {
			if c.tests[s.decl] && !c.isMain(s.decl) && len(u.stops) == 0 && !u.escapes && !v.Exported() {
				c.report(s.call, "this worker is never stopped: it goes on polling, and takes the tasks of the tests that follow")
			}
		}
	}
}

func (c *checker) report(call *ast.CallExpr, message string) {
	c.rep.Report(report.Finding{Pos: call.Pos(), End: call.End(), Message: message})
}

// leak follows the paths from a start to the end of the function and returns the
// return statement of the first that meets no stop.
func (c *checker) leak(decl *ast.FuncDecl, s start, stops []stop) token.Pos {
	for _, st := range stops {
		if st.later || st.decl != decl {
			return token.NoPos
		}
	}
	if startsLater(decl.Body, s.call) {
		return token.NoPos
	}
	stopsIn := func(n ast.Node) bool {
		for _, st := range stops {
			if n.Pos() <= st.node.Pos() && st.node.Pos() < n.End() {
				return true
			}
		}
		return false
	}
	g := flow.New(c.Info, decl.Body)
	started := c.errorOf(g.Node(s.call.Pos()))
	failed := func(cond ast.Expr) (whenTrue, whenFalse bool) {
		return c.tells(cond, func(x ast.Expr) bool {
			x = ast.Unparen(x)
			id, ok := x.(*ast.Ident)
			return x == s.call || ok && started != nil && c.Info.Uses[id] == started
		})
	}
	return g.Return(s.call.Pos(), stopsIn, failed)
}

// startsLater reports whether a call stands in a closure that does not run where it
// stands, as those of go statements and t.Run do.
func startsLater(body *ast.BlockStmt, call *ast.CallExpr) bool {
	later := false
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		if n.End() <= call.Pos() || call.End() <= n.Pos() {
			return false
		}
		if _, ok := n.(*ast.FuncLit); ok {
			_, runs := stack[len(stack)-1].(*ast.CallExpr)
			later = later || !runs
		}
		return true
	})
	return later
}

// errorOf is the variable that holds the error of a start, or one made of it.
func (c *checker) errorOf(n ast.Node) *types.Var {
	var held *types.Var
	count := 0
	for place := range syntax.Definitions(n) {
		held, _ = c.Info.ObjectOf(syntax.Ident(place)).(*types.Var)
		count++
	}
	if count != 1 {
		return nil
	}
	return held
}

// tells reports whether a start has failed if a condition holds, and if it does not.
// outcome recognizes the start's error.
func (c *checker) tells(cond ast.Expr, outcome func(ast.Expr) bool) (whenTrue, whenFalse bool) {
	switch x := ast.Unparen(cond).(type) {
	case *ast.Ident: // what an assertion said
		if v, ok := c.Info.Uses[x].(*types.Var); ok {
			if call, ok := c.Value(v).(*ast.CallExpr); ok {
				return c.tells(call, outcome)
			}
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			whenFalse, whenTrue = c.tells(x.X, outcome)
		}
	case *ast.CallExpr: // of an assertion, or errors.Is
		if slices.ContainsFunc(x.Args, outcome) {
			succeeds := assertsNone(x)
			return !succeeds, succeeds
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			t1, f1 := c.tells(x.X, outcome)
			t2, f2 := c.tells(x.Y, outcome)
			if x.Op == token.LAND {
				return t1 || t2, f1 && f2
			}
			return t1 && t2, f1 || f2
		case token.NEQ, token.EQL:
			about := outcome(x.X) || outcome(x.Y)
			return about && x.Op == token.NEQ, about && x.Op == token.EQL
		}
	}
	return whenTrue, whenFalse
}

// assertsNone recognizes testify's NoError and Nil, which are true if there is no error.
func assertsNone(call *ast.CallExpr) bool {
	var name string
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	return strings.HasPrefix(name, "NoError") || strings.HasPrefix(name, "Nil")
}

// slowStops reports the plain stops of a function.
func (c *checker) slowStops(decl *ast.FuncDecl) {
	var stops []stop
	slow := make(map[ast.Node]ast.Expr)
	for v, u := range c.uses {
		for _, s := range u.stops {
			if s.decl != decl || !s.plain {
				continue
			}
			stops = append(stops, s)
			if made := c.made[v]; made != nil {
				if x := c.OptionsOf(made, c.assigned).Set["WorkerStopTimeout"]; x != nil && !c.isZero(x) {
					slow[s.node] = x
				}
			}
		}
	}
	sort.Slice(stops, func(i, j int) bool { return stops[i].node.Pos() < stops[j].node.Pos() })
	for _, s := range stops {
		f := report.Finding{Pos: s.node.Pos(), End: s.node.End(), Fixes: c.faster(s)}
		switch x := slow[s.node]; {
		case x != nil:
			f.Message = "Stop waits for activities as long as WorkerStopTimeout says (" + types.ExprString(x) + "): StopWorkerFaster does not"
		case prefer:
			f.Message = "plain Stop in a test waits for what the worker is doing: StopWorkerFaster is bounded"
			f.Convention = true
		default:
			c.rep.Silenced(s.node.Pos()) // where the setting is on
			continue
		}
		c.rep.Report(f)
	}
}

func (c *checker) isZero(x ast.Expr) bool {
	tv := c.Info.Types[x]
	return tv.Value != nil && tv.Value.String() == "0"
}

// faster replaces Stop by StopWorkerFaster.
func (c *checker) faster(s stop) []analysis.SuggestedFix {
	name, edits, ok := report.Import(c.pass, s.node.Pos(), runtimeWorkers)
	if !ok {
		return nil
	}
	var x ast.Expr
	text := "%s.StopWorkerFaster(%s)"
	switch n := s.node.(type) {
	case *ast.CallExpr:
		x = n.Fun.(*ast.SelectorExpr).X
	case *ast.SelectorExpr:
		x, text = n.X, "func() { %s.StopWorkerFaster(%s) }"
	}
	edit := analysis.TextEdit{Pos: s.node.Pos(), End: s.node.End(), NewText: fmt.Appendf(nil, text, name, types.ExprString(x))}
	return []analysis.SuggestedFix{{Message: "call StopWorkerFaster", TextEdits: append(edits, edit)}}
}
