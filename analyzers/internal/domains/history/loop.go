package history

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// repeat counts the turns of a loop. inside is what was found before its body.
func (c *counter) repeat(loop ast.Stmt, body *ast.BlockStmt, b flow.Bound, turn tally, inside [3]int) tally {
	found := func(kind facts.Kind, t tally) {
		c.findings, c.looped = append(c.findings[:inside[0]], finding{loop, kind, t}), c.looped[:inside[1]]
	}
	switch b.Kind {
	case flow.Constant:
		t := turn.times(b.N)
		c.turns = append(c.turns[:inside[2]], finding{loop, Over, t})
		if t.N > Limit {
			kind := Over
			if leavesEarly(c.p.Info, body) {
				kind = Loop // one that continues as new may have left before
			}
			found(kind, t)
		}
		return t
	case flow.OfParam:
		return c.repeatByParam(loop, b, turn)
	case flow.Endless:
		if c.spins(loop) {
			return turn // the SDK ends the workflow task: that it never yields is another matter
		}
		turn.N = turn.atOnce()
		terms := turn.Terms
		turn.Terms = nil
		if turn.N > 0 {
			found(Loop, turn)
		}
		for _, t := range terms {
			if t.Func > 0 {
				t.Param, t.Of, t.Func = t.Func-1, ofFunction, 0
			}
			if e := c.site(loop, Loop, turn, nil); e != nil && t.Of == ofFunction {
				t.Loop, t.Chain = *e, nil
				turn.Terms = append(turn.Terms, t)
			}
		}
	}
	return turn
}

// repeatByParam is a loop that turns as often as an argument says.
func (c *counter) repeatByParam(loop ast.Stmt, b flow.Bound, turn tally) tally {
	t := tally{Call: turn.Call, at: turn.at}
	turn.N = turn.atOnce()
	of := ofValue
	if b.Size {
		of = ofSize
	}
	e := c.site(loop, Loop, turn, nil)
	if e == nil {
		return t
	}
	if turn.N > 0 {
		t.Terms = []term{{Param: b.Param, Of: of, N: turn.N, Loop: *e}}
	}
	for _, each := range turn.Terms {
		if each.Func == 0 && each.Of == ofFunction {
			each.Func = each.Param + 1
		}
		if each.Func > 0 {
			t.Terms = append(t.Terms, term{Param: b.Param, Of: of, N: each.N, Func: each.Func, Loop: *e})
		}
	}
	return t
}

// site describes a loop as an effect, one of n unless that is nil.
func (c *counter) site(loop ast.Stmt, kind facts.Kind, t tally, n *callgraph.Node) *facts.Effect {
	s := c.p.NewSite(c.node.Owner, kind, t.Call, loop.Pos(), loop.Pos()+token.Pos(len("for")))
	if s == nil {
		return nil
	}
	if n != nil {
		n.Sites = append(n.Sites, s)
	}
	if kind == Over || t.N > Limit {
		s.Effect.N = t.N
	}
	s.Extra = t.at
	return &s.Effect
}

// spins reports whether a loop without a condition neither waits nor ends, so that the SDK's
// deadlock detector ends it. A function that is given a context may wait.
func (c *counter) spins(loop ast.Stmt) bool {
	f, ok := loop.(*ast.ForStmt)
	if !ok || f.Cond != nil {
		return false
	}
	spins := true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			spins = false
		case *ast.BranchStmt:
			spins = spins && n.Tok == token.CONTINUE
		case *ast.CallExpr:
			fn := syntax.Callee(c.p.Info, n)
			spins = spins && fn != nil && (sdk.Invokes(fn) || len(n.Args) == 0 || !sdk.IsWorkflowContext(c.p.Info.TypeOf(n.Args[0])))
		}
		return spins
	})
	return spins
}

// leavesEarly reports whether a loop may end before its bound for another reason than
// an error.
func leavesEarly(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			if syntax.TestsError(info, n.Cond) == token.NEQ {
				return false
			}
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}

// argument is what a call gives a parameter; nil if that cannot be told.
func argument(fn *types.Func, call *ast.CallExpr, param int) ast.Expr {
	sig := fn.Signature()
	if len(call.Args) != sig.Params().Len() || sig.Variadic() && !call.Ellipsis.IsValid() {
		return nil
	}
	return call.Args[param]
}

// apply gives a callee's loop the argument that bounds it.
func (c *counter) apply(fn *types.Func, call *ast.CallExpr, callee term, arg ast.Expr, skip map[ast.Node]bool) tally {
	chain := append([]string{keys.Hop(fn)}, callee.Chain...)
	none := tally{}
	if callee.Of == ofFunction {
		t := c.function(arg)
		if v := c.variable(arg); v != nil && c.isFuncParam(v) {
			_, i, _ := c.p.names.ParamOf(v)
			callee.Param, callee.Chain, callee.pos, callee.end = i, chain, call.Pos(), call.End()
			return tally{Terms: []term{callee}, Call: c.p.tallyOf(fn).Call}
		}
		if !t.runs() {
			return none
		}
		skip[arg] = true // counted here, not where it is written
		if callee.Loop.Kind == 0 {
			return t.times(callee.N)
		}
		callee.Loop.What = t.Call
		c.endless(callee.Loop, call, chain)
		return t
	}
	var b flow.Bound
	if callee.Of == ofSize {
		b = c.loops.Size(arg, 0)
	} else {
		b = c.loops.Value(arg, 0)
	}
	if callee.Func > 0 {
		each := argument(fn, call, callee.Func-1)
		if each == nil {
			return none
		}
		if v := c.variable(each); v != nil && c.isFuncParam(v) {
			_, i, _ := c.p.names.ParamOf(v)
			return c.handOn(callee, b, i, chain, call)
		}
		f := c.function(each)
		if !f.runs() {
			return none
		}
		skip[each] = true // counted here, not where it is written
		callee.N, callee.Func, callee.Loop.What = f.times(callee.N).atOnce(), 0, f.Call
	}
	t := tally{N: callee.N, Call: callee.Loop.What}
	switch b.Kind {
	case flow.Constant:
		t = t.times(b.N)
		if t.N > Limit {
			c.endless(c.p.overOf(callee.Loop, t.N), call, chain)
		}
	case flow.OfParam:
		callee.Param, callee.Chain, callee.pos, callee.end = b.Param, chain, call.Pos(), call.End()
		return tally{Terms: []term{callee}, Call: t.Call}
	case flow.Endless:
		if callee.Of == ofSize {
			c.endless(callee.Loop, call, chain)
		}
	}
	return t
}

// handOn is a callee's loop that calls a function which this one is given itself.
func (c *counter) handOn(callee term, b flow.Bound, param int, chain []string, call *ast.CallExpr) tally {
	callee.Chain, callee.pos, callee.end = chain, call.Pos(), call.End()
	switch b.Kind {
	case flow.OfParam:
		callee.Param, callee.Func = b.Param, param+1
	case flow.Endless:
		callee.Param, callee.Of, callee.Func = param, ofFunction, 0
	default:
		callee = term{Param: param, Of: ofFunction, N: callee.N}
		if b.Kind == flow.Constant {
			callee.N = min(callee.N*min(b.N, maxTally/max(callee.N, 1)), maxTally)
		}
	}
	return tally{Terms: []term{callee}}
}

// endless notes that a callee's loop has no bound here.
func (c *counter) endless(loop facts.Effect, call *ast.CallExpr, chain []string) {
	c.looped = append(c.looped, callgraph.Derived{Effect: loop, Pos: call.Pos(), End: call.End(), Chain: chain})
}

// overOf is a loop that an argument makes too long.
func (p *reader) overOf(loop facts.Effect, n int) facts.Effect {
	over := loop
	over.Kind, over.N = Over, n
	p.Restate(&loop, over)
	return over
}
