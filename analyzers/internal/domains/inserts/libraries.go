package inserts

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

func (p *reader) bun(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	c := p.upwards(n, call, stack)
	table := ""
	for _, m := range c.named("Model") {
		if len(m.Args) == 1 {
			table = modelName(p.Info.TypeOf(m.Args[0]), "bun", "table:")
		}
	}
	for _, m := range c.named("Table", "ModelTableExpr", "TableExpr") {
		if len(m.Args) > 0 {
			if name := strings.Fields(p.constant(m.Args[0])); len(name) > 0 {
				table = name[0]
			}
		}
	}
	if !strings.HasPrefix(fn.Name(), "NewInsert") {
		p.addDelete(n, deletion{pos: method(call), table: table}, c.uses, stack)
		return
	}
	if c.escapes || len(c.named("On", "Ignore", "Replace", "Apply")) > 0 || len(c.calls) == 0 || p.mayFilter(c.named("Where")) {
		return
	}
	p.addInsert(n, call, table, c.uses...)
}

// mayFilter reports whether the query of a built INSERT leaves out the rows that are
// there, or is built elsewhere, so that it may.
func (p *reader) mayFilter(calls []*ast.CallExpr) bool {
	found := false
	for _, call := range calls {
		for _, arg := range call.Args {
			if id := syntax.Ident(arg); id != nil && syntax.Var(p.Info, id) != nil && library(p.Info.TypeOf(id)) != "" {
				return true
			}
			ast.Inspect(arg, func(x ast.Node) bool {
				switch x := x.(type) {
				case *ast.CallExpr:
					fn := syntax.Callee(p.Info, x)
					found = found || fn != nil && p.text.Decl(fn) != nil && !syntax.IsString(p.Info.TypeOf(x))
				case ast.Expr:
					found = found || filters(p.constant(x))
				}
				return !found
			})
		}
	}
	return found
}

func filters(where string) bool {
	if where == "" {
		return false
	}
	stmts := sqltext.Parse("INSERT INTO t SELECT c FROM s WHERE " + where)
	return len(stmts) == 1 && stmts[0].Conflict == sqltext.Handled
}

func (p *reader) squirrel(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	c := p.upwards(n, call, stack)
	if len(call.Args) != 1 {
		return
	}
	table := p.constant(call.Args[0])
	if fn.Name() == "Delete" {
		p.addDelete(n, deletion{pos: method(call), table: table}, c.uses, stack)
		return
	}
	for _, m := range c.named("Suffix", "SuffixExpr", "Options", "Prefix", "PrefixExpr") {
		if len(m.Args) == 0 {
			continue
		}
		text := p.constant(m.Args[0])
		if expr, ok := ast.Unparen(m.Args[0]).(*ast.CallExpr); ok && len(expr.Args) > 0 {
			text = p.constant(expr.Args[0]) // sq.Expr("RETURNING id")
		}
		text = strings.ToUpper(text)
		if text == "" || strings.Contains(text, "CONFLICT") || strings.Contains(text, "DUPLICATE") || strings.Contains(text, "IGNORE") {
			return
		}
	}
	if !c.escapes && !p.mayFilter(c.named("Select")) {
		p.addInsert(n, call, table, c.uses...)
	}
}

func (p *reader) goqu(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	c := p.upwards(n, call, stack)
	args := call.Args
	if from := p.downwards(n, call).named("From"); len(args) == 0 && len(from) > 0 {
		args = from[0].Args // db.From("people").Insert()
	}
	if len(args) != 1 {
		return
	}
	table := p.constant(args[0])
	if t, ok := ast.Unparen(args[0]).(*ast.CallExpr); ok && len(t.Args) == 1 {
		table = p.constant(t.Args[0]) // goqu.T("people")
	}
	if fn.Name() != "Insert" {
		p.addDelete(n, deletion{pos: method(call), table: table}, c.uses, stack)
		return
	}
	if !c.escapes && len(c.named("OnConflict", "As")) == 0 && !p.mayFilter(c.named("FromQuery")) {
		p.addInsert(n, call, table, c.uses...)
	}
}

func (p *reader) goPG(n *callgraph.Node, call *ast.CallExpr, stack []ast.Node) {
	c := p.downwards(n, call)
	if len(c.named("OnConflict")) > 0 {
		return
	}
	table := ""
	for _, m := range c.named("Model", "ModelContext") {
		if len(m.Args) > 0 {
			table = modelName(p.Info.TypeOf(m.Args[len(m.Args)-1]), "pg", "")
		}
	}
	p.addInsert(n, call, table, expression(call, stack))
}

func (p *reader) gorm(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	model := ""
	for _, arg := range call.Args {
		if name := modelName(p.Info.TypeOf(arg), "", ""); name != "" {
			model = name
			break
		}
	}
	if fn.Name() == "Delete" {
		p.addDelete(n, deletion{pos: method(call), table: model}, []ast.Node{call}, stack)
		return
	}
	if !slices.ContainsFunc(p.downwards(n, call).calls, p.mayUpsert) && !slices.ContainsFunc(call.Args, p.hookUpserts) {
		p.addInsert(n, call, model, call)
	}
}

// mayUpsert reports whether a call that a gorm.DB goes through may add the clause:
// as an argument, which may be any clause.Expression, or in what it calls.
func (p *reader) mayUpsert(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		t := p.Info.TypeOf(arg)
		if s, ok := syntax.Under[*types.Slice](t); ok {
			t = s.Elem()
		}
		switch gormName(t) {
		case "OnConflict", "Expression", "Interface":
			return true
		case "Insert": // clause.Insert{Modifier: "IGNORE"}
			if lit := syntax.Composite(arg); lit == nil || syntax.Field(lit, "Modifier") != nil {
				return true
			}
		}
	}
	fn := syntax.Callee(p.Info, call)
	if fn == nil { // an option of the program's: db = option(db)
		return library(p.Info.TypeOf(call)) == "gorm.io/gorm"
	}
	if fn.Name() != "Scopes" || keys.Path(fn.Pkg()) != "gorm.io/gorm" {
		return p.namesOnConflict(fn)
	}
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		var scope *types.Func
		switch arg := ast.Unparen(arg).(type) {
		case *ast.Ident:
			scope, _ = p.Info.Uses[arg].(*types.Func)
		case *ast.SelectorExpr:
			scope, _ = p.Info.Uses[arg.Sel].(*types.Func)
		}
		return scope == nil || p.text.Decl(scope) == nil || p.namesOnConflict(scope)
	})
}

// hookUpserts reports whether the hook that gorm calls before it creates an object adds the clause.
func (p *reader) hookUpserts(x ast.Expr) bool {
	t := p.Info.TypeOf(x)
	for range 4 {
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		}
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	for _, name := range hooks {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), true, named.Obj().Pkg(), name)
		if fn, ok := obj.(*types.Func); ok && (p.namesOnConflict(fn.Origin()) || p.summaryOf(fn.Origin()).Upserts) {
			return true
		}
	}
	return false
}

// hooks are the methods that gorm calls before an INSERT.
var hooks = []string{"BeforeCreate", "BeforeSave"}

// upsertsHere reports whether a function of this package is a hook that adds the clause.
func (p *reader) upsertsHere(fn *types.Func) bool {
	return fn != nil && slices.Contains(hooks, fn.Name()) && p.namesOnConflict(fn)
}

// gormName is the name of a type of gorm's.
func gormName(t types.Type) string {
	if !strings.HasPrefix(library(t), "gorm.io/gorm") {
		return ""
	}
	return types.Unalias(syntax.Deref(t)).(*types.Named).Obj().Name()
}

// namesOnConflict reports whether a function of this package that returns a gorm.DB, or is given
// one, has the clause in it, or in another that it calls.
func (p *reader) namesOnConflict(fn *types.Func) bool {
	if found, ok := p.upserts[fn]; ok {
		return found
	}
	decl, sig := p.text.Decl(fn), fn.Signature()
	isDB := func(list *types.Tuple) bool { return list.Len() > 0 && gormName(list.At(0).Type()) == "DB" }
	if decl == nil || decl.Body == nil || !isDB(sig.Results()) && !isDB(sig.Params()) {
		return false
	}
	found := false
	p.upserts[fn] = false // while it is read
	ast.Inspect(decl.Body, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok && !found {
			switch obj := p.Info.Uses[id].(type) {
			case *types.TypeName, *types.Var:
				found = gormName(obj.Type()) == "OnConflict"
			case *types.Func:
				found = p.namesOnConflict(obj.Origin())
			}
		}
		return !found
	})
	p.upserts[fn] = found
	return found
}

// ent's builders are generated: a type XCreate with a method Mutation, and its
// bulk form, and XDelete. With OnConflict the builder is of another type.
func (p *reader) ent(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	recv := fn.Signature().Recv()
	if recv == nil {
		return
	}
	named, ok := types.Unalias(syntax.Deref(recv.Type())).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg() == p.Pass.Pkg {
		return
	}
	name := named.Obj().Name()
	model, creates := strings.CutSuffix(strings.TrimSuffix(name, "Bulk"), "Create")
	model, deletes := strings.CutSuffix(strings.TrimSuffix(model, "One"), "Delete")
	if creates == deletes || model == "" {
		return
	}
	create := named.Obj().Pkg().Scope().Lookup(model + "Create")
	if create == nil {
		return
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(create.Type()), true, named.Obj().Pkg(), "Mutation")
	if _, ok := obj.(*types.Func); !ok {
		return
	}
	switch {
	case deletes:
		p.addDelete(n, deletion{pos: method(call), table: model}, []ast.Node{call}, stack)
	case len(p.downwards(n, call).named("OnConflict", "OnConflictColumns")) == 0:
		p.addInsert(n, call, model, call)
	}
}

func (p *reader) copyFrom(n *callgraph.Node, call *ast.CallExpr, fn *types.Func) {
	params := fn.Signature().Params()
	if params.Len() != 4 || len(call.Args) != 4 {
		return
	}
	named, ok := types.Unalias(params.At(1).Type()).(*types.Named)
	if !ok || named.Obj().Name() != "Identifier" || !strings.HasPrefix(keys.Path(named.Obj().Pkg()), "github.com/jackc/pgx") {
		return
	}
	table := ""
	if lit, ok := ast.Unparen(call.Args[1]).(*ast.CompositeLit); ok && len(lit.Elts) > 0 {
		if texts := p.text.Eval(lit.Elts[len(lit.Elts)-1]); len(texts) == 1 && !strings.Contains(texts[0].String(), sqltext.Hole) {
			table = texts[0].String()
		}
	}
	p.addInsert(n, call, table, call)
}

// modelName is the table of an object: what its tag says, else its type's name.
func modelName(t types.Type, tag, prefix string) string {
	for range 4 {
		switch u := t.(type) {
		case *types.Alias:
			t = types.Unalias(u)
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		}
	}
	if param, ok := t.(*types.TypeParam); ok {
		return param.Obj().Name() // of a repository for all tables
	}
	named, ok := t.(*types.Named)
	if !ok {
		return ""
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	if tag != "" {
		for i := range st.NumFields() {
			if st.Field(i).Name() != "BaseModel" && st.Field(i).Name() != "tableName" {
				continue
			}
			value, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get(tag), ",")
			if value = strings.TrimPrefix(value, prefix); value != "" {
				return value
			}
		}
	}
	return named.Obj().Name()
}
