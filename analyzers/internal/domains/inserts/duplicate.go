package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
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

// duplicateName matches what the libraries and most programs call such an error
// or its test: pgerrcode.UniqueViolation, gorm.ErrDuplicatedKey,
// ent.IsConstraintError, codes.AlreadyExists, ErrAlreadyExists, isDuplicateKey.
// SQLite's codes are ErrConstraintUnique, SQLITE_CONSTRAINT_PRIMARYKEY and the like.
var duplicateName = regexp.MustCompile(`(?i)duplicat|unique_?violation|unique_?constraint|constraint_?(unique|primary_?key)|already_?exist|constraint_?error|(err|sqlite)_?constraint$|^(is|err)_?(conflict|exists)|key_?exists`)

// duplicateText matches the SQLSTATE, its name and the messages that drivers give.
var duplicateText = regexp.MustCompile(`(?i)\b23505\b|\bunique_violation\b|\berror 1062\b|duplicate key|duplicate entry|unique constraint|already exists`)

// duplicateNumbers are the codes of MySQL, SQLite (primary key, unique) and SQL
// Server (index, constraint).
var duplicateNumbers = map[string]bool{"1062": true, "1555": true, "2067": true, "2601": true, "2627": true}

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

func isPredicate(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Results().Len() != 1 {
		return false
	}
	if !syntax.IsBool(sig.Results().At(0).Type()) {
		return false
	}
	for i := range sig.Params().Len() {
		if syntax.IsErrorType(sig.Params().At(i).Type()) {
			return true
		}
	}
	return false
}

func (d *duplicates) bodyTests(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(x ast.Node) bool {
		if e, ok := x.(ast.Expr); ok && !found {
			found = d.names(e)
		}
		return !found
	})
	return found
}

// names reports whether x, itself, names a unique violation.
func (d *duplicates) names(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.BasicLit:
		return isDuplicateCode(d.p.Info.Types[x].Value)
	case *ast.Ident:
		switch obj := d.p.Info.Uses[x].(type) {
		case *types.Func:
			fact := d.p.summaryOf(obj)
			return d.tests[obj] || fact.TestsDuplicate || duplicateName.MatchString(obj.Name())
		case *types.Var:
			if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
				return duplicateName.MatchString(obj.Name()) || d.known[keys.Var(obj)]
			}
		case *types.Const:
			return duplicateName.MatchString(obj.Name()) || isDuplicateCode(obj.Val())
		case *types.TypeName:
			return duplicateName.MatchString(obj.Name())
		}
	}
	return false
}

func isDuplicateCode(v constant.Value) bool {
	if v == nil {
		return false
	}
	switch v.Kind() {
	case constant.String:
		return duplicateText.MatchString(constant.StringVal(v))
	case constant.Int:
		return duplicateNumbers[v.ExactString()]
	}
	return false
}

// noteAs makes the target of errors.As stand for the error.
func (d *duplicates) noteAs(in *scope, call *ast.CallExpr) {
	fn := syntax.Callee(d.p.Info, call)
	if fn == nil || fn.Name() != "As" || len(call.Args) != 2 {
		return
	}
	from := d.errorVar(call.Args[0])
	if addr, ok := ast.Unparen(call.Args[1]).(*ast.UnaryExpr); ok && addr.Op == token.AND && from != nil {
		if id := syntax.Ident(addr.X); id != nil {
			in.aliases[d.p.Info.ObjectOf(id)] = from
		}
	}
}

// noteAlias makes pgErr stand for err in pgErr, ok := err.(*pgconn.PgError) and in
// errors.AsType, and dup for the test in dup := isDup(err).
func (d *duplicates) noteAlias(in *scope, a *ast.AssignStmt) {
	if len(a.Rhs) != 1 {
		return
	}
	if id := syntax.Ident(a.Lhs[0]); id != nil && len(a.Lhs) == 1 && syntax.IsBool(d.p.Info.TypeOf(id)) {
		if t, ok := d.condition(in, a.Rhs[0]); ok && t.err != nil {
			in.flags[d.p.Info.ObjectOf(id)] = t
			return
		}
	}
	var from types.Object
	switch rhs := ast.Unparen(a.Rhs[0]).(type) {
	case *ast.TypeAssertExpr:
		from = d.errorVar(rhs.X)
	case *ast.CallExpr:
		if len(rhs.Args) == 1 {
			from = d.errorVar(rhs.Args[0])
		}
	}
	if from == nil {
		return
	}
	for _, lhs := range a.Lhs {
		if id := syntax.Ident(lhs); id != nil {
			if obj := d.p.Info.ObjectOf(id); obj != nil && obj != from {
				in.aliases[obj] = from
			}
		}
	}
}

func (d *duplicates) errorVar(x ast.Expr) types.Object {
	if id := syntax.Ident(x); id != nil {
		if v, ok := d.p.Info.ObjectOf(id).(*types.Var); ok && syntax.IsErrorType(v.Type()) {
			return v
		}
	}
	return nil
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

// noteSentinel records the error variable that a unique violation is mapped to,
// so that callers who test for that one test for the duplicate.
func (d *duplicates) noteSentinel(branch []ast.Stmt) {
	for _, stmt := range branch {
		ret, ok := stmt.(*ast.ReturnStmt)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		ast.Inspect(ret.Results[len(ret.Results)-1], func(x ast.Node) bool {
			id, ok := x.(*ast.Ident)
			if !ok {
				return true
			}
			v, ok := d.p.Info.ObjectOf(id).(*types.Var)
			if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && isErrorLike(v.Type()) && !d.known[keys.Var(v)] {
				d.known[keys.Var(v)] = true
				d.sentinels = append(d.sentinels, keys.Var(v))
			}
			return true
		})
	}
}

// acceptAssigned marks the calls whose error err may hold at pos: the last one and,
// if that one only runs once err is nil, those in front of it.
func (d *duplicates) acceptAssigned(body *ast.BlockStmt, err types.Object, pos token.Pos) {
	for last := d.lastAssigned(body, err, pos); last != nil; {
		d.accept(body, last)
		var guard *ast.IfStmt
		ast.Inspect(body, func(x ast.Node) bool {
			if s, ok := x.(*ast.IfStmt); ok && guard == nil && s.Body.Pos() <= last.Pos() && last.End() <= s.Body.End() && s.End() <= pos &&
				syntax.TestsError(d.p.Info, s.Cond) == token.EQL && d.errorIn(s.Cond, nil) == err {
				guard = s
			}
			return guard == nil
		})
		if guard == nil {
			return
		}
		pos = guard.Pos()
		last = d.lastAssigned(body, err, pos)
	}
}

// accept marks a call, and what was executed to make the rows, the prepared
// statement or the batch that it is about: the error of an INSERT that is queried
// for is rows.Err's, that of a queued one SendBatch's.
func (d *duplicates) accept(body *ast.BlockStmt, call ast.Expr) {
	m := callgraph.Mark{Pos: call.Pos(), End: call.End(), Mask: Insert}
	if slices.Contains(d.marks[body], m) {
		return
	}
	d.marks[body] = append(d.marks[body], m)
	ast.Inspect(call, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := d.p.Info.Uses[id].(*types.Var)
		if !ok {
			return true
		}
		named, ok := types.Unalias(syntax.Deref(v.Type())).(*types.Named)
		if !ok {
			return true
		}
		switch named.Obj().Name() {
		case "Rows", "Row", "Stmt", "BatchResults":
			if from := d.lastAssigned(body, v, call.Pos()); from != nil && from.End() <= call.Pos() {
				d.accept(body, from)
			}
		case "Batch":
			ast.Inspect(body, func(y ast.Node) bool {
				if queue, ok := y.(*ast.CallExpr); ok && queue.End() <= call.Pos() {
					if sel, ok := queue.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Queue" && syntax.Ident(sel.X) != nil && d.p.Info.Uses[syntax.Ident(sel.X)] == v {
						d.marks[body] = append(d.marks[body], callgraph.Mark{Pos: queue.Pos(), End: queue.End(), Mask: Insert})
					}
				}
				return true
			})
		}
		return true
	})
}

// acceptedIn reports whether a function of this package that is called accepts a
// duplicate of something that it runs: the text that it is given, it seems.
func (d *duplicates) acceptedIn(call *ast.CallExpr) bool {
	fn := syntax.Callee(d.p.Info, call)
	if fn == nil {
		return false
	}
	decl := d.p.text.Decl(fn)
	return decl != nil && decl.Body != nil && len(d.marks[decl.Body]) > 0
}

// lastAssigned is the call whose error was last assigned to err before pos.
func (d *duplicates) lastAssigned(body *ast.BlockStmt, err types.Object, pos token.Pos) ast.Expr {
	var last ast.Expr
	ast.Inspect(body, func(x ast.Node) bool {
		a, ok := x.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, lhs := range a.Lhs {
			id := syntax.Ident(lhs)
			if id == nil || d.p.Info.ObjectOf(id) != err {
				continue
			}
			rhs := a.Rhs[0]
			if len(a.Rhs) == len(a.Lhs) {
				rhs = a.Rhs[i]
			}
			// The test's own "if err := f(); isDup(err)" is an assignment inside it.
			if isCall(rhs) && (a.Pos() < pos || d.inHeader(body, a, pos)) {
				last = rhs
			}
		}
		return true
	})
	return last
}

// isCall reports whether x is a call, or a field of what a call returns.
func isCall(x ast.Expr) bool {
	x = ast.Unparen(x)
	if sel, ok := x.(*ast.SelectorExpr); ok {
		x = ast.Unparen(sel.X)
	}
	_, ok := x.(*ast.CallExpr)
	return ok
}

// inHeader reports whether an assignment is the init statement of the if or
// switch that starts at pos.
func (d *duplicates) inHeader(body *ast.BlockStmt, a *ast.AssignStmt, pos token.Pos) bool {
	found := false
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.IfStmt:
			found = found || x.Pos() == pos && x.Init == a
		case *ast.SwitchStmt:
			found = found || x.Pos() == pos && x.Init == a
		}
		return !found
	})
	return found
}

// acceptedBy marks the calls whose error goes through a function that returns none
// for a duplicate: return ignoreDuplicate(s.add(ctx)), err = ignoreDuplicate(err).
func (d *duplicates) acceptedBy(list []ast.Expr, body *ast.BlockStmt, at ast.Node) {
	for _, x := range list {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			continue
		}
		fn := syntax.Callee(d.p.Info, call)
		if fn == nil || !d.accepts[fn] && !d.p.summaryOf(fn).AcceptsDuplicate {
			continue
		}
		for _, arg := range call.Args {
			if inner, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
				d.accept(body, inner)
			} else if v := d.errorVar(arg); v != nil {
				d.acceptAssigned(body, v, at.Pos())
			}
		}
	}
}
