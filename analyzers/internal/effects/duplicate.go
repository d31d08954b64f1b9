package effects

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
)

// duplicates knows where the code accepts a row that is there already: a test for
// a unique violation whose branch goes on or returns success. Mapping it to
// another error, retryable or not, is not acceptance.
type duplicates struct {
	p *pkg
	// marks are the calls whose duplicate is accepted, by the body they stand in.
	marks     map[ast.Node][]mark
	tests     map[*types.Func]bool // predicates
	accepts   map[*types.Func]bool // func(error) error that returns nil for a duplicate
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

func findDuplicates(p *pkg, files []*ast.File) *duplicates {
	d := &duplicates{
		p:       p,
		marks:   make(map[ast.Node][]mark),
		tests:   make(map[*types.Func]bool),
		accepts: make(map[*types.Func]bool),
		known:   make(map[string]bool),
	}
	for _, s := range p.wiring.Duplicates {
		d.known[s] = true
	}
	// Again if there is something to know: a body may use a predicate or sentinel of
	// a file further down.
	for i := 0; i == 0 || i == 1 && len(d.tests)+len(d.accepts)+len(d.sentinels) > 0; i++ {
		d.marks = make(map[ast.Node][]mark)
		for _, file := range files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
					obj, _ := p.info.Defs[fn.Name].(*types.Func)
					d.function(obj, fn.Type, fn.Body)
				}
			}
		}
	}
	return d
}

// function reads one body; closures in it are bodies of their own.
func (d *duplicates) function(fn *types.Func, typ *ast.FuncType, body *ast.BlockStmt) {
	if fn != nil && isPredicate(fn) && d.bodyTests(body) {
		d.tests[fn] = true
	}
	aliases := make(map[types.Object]types.Object)
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			d.function(nil, x.Type, x.Body)
			return false
		case *ast.CallExpr:
			d.noteAs(x, aliases)
		case *ast.AssignStmt:
			d.noteAlias(x, aliases)
			d.acceptedBy(x.Rhs, body, x)
		case *ast.ReturnStmt:
			d.acceptedBy(x.Results, body, x)
		case *ast.BlockStmt:
			d.statements(fn, body, x.List, aliases)
		case *ast.CaseClause:
			d.statements(fn, body, x.Body, aliases)
		}
		return true
	})
}

func isPredicate(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Results().Len() != 1 {
		return false
	}
	b, ok := sig.Results().At(0).Type().Underlying().(*types.Basic)
	if !ok || b.Kind() != types.Bool {
		return false
	}
	for i := range sig.Params().Len() {
		if isErrorType(sig.Params().At(i).Type()) {
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
		return isDuplicateCode(d.p.info.Types[x].Value)
	case *ast.Ident:
		switch obj := d.p.info.Uses[x].(type) {
		case *types.Func:
			fact := d.p.factOf(obj)
			return d.tests[obj] || fact.TestsDuplicate || duplicateName.MatchString(obj.Name())
		case *types.Var:
			if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
				return duplicateName.MatchString(obj.Name()) || d.known[varKey(obj)]
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
func (d *duplicates) noteAs(call *ast.CallExpr, aliases map[types.Object]types.Object) {
	fn := roles.Callee(d.p.info, call)
	if fn == nil || fn.Name() != "As" || len(call.Args) != 2 {
		return
	}
	from := d.errorVar(call.Args[0])
	if addr, ok := ast.Unparen(call.Args[1]).(*ast.UnaryExpr); ok && addr.Op == token.AND && from != nil {
		if id := identOf(addr.X); id != nil {
			aliases[d.p.info.ObjectOf(id)] = from
		}
	}
}

// noteAlias makes pgErr stand for err in pgErr, ok := err.(*pgconn.PgError) and in
// errors.AsType.
func (d *duplicates) noteAlias(a *ast.AssignStmt, aliases map[types.Object]types.Object) {
	if len(a.Rhs) != 1 {
		return
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
		if id := identOf(lhs); id != nil {
			if obj := d.p.info.ObjectOf(id); obj != nil && obj != from {
				aliases[obj] = from
			}
		}
	}
}

func (d *duplicates) errorVar(x ast.Expr) types.Object {
	if id := identOf(x); id != nil {
		if v, ok := d.p.info.ObjectOf(id).(*types.Var); ok && isErrorType(v.Type()) {
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
func (d *duplicates) condition(x ast.Expr, aliases map[types.Object]types.Object) (t test, ok bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			t, ok = d.condition(x.X, aliases)
			t.isDup = !t.isDup
			return t, ok
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			l, okL := d.condition(x.X, aliases)
			r, okR := d.condition(x.Y, aliases)
			switch {
			case okL:
				t, ok = l, true
			case okR:
				t, ok = r, true
			}
			if ok && t.err == nil {
				t.err = d.errorIn(x, aliases)
			}
			return t, ok
		case token.EQL, token.NEQ:
			if d.bodyTests(x) {
				return test{err: d.errorIn(x, aliases), isDup: x.Op == token.EQL}, true
			}
			return t, false
		}
	}
	if d.bodyTests(x) {
		return test{err: d.errorIn(x, aliases), isDup: true}, true
	}
	return t, false
}

// errorIn finds the error that an expression is about.
func (d *duplicates) errorIn(x ast.Node, aliases map[types.Object]types.Object) types.Object {
	var found types.Object
	ast.Inspect(x, func(y ast.Node) bool {
		if sel, ok := y.(*ast.SelectorExpr); ok && found == nil {
			// gorm has the error in its result: result.Error.
			if v, ok := d.p.info.Uses[sel.Sel].(*types.Var); ok && v.IsField() && isErrorType(v.Type()) {
				if id := identOf(sel.X); id != nil {
					found = d.p.info.ObjectOf(id)
				}
			}
		}
		if id, ok := y.(*ast.Ident); ok && found == nil {
			obj := d.p.info.ObjectOf(id)
			for range 3 {
				if from := aliases[obj]; from != nil {
					obj = from
				}
			}
			if v, ok := obj.(*types.Var); ok && isErrorType(v.Type()) && !(v.Pkg() != nil && v.Parent() == v.Pkg().Scope()) {
				found = v
			}
		}
		return found == nil
	})
	return found
}

// statements looks at every test in a list of statements.
func (d *duplicates) statements(fn *types.Func, body *ast.BlockStmt, list []ast.Stmt, aliases map[types.Object]types.Object) {
	for i, stmt := range list {
		switch s := stmt.(type) {
		case *ast.IfStmt:
			rest := list[i+1:]
			for s != nil {
				if s.Init != nil {
					ast.Inspect(s.Init, func(x ast.Node) bool {
						if call, ok := x.(*ast.CallExpr); ok {
							d.noteAs(call, aliases)
						}
						if a, ok := x.(*ast.AssignStmt); ok {
							d.noteAlias(a, aliases)
						}
						return true
					})
				}
				ast.Inspect(s.Cond, func(x ast.Node) bool {
					if call, ok := x.(*ast.CallExpr); ok {
						d.noteAs(call, aliases)
					}
					return true
				})
				if t, ok := d.condition(s.Cond, aliases); ok {
					var branch []ast.Stmt
					switch els := s.Else.(type) {
					case *ast.BlockStmt:
						branch = els.List
					case *ast.IfStmt:
						branch = []ast.Stmt{els}
					}
					if t.isDup {
						branch = s.Body.List
					}
					d.branch(fn, body, t.err, s.Pos(), branch, rest)
				}
				next, _ := s.Else.(*ast.IfStmt)
				s = next
			}
		case *ast.SwitchStmt:
			d.switchCases(fn, body, s, list[i+1:], aliases)
		}
	}
}

func (d *duplicates) switchCases(fn *types.Func, body *ast.BlockStmt, s *ast.SwitchStmt, rest []ast.Stmt, aliases map[types.Object]types.Object) {
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		for _, x := range clause.List {
			if s.Tag == nil {
				if t, ok := d.condition(x, aliases); ok && t.isDup {
					d.branch(fn, body, t.err, s.Pos(), clause.Body, rest)
				}
			} else if d.bodyTests(x) {
				d.branch(fn, body, d.errorIn(s.Tag, aliases), s.Pos(), clause.Body, rest)
			}
		}
	}
}

// branch judges what is done with a duplicate.
func (d *duplicates) branch(fn *types.Func, body *ast.BlockStmt, err types.Object, pos token.Pos, branch, rest []ast.Stmt) {
	if err == nil {
		return
	}
	if !d.goesOn(err, branch, rest) {
		d.noteSentinel(branch)
		return
	}
	if fn != nil && isParam(fn, err) {
		if r := fn.Signature().Results(); r.Len() == 1 && isErrorType(r.At(0).Type()) {
			d.accepts[fn] = true
		}
		return
	}
	d.acceptAssigned(body, err, pos)
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

// goesOn reports whether a branch, and what follows it if it falls through, ends
// without an error.
func (d *duplicates) goesOn(err types.Object, branch, rest []ast.Stmt) bool {
	for _, stmt := range branch {
		switch s := stmt.(type) {
		case *ast.ReturnStmt:
			return d.succeeds(err, s)
		case *ast.BranchStmt:
			return true
		case *ast.AssignStmt:
			for i, lhs := range s.Lhs {
				if id := identOf(lhs); id != nil && d.p.info.ObjectOf(id) == err {
					// err = nil goes on; err = ErrExists maps.
					return i < len(s.Rhs) && !d.failure(err, s.Rhs[i])
				}
			}
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok {
				if id := identOf(call.Fun); id != nil && id.Name == "panic" {
					return false
				}
				if f := roles.Callee(d.p.info, call); f != nil && f.Pkg() != nil && endsProcess(f) {
					return false
				}
			}
		}
	}
	// The branch falls through. What follows may still return the error.
	for _, stmt := range rest {
		switch s := stmt.(type) {
		case *ast.ReturnStmt:
			return d.succeeds(err, s)
		case *ast.IfStmt:
			if testsError(d.p.info, s.Cond) == token.NEQ && d.errorIn(s.Cond, nil) == err && leaves(s.Body) {
				return false
			}
		case *ast.AssignStmt:
			for _, lhs := range s.Lhs {
				if id := identOf(lhs); id != nil && d.p.info.ObjectOf(id) == err {
					return true
				}
			}
		}
	}
	return true
}

func (d *duplicates) succeeds(err types.Object, ret *ast.ReturnStmt) bool {
	if len(ret.Results) == 0 {
		return true
	}
	return !d.failure(err, ret.Results[len(ret.Results)-1])
}

// failure reports whether x, returned last, is an error: the one tested, another
// made of it, a sentinel. A call that is none of these, such as one that reads the
// row that is there, is not.
func (d *duplicates) failure(err types.Object, x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if x.Name == "nil" || x.Name == "true" || x.Name == "false" {
			return false
		}
		obj := d.p.info.ObjectOf(x)
		return obj == err || obj != nil && isErrorLike(obj.Type())
	case *ast.CallExpr:
		if t := d.p.info.TypeOf(x); t == nil || !isErrorLike(t) {
			return false // several results, or none that is an error
		}
		fn := roles.Callee(d.p.info, x)
		if fn == nil || fn.Pkg() == nil {
			return true
		}
		uses := false
		for _, arg := range x.Args {
			if d.errorIn(arg, nil) != nil {
				uses = true
			}
		}
		path := fn.Pkg().Path()
		return uses || path == "fmt" || path == "errors" || strings.HasPrefix(fn.Name(), "New") || strings.Contains(strings.ToLower(fn.Name()), "err") ||
			strings.Contains(path, "temporal") || strings.Contains(path, "status") || strings.Contains(path, "err")
	default:
		t := d.p.info.TypeOf(x)
		return t != nil && isErrorLike(t)
	}
}

func isErrorLike(t types.Type) bool {
	i, ok := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return ok && (types.Implements(t, i) || types.Implements(types.NewPointer(t), i))
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
			v, ok := d.p.info.ObjectOf(id).(*types.Var)
			if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && isErrorLike(v.Type()) && !d.known[varKey(v)] {
				d.known[varKey(v)] = true
				d.sentinels = append(d.sentinels, varKey(v))
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
				testsError(d.p.info, s.Cond) == token.EQL && d.errorIn(s.Cond, nil) == err {
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
	m := mark{call.Pos(), call.End(), Insert}
	if slices.Contains(d.marks[body], m) {
		return
	}
	d.marks[body] = append(d.marks[body], m)
	ast.Inspect(call, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := d.p.info.Uses[id].(*types.Var)
		if !ok {
			return true
		}
		named, ok := types.Unalias(deref(v.Type())).(*types.Named)
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
					if sel, ok := queue.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Queue" && identOf(sel.X) != nil && d.p.info.Uses[identOf(sel.X)] == v {
						d.marks[body] = append(d.marks[body], mark{queue.Pos(), queue.End(), Insert})
					}
				}
				return true
			})
		}
		return true
	})
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
			id := identOf(lhs)
			if id == nil || d.p.info.ObjectOf(id) != err {
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

// acceptedBy marks the calls whose error goes through a function that returns nil
// for a duplicate: return ignoreDuplicate(s.add(ctx)), err = ignoreDuplicate(err).
func (d *duplicates) acceptedBy(list []ast.Expr, body *ast.BlockStmt, at ast.Node) {
	for _, x := range list {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			continue
		}
		fn := roles.Callee(d.p.info, call)
		if fn == nil || !d.accepts[fn] && !d.p.factOf(fn).AcceptsDuplicate {
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
