package inserts

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// duplicates knows where the code accepts a row that is there already: a test for
// a unique violation whose branch goes on or returns success. Mapping it to
// another error, retryable or not, is not acceptance.
type duplicates struct {
	p *reader
	// marks are the calls whose duplicate is accepted, by the body they stand in.
	marks     map[ast.Node][]callgraph.Mark
	tests     map[*types.Func]bool // predicates
	accepts   map[*types.Func]bool // functions of an error that return none for a duplicate
	sentinels []string             // errors that a unique violation is mapped to
	known     map[string]bool      // sentinels, here and in imports
}

func findDuplicates(p *reader, files []*ast.File) *duplicates {
	d := &duplicates{
		p:       p,
		marks:   make(map[ast.Node][]callgraph.Mark),
		tests:   make(map[*types.Func]bool),
		accepts: make(map[*types.Func]bool),
		known:   make(map[string]bool),
	}
	for _, s := range p.imported {
		d.known[s] = true
	}
	// Again if there is something to know: a body may use a predicate or sentinel of
	// a file further down.
	for i := 0; i == 0 || i == 1 && len(d.tests)+len(d.accepts)+len(d.sentinels) > 0; i++ {
		d.marks = make(map[ast.Node][]callgraph.Mark)
		for _, file := range files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
					obj, _ := p.Info.Defs[fn.Name].(*types.Func)
					d.read(d.newScope(obj, fn.Type, fn.Body))
				}
			}
		}
	}
	return d
}

// A scope is the body of a function or a closure, and what its variables are.
type scope struct {
	fn      *types.Func // nil for closures
	body    *ast.BlockStmt
	result  types.Object                  // its last result, if that has a name
	aliases map[types.Object]types.Object // the errors that variables stand for
	flags   map[types.Object]test         // the tests that variables hold
	// outer is the function that defers the closure, and from the end of the statement.
	outer *scope
	from  token.Pos
}

func (d *duplicates) newScope(fn *types.Func, typ *ast.FuncType, body *ast.BlockStmt) *scope {
	s := &scope{fn: fn, body: body, aliases: make(map[types.Object]types.Object), flags: make(map[types.Object]test)}
	if typ.Results != nil {
		if last := typ.Results.List[len(typ.Results.List)-1]; len(last.Names) > 0 {
			s.result = d.p.Info.Defs[last.Names[len(last.Names)-1]]
		}
	}
	return s
}

// read reads one body; closures in it are bodies of their own.
func (d *duplicates) read(in *scope) {
	if in.fn != nil && isPredicate(in.fn) && d.bodyTests(in.body) {
		d.tests[in.fn] = true
	}
	ast.Inspect(in.body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			d.noteAs(in, x)
		case *ast.AssignStmt:
			d.noteAlias(in, x)
		}
		return true
	})
	ast.PreorderStack(in.body, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			closure := d.newScope(nil, x.Type, x.Body)
			if n := len(stack); n > 1 {
				if deferred, ok := stack[n-2].(*ast.DeferStmt); ok && deferred.Call.Fun == x {
					closure.outer, closure.from = in, deferred.End()
				}
			}
			d.read(closure)
			return false
		case *ast.AssignStmt:
			d.acceptedBy(x.Rhs, in.body, x)
		case *ast.ReturnStmt:
			d.acceptedBy(x.Results, in.body, x)
		case *ast.BlockStmt:
			d.statements(in, x.List, stack)
		case *ast.CaseClause:
			d.statements(in, x.Body, stack)
		}
		return true
	})
}

// A test is a condition that is about a unique violation of an error.
type test struct {
	err   types.Object
	isDup bool // the condition holds for a duplicate; otherwise it holds for all else
}

// condition reads a condition: isDup(err), !isDup(err), err != nil && !isDup(err),
// errors.As(err, &pgErr) && pgErr.Code == "23505".
func (d *duplicates) condition(in *scope, x ast.Expr) (t test, ok bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if t, ok := in.flags[d.p.Info.ObjectOf(x)]; ok {
			return t, true
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			t, ok = d.condition(in, x.X)
			t.isDup = !t.isDup
			return t, ok
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			l, okL := d.condition(in, x.X)
			r, okR := d.condition(in, x.Y)
			switch {
			case okL:
				t, ok = l, true
			case okR:
				t, ok = r, true
			}
			if ok && t.err == nil {
				t.err = d.errorIn(x, in.aliases)
			}
			return t, ok
		case token.EQL, token.NEQ:
			if d.bodyTests(x) {
				return test{err: d.errorIn(x, in.aliases), isDup: x.Op == token.EQL}, true
			}
			return t, false
		}
	}
	if d.bodyTests(x) {
		return test{err: d.errorIn(x, in.aliases), isDup: true}, true
	}
	return t, false
}

// errorIn finds the error that an expression is about.
func (d *duplicates) errorIn(x ast.Node, aliases map[types.Object]types.Object) types.Object {
	var found types.Object
	ast.Inspect(x, func(y ast.Node) bool {
		if found != nil {
			return false
		}
		switch y := y.(type) {
		case *ast.SelectorExpr:
			// gorm has the error in its result: result.Error.
			if v, ok := d.p.Info.Uses[y.Sel].(*types.Var); ok && v.IsField() && syntax.IsErrorType(v.Type()) {
				if id := syntax.Ident(y.X); id != nil {
					found = d.p.Info.ObjectOf(id)
				}
			}
		case *ast.Ident:
			obj := d.p.Info.ObjectOf(y)
			for i := 0; i < 3 && aliases[obj] != nil; i++ {
				obj = aliases[obj]
			}
			if v, ok := obj.(*types.Var); ok && syntax.IsErrorType(v.Type()) && !(v.Pkg() != nil && v.Parent() == v.Pkg().Scope()) {
				found = v
			}
		}
		return found == nil
	})
	return found
}

// statements looks at every test in a list of statements.
func (d *duplicates) statements(in *scope, list []ast.Stmt, stack []ast.Node) {
	for i, stmt := range list {
		rest := list[i+1:]
		switch s := stmt.(type) {
		case *ast.IfStmt:
			d.ifElse(in, s, rest, stack)
		case *ast.SwitchStmt:
			d.switchCases(in, s, rest)
		}
	}
}

func (d *duplicates) ifElse(in *scope, s *ast.IfStmt, rest []ast.Stmt, stack []ast.Node) {
	for s != nil {
		if t, ok := d.condition(in, s.Cond); ok && t.err != nil {
			d.branch(d.newPath(in, t.err), s.Pos(), t.branch(s), rest, behind(stack))
		}
		s, _ = s.Else.(*ast.IfStmt)
	}
}

// branch is what an if runs for a duplicate.
func (t test) branch(s *ast.IfStmt) []ast.Stmt {
	if t.isDup {
		return s.Body.List
	}
	return elseOf(s)
}

func elseOf(s *ast.IfStmt) []ast.Stmt {
	switch els := s.Else.(type) {
	case *ast.BlockStmt:
		return els.List
	case *ast.IfStmt:
		return []ast.Stmt{els}
	}
	return nil
}

func (d *duplicates) switchCases(in *scope, s *ast.SwitchStmt, rest []ast.Stmt) {
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		for _, x := range clause.List {
			var err types.Object
			if s.Tag == nil {
				if t, ok := d.condition(in, x); ok && t.isDup {
					err = t.err
				}
			} else if d.bodyTests(x) {
				err = d.errorIn(s.Tag, in.aliases)
			}
			if err != nil {
				d.branch(d.newPath(in, err), s.Pos(), clause.Body, rest, rest)
			}
		}
	}
}

// branch judges what is done with a duplicate of the test at pos.
func (d *duplicates) branch(p *path, pos token.Pos, branch, rest, behind []ast.Stmt) {
	if !p.goesOn(branch, rest, behind) {
		d.noteSentinel(branch)
		return
	}
	if fn := p.in.fn; fn != nil && isParam(fn, p.err) {
		if r := fn.Signature().Results(); r.Len() > 0 && syntax.IsErrorType(r.At(r.Len()-1).Type()) {
			d.accepts[fn] = true
		}
		return
	}
	if outer := p.in.outer; outer != nil && outer.result == p.err {
		// It was the result of whatever the function did.
		d.marks[outer.body] = append(d.marks[outer.body], callgraph.Mark{Pos: p.in.from, End: outer.body.End(), Mask: Insert})
		return
	}
	d.acceptAssigned(p.in.body, p.err, pos)
}

func isParam(fn *types.Func, v types.Object) bool {
	params := fn.Signature().Params()
	for i := range params.Len() {
		if params.At(i) == v {
			return true
		}
	}
	return false
}
