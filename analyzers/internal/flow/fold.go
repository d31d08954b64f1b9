package history

import (
	"go/ast"
	"go/token"
)

// paths are the largest tallies of the ways through statements, by where they lead;
// nil where no way leads. What a loop runs on its way out, it runs once.
type paths struct {
	end   *tally // to what follows
	next  *tally // to the next turn of the loop around
	broke *tally // out of the loop, or of the switch
	done  *tally // out of the loop, by its label
	left  *tally // out of the function, or of more loops than one
}

func through(t tally) paths { return paths{end: &t} }

func (p paths) then(q paths) paths {
	after := func(t *tally) *tally {
		if p.end == nil || t == nil {
			return nil
		}
		sum := p.end.plus(*t)
		return &sum
	}
	return paths{after(q.end), either(p.next, after(q.next)), either(p.broke, after(q.broke)), either(p.done, after(q.done)), either(p.left, after(q.left))}
}

func (p paths) or(q paths) paths {
	return paths{either(p.end, q.end), either(p.next, q.next), either(p.broke, q.broke), either(p.done, q.done), either(p.left, q.left)}
}

func either(t, u *tally) *tally {
	switch {
	case t == nil:
		return u
	case u == nil:
		return t
	}
	larger := t.or(*u)
	return &larger
}

// all is the tally of a function's body.
func (p paths) all() tally {
	return orNone(either(either(p.end, p.next), either(either(p.broke, p.done), p.left)))
}

func orNone(t *tally) tally {
	if t == nil {
		return tally{}
	}
	return *t
}

// block counts statements in sequence.
func (c *counter) block(list []ast.Stmt) paths {
	p := through(tally{})
	for _, s := range list {
		if p.end == nil {
			break // nothing leads here
		}
		p = p.then(c.stmt(s))
	}
	return p
}

func (c *counter) maybe(s ast.Stmt) paths {
	if s == nil {
		return through(tally{})
	}
	return c.stmt(s)
}

func (c *counter) stmt(s ast.Stmt) paths {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return c.block(s.List)
	case *ast.LabeledStmt:
		outer := c.label
		c.label = s.Label.Name
		defer func() { c.label = outer }()
		return c.stmt(s.Stmt)
	case *ast.ReturnStmt:
		t := c.expr(s)
		return paths{left: &t}
	case *ast.BranchStmt:
		return c.branch(s)
	case *ast.IfStmt:
		return c.maybe(s.Init).then(through(c.expr(s.Cond))).then(c.block(s.Body.List).or(c.maybe(s.Else)))
	case *ast.SwitchStmt:
		p := c.maybe(s.Init)
		if s.Tag != nil {
			p = p.then(through(c.expr(s.Tag)))
		}
		return p.then(c.cases(s.Body))
	case *ast.TypeSwitchStmt:
		return c.maybe(s.Init).then(through(c.expr(s.Assign))).then(c.cases(s.Body))
	case *ast.SelectStmt:
		return c.cases(s.Body)
	case *ast.ForStmt:
		return c.maybe(s.Init).then(c.loop(s, s.Body))
	case *ast.RangeStmt:
		return through(c.expr(s.X)).then(c.loop(s, s.Body))
	}
	return through(c.expr(s))
}

func (c *counter) branch(s *ast.BranchStmt) paths {
	none := tally{}
	switch {
	case s.Tok == token.BREAK && s.Label == nil:
		return paths{broke: &none}
	case s.Tok == token.CONTINUE && (s.Label == nil || s.Label.Name == c.turning):
		return paths{next: &none}
	case s.Tok == token.BREAK && s.Label.Name == c.turning:
		return paths{done: &none}
	case s.Tok == token.BREAK, s.Tok == token.CONTINUE:
		c.jumps[s.Label.Name] = true
		return paths{left: &none}
	}
	return through(none)
}

// cases counts the clauses of a switch or select: one of them runs, or none.
func (c *counter) cases(body *ast.BlockStmt) paths {
	p := through(tally{})
	for _, clause := range body.List {
		var one paths
		switch clause := clause.(type) {
		case *ast.CaseClause:
			t := tally{}
			for _, x := range clause.List {
				t = t.plus(c.expr(x))
			}
			one = through(t).then(c.block(clause.Body))
		case *ast.CommClause:
			one = c.maybe(clause.Comm).then(c.block(clause.Body))
		}
		one.end, one.broke = either(one.end, one.broke), nil
		p = p.or(one)
	}
	return p
}

// loop counts a loop, and notes it if there is no end to it.
func (c *counter) loop(loop ast.Stmt, body *ast.BlockStmt) paths {
	b := c.loopBound(loop)
	inside := [3]int{len(c.findings), len(c.looped), len(c.turns)}
	outer := c.turning
	c.turning, c.label = c.label, ""
	p := c.block(body.List)
	broke := either(p.broke, p.done)
	if c.jumps[c.turning] {
		// From a loop within: which way is not told from others that leave.
		p.next, broke = either(p.next, p.left), either(broke, p.left)
	}
	c.turning = outer
	turn := orNone(either(p.end, p.next))
	endless := false // nothing leads to what follows
	if f, ok := loop.(*ast.ForStmt); ok {
		turn = turn.plus(c.exprOrNil(f.Cond)).plus(c.maybe(f.Post).all())
		endless = f.Cond == nil && broke == nil
	}
	t := tally{}
	if turn.runs() {
		t = c.repeat(loop, body, b, turn, inside)
	}
	after := func(last *tally) *tally {
		if last == nil {
			return nil
		}
		sum := *last
		if turn.runs() {
			sum = t.plus(tally{N: max(last.N-turn.N, 0)}) // it was on its way through a turn
		}
		return &sum
	}
	result := paths{end: either(&t, after(broke)), left: after(p.left)}
	if endless {
		result.end = nil
	}
	return result
}
