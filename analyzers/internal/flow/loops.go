package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"math/bits"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Loops tells how often the loops of a function turn. What it cannot tell from the function's own
// statements it asks.
type Loops struct {
	Info *types.Info
	Body ast.Node
	// Writes has the statements that change what an expression names, by its text.
	Writes map[string][]ast.Node
	// Values are what a variable is assigned anywhere.
	Values func(*types.Var) []ast.Expr
	// Origin is the bound of a value, or with size of its number of elements, by where it comes
	// from.
	Origin func(x ast.Expr, depth int, size bool) Bound
	// Known is what is known of a value, or of its number of elements, where it stands.
	Known func(x ast.Expr) (int, bool)
	// Ends reports whether a condition ends a loop for another reason than a count.
	Ends func(cond ast.Expr) bool
	// Left is the bound of a loop by the ways that leave its body.
	Left func(loop ast.Stmt, body *ast.BlockStmt) Bound

	resolving map[ast.Stmt]bool
}

// Of is how often a loop turns.
func (l *Loops) Of(loop ast.Stmt) Bound {
	var b Bound
	var body *ast.BlockStmt
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		body = loop.Body
		b = l.rangeBound(loop)
		if l.looksUp(loop) {
			b = Exactly(1)
		}
	case *ast.ForStmt:
		body = loop.Body
		b = Unbounded
		if loop.Cond != nil {
			b = l.condition(loop, loop.Cond)
		}
	}
	if b.Kind != Constant {
		b = Tighter(b, l.Left(loop, body))
	}
	return b
}

// looksUp reports whether a range over a map goes on with one key alone: if k != want { continue }.
func (l *Loops) looksUp(loop *ast.RangeStmt) bool {
	key := syntax.Var(l.Info, loop.Key)
	if _, ok := syntax.Under[*types.Map](l.Info.TypeOf(loop.X)); !ok || key == nil || len(loop.Body.List) == 0 {
		return false
	}
	first, ok := loop.Body.List[0].(*ast.IfStmt)
	if !ok || first.Init != nil || len(first.Body.List) != 1 || !syntax.EndsIn(first.Body.List, token.CONTINUE) {
		return false
	}
	const alone = token.ILLEGAL // not joined with others
	return syntax.Compares(l.Info, first.Cond, key, token.NEQ, alone, func(x ast.Expr) bool { return !syntax.Mention(l.Info, x, key).IsValid() })
}

func (l *Loops) rangeBound(loop *ast.RangeStmt) Bound {
	if syntax.IsInteger(l.Info.TypeOf(loop.X)) {
		return l.Value(loop.X, 0)
	}
	return l.Size(loop.X, 0)
}

// endsItself reports whether a loop runs while a flag is set, and each turn takes the flag
// away whatever happens: it turns again only if something in it asks for that.
func (l *Loops) endsItself(loop *ast.ForStmt, cond ast.Expr) bool {
	ends := "false"
	if not, ok := cond.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		cond, ends = ast.Unparen(not.X), "true"
	}
	v := syntax.Var(l.Info, cond)
	if v == nil || !syntax.IsBool(v.Type()) {
		return false
	}
	for _, s := range loop.Body.List {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || syntax.Var(l.Info, a.Lhs[0]) != v {
			continue
		}
		if value := l.Info.Types[a.Rhs[0]].Value; value != nil && value.ExactString() == ends {
			return true
		}
	}
	return false
}

// condition reads the condition of a for statement.
func (l *Loops) condition(loop *ast.ForStmt, cond ast.Expr) Bound {
	cond = ast.Unparen(cond)
	if b, ok := cond.(*ast.BinaryExpr); ok {
		switch b.Op {
		case token.LAND:
			return Tighter(l.condition(loop, b.X), l.condition(loop, b.Y))
		case token.LOR:
			return Worst(l.condition(loop, b.X), l.condition(loop, b.Y))
		case token.LSS, token.LEQ, token.NEQ, token.GTR, token.GEQ:
			if n, ok := l.comparison(loop, b); ok {
				return n
			}
		}
	}
	if l.Ends(cond) || l.endsItself(loop, cond) {
		return NoBound
	}
	return Unbounded
}

// comparison reads a condition on a counter: i < n, i > 0, len(x) > 0.
func (l *Loops) comparison(loop *ast.ForStmt, cond *ast.BinaryExpr) (Bound, bool) {
	x, limit, op := cond.X, cond.Y, cond.Op
	if l.Steps(loop, limit) && !l.Steps(loop, x) { // n > i
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
	if arg := l.Length(x); arg != nil { // for len(queue) > 0
		if l.appendsTo(loop, arg) {
			return Unbounded, true
		}
		return l.Size(arg, 0), true
	}
	if !l.Steps(loop, x) {
		return NoBound, false
	}
	from, to := l.Start(loop, x), l.Value(limit, 0)
	if op == token.GTR || op == token.GEQ || op == token.NEQ && decreases(loop.Post) {
		from, to = to, from
	}
	if to.Kind != Constant {
		return to, true
	}
	if post, ok := loop.Post.(*ast.AssignStmt); ok && multiplies(post.Tok) {
		return Exactly(bits.Len(uint(max(to.N, 0)))), true
	}
	n := to.N
	if from.Kind == Constant {
		n -= from.N
	}
	if op == token.LEQ || op == token.GEQ {
		n++
	}
	if step := l.stepOf(loop, x); step > 1 {
		n = (n + step - 1) / step
	}
	return Exactly(max(n, 0)), true
}

// decreases reports whether a post statement makes its counter less.
func decreases(post ast.Stmt) bool {
	switch post := post.(type) {
	case *ast.IncDecStmt:
		return post.Tok == token.DEC
	case *ast.AssignStmt:
		return post.Tok == token.SUB_ASSIGN || post.Tok == token.QUO_ASSIGN || post.Tok == token.SHR_ASSIGN
	}
	return false
}

// appendsTo reports whether a loop gives itself more to do.
func (l *Loops) appendsTo(loop *ast.ForStmt, x ast.Expr) bool {
	for _, w := range l.Writes[types.ExprString(x)] {
		if a, ok := w.(*ast.AssignStmt); ok && len(a.Rhs) == 1 && loop.Body.Pos() <= a.Pos() && a.End() <= loop.Body.End() && syntax.Append(l.Info, a.Rhs[0]) != nil {
			return true
		}
	}
	return false
}

// Start is the value that the counter of a loop begins with.
func (l *Loops) Start(loop ast.Stmt, x ast.Expr) Bound {
	if f, ok := loop.(*ast.ForStmt); ok {
		if init, ok := f.Init.(*ast.AssignStmt); ok && len(init.Lhs) == len(init.Rhs) {
			for i, lhs := range init.Lhs {
				if types.ExprString(lhs) == types.ExprString(x) {
					return l.Value(init.Rhs[i], 0)
				}
			}
		}
	}
	if v := syntax.Var(l.Info, x); v != nil {
		for _, value := range slices.Backward(l.Values(v)) {
			if value != nil && value.Pos() < loop.Pos() {
				return l.Value(value, 0)
			}
		}
	}
	return NoBound
}

// Steps reports whether a loop counts x up or down.
func (l *Loops) Steps(loop ast.Node, x ast.Expr) bool { return l.Direction(loop, x) != 0 }

// Direction is 1 if a statement counts x up, -1 for down, and 0 if it does neither.
func (l *Loops) Direction(stmt ast.Node, x ast.Expr) int {
	name := types.ExprString(x)
	direction := 0
	ast.Inspect(stmt, func(n ast.Node) bool {
		if d := StepOver(n, name); d != 0 {
			direction = d
		}
		return direction == 0
	})
	return direction
}

// StepOver is the direction in which a single statement counts what is called name.
func StepOver(n ast.Node, name string) int {
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

func multiplies(op token.Token) bool {
	return op == token.MUL_ASSIGN || op == token.SHL_ASSIGN || op == token.QUO_ASSIGN || op == token.SHR_ASSIGN
}

// stepOf is the constant that the loop's post statement adds to x or takes away, else 1.
func (l *Loops) stepOf(loop *ast.ForStmt, x ast.Expr) int {
	post, ok := loop.Post.(*ast.AssignStmt)
	if !ok || post.Tok != token.ADD_ASSIGN && post.Tok != token.SUB_ASSIGN || types.ExprString(post.Lhs[0]) != types.ExprString(x) {
		return 1
	}
	if b := l.Value(post.Rhs[0], 0); b.Kind == Constant && b.N > 0 {
		return b.N
	}
	return 1
}

// Repeated is how often the loops around pos turn, the worst of them.
func (l *Loops) Repeated(pos token.Pos) Bound {
	b := Exactly(0)
	for _, loop := range l.around(pos) {
		if l.resolving[loop] {
			return NoBound
		}
		if l.resolving == nil {
			l.resolving = make(map[ast.Stmt]bool)
		}
		l.resolving[loop] = true
		b = Worst(b, l.Of(loop))
		delete(l.resolving, loop)
	}
	return b
}

// InLoop reports whether a position is in a loop.
func (l *Loops) InLoop(pos token.Pos) bool { return len(l.around(pos)) > 0 }

func (l *Loops) around(pos token.Pos) []ast.Stmt {
	var loops []ast.Stmt
	ast.Inspect(l.Body, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		switch n := n.(type) {
		case *ast.ForStmt:
			if n.Init == nil || n.Init.End() <= pos {
				loops = append(loops, n)
			}
		case *ast.RangeStmt:
			if n.Body.Pos() <= pos { // what it ranges over is evaluated once
				loops = append(loops, n)
			}
		}
		return true
	})
	return loops
}
