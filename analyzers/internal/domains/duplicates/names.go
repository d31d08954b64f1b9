package duplicates

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// duplicateName matches what the libraries and most programs call such an error
// or its test: pgerrcode.UniqueViolation, gorm.ErrDuplicatedKey,
// ent.IsConstraintError, codes.AlreadyExists, ErrAlreadyExists, isDuplicateKey.
// SQLite's codes are ErrConstraintUnique, SQLITE_CONSTRAINT_PRIMARYKEY and the like.
var duplicateName = regexp.MustCompile(`(?i)duplicat|unique_?violation|unique_?constraint|constraint_?(unique|primary_?key)|already_?exist|constraint_?error|(err|sqlite)_?constraint$|^IsIntegrityConstraintViolation$|^(is|err)_?(conflict|exists)|key_?exists`)

// duplicateText matches the SQLSTATE, its name and the messages that drivers give.
var duplicateText = regexp.MustCompile(`(?i)\b23505\b|\bunique_violation\b|\berror 1062\b|duplicate key|duplicate entry|unique constraint|already exists`)

// duplicateClass is the class of SQLSTATE that a unique violation belongs to.
const duplicateClass = "23"

// kindField matches the fields of errors that tell one kind from another.
var kindField = regexp.MustCompile(`(?i)code|kind|type|reason|status|class`)

// duplicateNumbers are the codes of MySQL, SQLite (primary key, unique) and SQL
// Server (index, constraint).
var duplicateNumbers = map[string]bool{"1062": true, "1555": true, "2067": true, "2601": true, "2627": true}

func isPredicate(fn *types.Func) bool {
	sig := fn.Signature()
	return sig.Results().Len() == 1 && syntax.IsBool(sig.Results().At(0).Type()) && takesError(sig)
}

func (d *Duplicates) bodyTests(body ast.Node) bool {
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
func (d *Duplicates) names(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.BasicLit:
		v := d.Info.Types[x].Value
		return isDuplicateCode(v) || v != nil && v.Kind() == constant.String && d.known[textKey(constant.StringVal(v))]
	case *ast.UnaryExpr: // the second argument of errors.As
		v := d.Info.TypeOf(x.X)
		return x.Op == token.AND && v != nil && d.known[keys.Type(v)]
	case *ast.Ident:
		switch obj := d.Info.Uses[x].(type) {
		case *types.Func:
			fact := d.summaryOf(obj)
			return d.tests[obj] || fact.Tests || duplicateName.MatchString(obj.Name())
		case *types.Var:
			if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
				return duplicateName.MatchString(obj.Name()) || d.known[keys.Var(obj)]
			}
			return d.targets[obj] || obj.IsField() && (obj.Name() == "ConstraintName" || obj.Name() == "Constraint") && obj.Pkg() != d.Pass.Pkg && isDriver(obj.Pkg())
		case *types.Const:
			return duplicateName.MatchString(obj.Name()) || isDuplicateCode(obj.Val()) || d.known[constKey(obj)]
		case *types.TypeName:
			return duplicateName.MatchString(obj.Name()) || d.known[keys.Type(obj.Type())]
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
		return constant.StringVal(v) == duplicateClass || duplicateText.MatchString(constant.StringVal(v))
	case constant.Int:
		return duplicateNumbers[v.ExactString()]
	}
	return false
}

// noteAs makes the target of errors.As stand for the error.
func (d *Duplicates) noteAs(in *scope, call *ast.CallExpr) {
	fn := syntax.Callee(d.Info, call)
	if fn == nil || fn.Name() != "As" || len(call.Args) != 2 {
		return
	}
	from := d.errorVar(call.Args[0])
	if addr, ok := ast.Unparen(call.Args[1]).(*ast.UnaryExpr); ok && addr.Op == token.AND && from != nil {
		if id := syntax.Ident(addr.X); id != nil {
			in.aliases[d.Info.ObjectOf(id)] = from
		}
	}
}

// noteAlias makes pgErr stand for err in pgErr, ok := err.(*pgconn.PgError) and in
// errors.AsType, and dup for the test in dup := isDup(err).
func (d *Duplicates) noteAlias(in *scope, a *ast.AssignStmt) {
	if len(a.Rhs) != 1 {
		return
	}
	if id := syntax.Ident(a.Lhs[0]); id != nil && len(a.Lhs) == 1 && syntax.IsBool(d.Info.TypeOf(id)) {
		if t, ok := d.condition(in, a.Rhs[0]); ok && t.err != nil {
			in.flags[d.Info.ObjectOf(id)] = t
			return
		}
	}
	if len(a.Lhs) == 2 && syntax.IsBool(d.Info.TypeOf(a.Lhs[1])) && d.bodyTests(a.Rhs[0]) {
		if id, err := syntax.Ident(a.Lhs[1]), d.errorIn(a.Rhs[0], in.aliases); id != nil && err != nil {
			in.flags[d.Info.ObjectOf(id)] = test{err, true}
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
			if obj := d.Info.ObjectOf(id); obj != nil && obj != from {
				in.aliases[obj] = from
			}
		}
	}
}

// noteSwitch makes e stand for err in the clauses of switch e := err.(type).
func (d *Duplicates) noteSwitch(in *scope, s *ast.TypeSwitchStmt) {
	a, ok := s.Assign.(*ast.AssignStmt)
	if !ok {
		return
	}
	from := d.errorVar(ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X)
	for _, clause := range s.Body.List {
		if v := d.Info.Implicits[clause]; v != nil && from != nil {
			in.aliases[v] = from
		}
	}
}

func (d *Duplicates) errorVar(x ast.Expr) types.Object {
	if id := syntax.Ident(x); id != nil {
		if v, ok := d.Info.ObjectOf(id).(*types.Var); ok && syntax.IsErrorType(v.Type()) {
			return v
		}
	}
	return nil
}

// isDriver reports whether a package is a PostgreSQL driver's: its errors name the constraint.
func isDriver(pkg *types.Package) bool {
	return pkg != nil && (strings.Contains(pkg.Path(), "jackc/pg") || pkg.Path() == "github.com/lib/pq")
}

func constKey(c *types.Const) string { return "k:" + keys.Path(c.Pkg()) + "." + c.Name() }

func textKey(text string) string { return "x:" + text }

// noteSentinel records what a unique violation is mapped to, so that callers who test for that one
// test for the duplicate: a variable, a type of error, or the constant in it that tells its kind.
func (d *Duplicates) noteSentinel(ret *ast.ReturnStmt) {
	if ret == nil || len(ret.Results) == 0 {
		return
	}
	last := ret.Results[len(ret.Results)-1]
	kinds := false
	ast.Inspect(last, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.Ident:
			switch obj := d.Info.ObjectOf(x).(type) {
			case *types.Var:
				if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() && isErrorLike(obj.Type()) {
					d.know(keys.Var(obj))
				}
			case *types.Const:
				if obj.Pkg() != nil {
					kinds = true
					d.know(constKey(obj))
				}
			}
		case *ast.CompositeLit:
			kinds = d.noteKinds(x) || kinds
		}
		return true
	})
	if t := d.Info.TypeOf(last); t != nil && !kinds && !types.IsInterface(t) && isErrorLike(t) && !keys.Foreign(strings.TrimPrefix(keys.Type(t), "t:")) {
		d.know(keys.Type(t))
	}
}

// isKind reports whether a function returns the kind of an error: a constant of a type of its own.
func (d *Duplicates) isKind(ret *ast.ReturnStmt) bool {
	if ret == nil || len(ret.Results) == 0 {
		return false
	}
	id := syntax.Named(ret.Results[len(ret.Results)-1])
	if id == nil {
		return false
	}
	c, ok := d.Info.ObjectOf(id).(*types.Const)
	if !ok {
		return false
	}
	_, named := types.Unalias(c.Type()).(*types.Named)
	return named
}

// noteKinds records the texts in the literal of an error of the program: Error{Code: "conflict"}. It
// reports whether there are any.
func (d *Duplicates) noteKinds(lit *ast.CompositeLit) bool {
	found := false
	if t := d.Info.TypeOf(lit); t == nil || !isErrorLike(t) {
		return false
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok || !kindField.MatchString(types.ExprString(kv.Key)) {
			continue
		}
		if v := d.Info.Types[kv.Value].Value; v != nil && v.Kind() == constant.String {
			found = true
			d.know(textKey(constant.StringVal(v)))
		}
	}
	return found
}

func (d *Duplicates) know(key string) {
	if key != "" && !d.known[key] {
		d.known[key] = true
		d.sentinels = append(d.sentinels, key)
	}
}
