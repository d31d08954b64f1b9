package flow

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Fold computes what the ways through statements come to, such as how often they do something at
// most. T's zero value stands for nothing done.
type Fold[T any] struct {
	Leaf func(ast.Node) T // what a statement or an expression without branches comes to
	Then func(a, b T) T   // one after the other
	Or   func(a, b T) T   // one of two
	// Loop is what a loop comes to, by what a turn does: turn is to be called once. Last is what it
	// comes to if its last turn, on the way out of the loop, does no more than that.
	Loop func(loop ast.Stmt, body *ast.BlockStmt, turn func() T) (all T, last func(T) T)

	label   string          // of the statement that comes next
	turning string          // of the innermost loop around
	jumps   map[string]bool // labels to which a loop within jumps
}

// ways are what the ways through statements come to, by where they lead; nil where none leads.
type ways[T any] struct {
	end   *T // to what follows
	next  *T // to the next turn of the loop around
	broke *T // out of the loop, or of the switch
	done  *T // out of the loop, by its label
	left  *T // out of the function, or of more loops than one
}

// Block is what a function's body comes to.
func (f *Fold[T]) Block(list []ast.Stmt) T {
	if f.jumps == nil {
		f.jumps = make(map[string]bool)
	}
	w := f.block(list)
	return orZero(f.either(f.either(w.end, w.next), f.either(f.either(w.broke, w.done), w.left)))
}

func (f *Fold[T]) through(t T) ways[T] { return ways[T]{end: &t} }

func (f *Fold[T]) leaf(n ast.Node) ways[T] { return f.through(f.Leaf(n)) }

func (f *Fold[T]) then(w, v ways[T]) ways[T] {
	after := func(t *T) *T {
		if w.end == nil || t == nil {
			return nil
		}
		sum := f.Then(*w.end, *t)
		return &sum
	}
	return ways[T]{after(v.end), f.either(w.next, after(v.next)), f.either(w.broke, after(v.broke)), f.either(w.done, after(v.done)), f.either(w.left, after(v.left))}
}

func (f *Fold[T]) or(w, v ways[T]) ways[T] {
	return ways[T]{f.either(w.end, v.end), f.either(w.next, v.next), f.either(w.broke, v.broke), f.either(w.done, v.done), f.either(w.left, v.left)}
}

func (f *Fold[T]) either(t, u *T) *T {
	switch {
	case t == nil:
		return u
	case u == nil:
		return t
	}
	either := f.Or(*t, *u)
	return &either
}

func orZero[T any](t *T) T {
	if t == nil {
		var zero T
		return zero
	}
	return *t
}

func (f *Fold[T]) block(list []ast.Stmt) ways[T] {
	w := ways[T]{end: new(T)}
	for _, s := range list {
		if w.end == nil {
			break // nothing leads here
		}
		w = f.then(w, f.stmt(s))
	}
	return w
}

func (f *Fold[T]) maybe(s ast.Stmt) ways[T] {
	if s == nil {
		return ways[T]{end: new(T)}
	}
	return f.stmt(s)
}

func (f *Fold[T]) stmt(s ast.Stmt) ways[T] {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return f.block(s.List)
	case *ast.LabeledStmt:
		return f.labeled(s)
	case *ast.ReturnStmt:
		t := f.Leaf(s)
		return ways[T]{left: &t}
	case *ast.BranchStmt:
		return f.branch(s)
	case *ast.IfStmt:
		return f.then(f.then(f.maybe(s.Init), f.leaf(s.Cond)), f.or(f.block(s.Body.List), f.maybe(s.Else)))
	case *ast.SwitchStmt:
		w := f.maybe(s.Init)
		if s.Tag != nil {
			w = f.then(w, f.leaf(s.Tag))
		}
		return f.then(w, f.cases(s.Body))
	case *ast.TypeSwitchStmt:
		return f.then(f.then(f.maybe(s.Init), f.leaf(s.Assign)), f.cases(s.Body))
	case *ast.SelectStmt:
		return f.cases(s.Body)
	case *ast.ForStmt:
		return f.then(f.maybe(s.Init), f.loop(s, s.Body))
	case *ast.RangeStmt:
		return f.then(f.leaf(s.X), f.loop(s, s.Body))
	}
	return f.leaf(s)
}

func (f *Fold[T]) labeled(s *ast.LabeledStmt) ways[T] {
	switch s.Stmt.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		outer := f.label
		f.label = s.Label.Name
		defer func() { f.label = outer }()
		return f.stmt(s.Stmt)
	}
	w := f.stmt(s.Stmt)
	if f.jumps[s.Label.Name] {
		w.end = f.either(w.end, w.left) // a break; which way is not told from others that leave
	}
	return w
}

func (f *Fold[T]) branch(s *ast.BranchStmt) ways[T] {
	none := new(T)
	switch {
	case s.Tok == token.BREAK && s.Label == nil:
		return ways[T]{broke: none}
	case s.Tok == token.CONTINUE && (s.Label == nil || s.Label.Name == f.turning):
		return ways[T]{next: none}
	case s.Tok == token.BREAK && s.Label.Name == f.turning:
		return ways[T]{done: none}
	case s.Tok == token.BREAK, s.Tok == token.CONTINUE:
		f.jumps[s.Label.Name] = true
		return ways[T]{left: none}
	}
	return ways[T]{end: none}
}

// cases are the clauses of a switch or select: one of them runs, or none.
func (f *Fold[T]) cases(body *ast.BlockStmt) ways[T] {
	all := make([]ways[T], len(body.List))
	for i, clause := range body.List {
		one := ways[T]{end: new(T)}
		switch clause := clause.(type) {
		case *ast.CaseClause:
			for _, x := range clause.List {
				one = f.then(one, f.leaf(x))
			}
			one = f.then(one, f.block(clause.Body))
		case *ast.CommClause:
			one = f.then(f.maybe(clause.Comm), f.block(clause.Body))
		}
		all[i] = one
	}
	for i, clause := range slices.Backward(body.List) {
		if clause, ok := clause.(*ast.CaseClause); ok && syntax.EndsIn(clause.Body, token.FALLTHROUGH) && i+1 < len(all) {
			all[i] = f.then(all[i], all[i+1])
		}
	}
	w := ways[T]{end: new(T)}
	for _, one := range all {
		one.end, one.broke = f.either(one.end, one.broke), nil
		w = f.or(w, one)
	}
	return w
}

func (f *Fold[T]) loop(loop ast.Stmt, body *ast.BlockStmt) ways[T] {
	var broke, left *T
	all, last := f.Loop(loop, body, func() T {
		var w ways[T]
		w, broke = f.turn(body)
		left = w.left
		turn := orZero(f.either(w.end, w.next))
		if s, ok := loop.(*ast.ForStmt); ok {
			if s.Cond != nil {
				turn = f.Then(turn, f.Leaf(s.Cond))
			}
			turn = f.Then(turn, orZero(f.maybe(s.Post).end))
		}
		return turn
	})
	after := func(t *T) *T {
		if t == nil {
			return nil
		}
		sum := last(*t)
		return &sum
	}
	w := ways[T]{end: f.either(&all, after(broke)), left: after(left)}
	if s, ok := loop.(*ast.ForStmt); ok && s.Cond == nil && broke == nil {
		w.end = nil // nothing leads to what follows
	}
	return w
}

// turn is a turn of a loop, and how it leaves the loop for what follows.
func (f *Fold[T]) turn(body *ast.BlockStmt) (w ways[T], broke *T) {
	outer := f.turning
	f.turning, f.label = f.label, ""
	w = f.block(body.List)
	broke = f.either(w.broke, w.done)
	if f.jumps[f.turning] {
		// From a loop within: which way is not told from others that leave.
		w.next, broke = f.either(w.next, w.left), f.either(broke, w.left)
	}
	f.turning = outer
	return w, broke
}
