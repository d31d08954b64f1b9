package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"math/bits"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// loopBound is how often a loop turns.
func (c *counter) loopBound(loop ast.Stmt) bound {
	var b bound
	var body *ast.BlockStmt
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		body = loop.Body
		b = c.rangeBound(loop)
	case *ast.ForStmt:
		body = loop.Body
		b = unbounded
		if loop.Cond != nil {
			b = c.condition(loop, loop.Cond)
		}
	}
	if b.kind != constantBound {
		b = tighter(b, c.leftAt(loop, body))
	}
	return b
}

func (c *counter) rangeBound(loop *ast.RangeStmt) bound {
	if syntax.IsInteger(c.p.Info.TypeOf(loop.X)) {
		return c.value(loop.X, 0)
	}
	return c.size(loop.X, 0)
}

// endsItself reports whether a loop runs while a flag is set, and each turn takes the flag
// away whatever happens: it turns again only if something in it asks for that.
func (c *counter) endsItself(loop *ast.ForStmt, cond ast.Expr) bool {
	ends := "false"
	if not, ok := cond.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		cond, ends = ast.Unparen(not.X), "true"
	}
	v := syntax.Var(c.p.Info, cond)
	if v == nil || !syntax.IsBool(v.Type()) {
		return false
	}
	for _, s := range loop.Body.List {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || syntax.Var(c.p.Info, a.Lhs[0]) != v {
			continue
		}
		if value := c.p.Info.Types[a.Rhs[0]].Value; value != nil && value.ExactString() == ends {
			return true
		}
	}
	return false
}

// condition reads the condition of a for statement.
func (c *counter) condition(loop *ast.ForStmt, cond ast.Expr) bound {
	cond = ast.Unparen(cond)
	if b, ok := cond.(*ast.BinaryExpr); ok {
		switch b.Op {
		case token.LAND:
			return tighter(c.condition(loop, b.X), c.condition(loop, b.Y))
		case token.LOR:
			return worst(c.condition(loop, b.X), c.condition(loop, b.Y))
		case token.LSS, token.LEQ, token.NEQ, token.GTR, token.GEQ:
			if n, ok := c.comparison(loop, b); ok {
				return n
			}
		}
	}
	if c.aboutTime(cond) || c.aboutHistory(cond) || c.endsItself(loop, cond) {
		return noBound
	}
	return unbounded
}

// comparison reads a condition on a counter: i < n, i > 0, len(x) > 0.
func (c *counter) comparison(loop *ast.ForStmt, cond *ast.BinaryExpr) (bound, bool) {
	x, limit, op := cond.X, cond.Y, cond.Op
	if c.steps(loop, limit) && !c.steps(loop, x) { // n > i
		x, limit = limit, x
		switch op {
		case token.LSS:
			op = token.GTR
		case token.LEQ:
			op = token.GEQ
		case token.GTR:
			op = token.LSS
		case token.GEQ:
			op = token.LEQ
		}
	}
	if arg := c.lengthOf(x); arg != nil { // for len(queue) > 0
		if c.appendsTo(loop, arg) {
			return unbounded, true
		}
		return c.size(arg, 0), true
	}
	if !c.steps(loop, x) {
		return noBound, false
	}
	start := c.start(loop, x)
	if op == token.GTR || op == token.GEQ { // downwards
		if start.kind == constantBound {
			step := c.stepOf(loop, x)
			start.n = (start.n + step - 1) / step
		}
		return start, true
	}
	end := c.value(limit, 0)
	if end.kind != constantBound {
		return end, true
	}
	if post, ok := loop.Post.(*ast.AssignStmt); ok && multiplies(post.Tok) {
		return exactly(bits.Len(uint(end.n))), true
	}
	n := end.n
	if start.kind == constantBound {
		n -= start.n
	}
	if op == token.LEQ {
		n++
	}
	if step := c.stepOf(loop, x); step > 1 {
		n = (n + step - 1) / step
	}
	return exactly(n), true
}

// appendsTo reports whether a loop gives itself more to do.
func (c *counter) appendsTo(loop *ast.ForStmt, x ast.Expr) bool {
	for _, w := range c.writes[types.ExprString(x)] {
		if a, ok := w.(*ast.AssignStmt); ok && len(a.Rhs) == 1 && loop.Body.Pos() <= a.Pos() && a.End() <= loop.Body.End() && syntax.IsAppend(a.Rhs[0]) {
			return true
		}
	}
	return false
}

// start is the value that the counter of a loop begins with.
func (c *counter) start(loop ast.Stmt, x ast.Expr) bound {
	if f, ok := loop.(*ast.ForStmt); ok {
		if init, ok := f.Init.(*ast.AssignStmt); ok && len(init.Lhs) == len(init.Rhs) {
			for i, lhs := range init.Lhs {
				if types.ExprString(lhs) == types.ExprString(x) {
					return c.value(init.Rhs[i], 0)
				}
			}
		}
	}
	if v := c.variable(x); v != nil {
		for _, value := range c.p.names.Values(v) {
			if value != nil && value.Pos() < loop.Pos() {
				return c.value(value, 0)
			}
		}
	}
	return noBound
}

// steps reports whether a loop counts x up or down.
func (c *counter) steps(loop ast.Node, x ast.Expr) bool { return c.direction(loop, x) != 0 }

// direction is 1 if a statement counts x up, -1 for down, and 0 if it does neither.
func (c *counter) direction(stmt ast.Node, x ast.Expr) int {
	name := types.ExprString(x)
	direction := 0
	ast.Inspect(stmt, func(n ast.Node) bool {
		if d := stepOver(n, name); d != 0 {
			direction = d
		}
		return direction == 0
	})
	return direction
}

// stepOver is the direction in which a single statement counts what is called name.
func stepOver(n ast.Node, name string) int {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		if types.ExprString(n.X) == name {
			if n.Tok == token.DEC {
				return -1
			}
			return 1
		}
	case *ast.AssignStmt:
		if types.ExprString(n.Lhs[0]) != name {
			return 0
		}
		switch {
		case n.Tok == token.ADD_ASSIGN, multiplies(n.Tok):
			return 1
		case n.Tok == token.SUB_ASSIGN:
			return -1
		case n.Tok == token.ASSIGN && len(n.Rhs) == 1:
			if b, ok := ast.Unparen(n.Rhs[0]).(*ast.BinaryExpr); ok && types.ExprString(b.X) == name {
				switch b.Op {
				case token.ADD:
					return 1
				case token.SUB:
					return -1
				}
			}
		}
	}
	return 0
}

func multiplies(op token.Token) bool { return op == token.MUL_ASSIGN || op == token.SHL_ASSIGN }

// stepOf is the constant that the loop's post statement adds to x or takes away, else 1.
func (c *counter) stepOf(loop *ast.ForStmt, x ast.Expr) int {
	post, ok := loop.Post.(*ast.AssignStmt)
	if !ok || post.Tok != token.ADD_ASSIGN && post.Tok != token.SUB_ASSIGN || types.ExprString(post.Lhs[0]) != types.ExprString(x) {
		return 1
	}
	if b := c.value(post.Rhs[0], 0); b.kind == constantBound && b.n > 0 {
		return b.n
	}
	return 1
}

// aboutTime recognizes a deadline: a condition with a time or a duration in it.
func (c *counter) aboutTime(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && !found {
			if named, ok := types.Unalias(c.p.Info.TypeOf(x)).(*types.Named); ok {
				obj := named.Obj()
				found = obj.Pkg() != nil && obj.Pkg().Path() == "time"
			}
		}
		return !found
	})
	return found
}

// aboutHistory recognizes a look at the length of the workflow's history.
func (c *counter) aboutHistory(cond ast.Node) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			fn, ok := c.p.Info.Uses[id].(*types.Func)
			found = ok && sdk.AsksHistory(fn)
		}
		return !found
	})
	return found
}

// repeated is how often the loops around pos turn, the worst of them.
func (c *counter) repeated(pos token.Pos) bound {
	b := exactly(0)
	for _, loop := range c.p.loopsAround(c.body, pos) {
		if c.resolving[loop] {
			return noBound
		}
		c.resolving[loop] = true
		b = worst(b, c.loopBound(loop))
		delete(c.resolving, loop)
	}
	return b
}

func (c *counter) inLoop(pos token.Pos) bool {
	return len(c.p.loopsAround(c.body, pos)) > 0
}

func (p *reader) loopsAround(body ast.Node, pos token.Pos) []ast.Stmt {
	var loops []ast.Stmt
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		switch n := n.(type) {
		case *ast.ForStmt:
			loops = append(loops, n)
		case *ast.RangeStmt:
			loops = append(loops, n)
		}
		return true
	})
	return loops
}
