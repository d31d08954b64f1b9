package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// builder looks for a call that starts, or ends, an INSERT that a library builds.
func (p *reader) builder(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	if fn.Pkg() == nil {
		return
	}
	for _, table := range p.summaryOf(fn).Deletes {
		p.addDelete(n, deletion{pos: call.Pos(), table: table}, []ast.Node{call}, stack)
	}
	path := fn.Pkg().Path()
	switch fn.Name() {
	case "NewInsert", "NewDelete", "NewTruncateTable", "NewInsertQuery", "NewDeleteQuery", "NewTruncateTableQuery":
		if path == "github.com/uptrace/bun" {
			p.bun(n, call, fn, stack)
		}
	case "Insert", "Delete", "Truncate":
		switch {
		case strings.HasPrefix(path, "github.com/Masterminds/squirrel"):
			p.squirrel(n, call, fn, stack)
		case strings.HasPrefix(path, "github.com/doug-martin/goqu"):
			p.goqu(n, call, fn, stack)
		case path == "gorm.io/gorm" && fn.Name() == "Delete" && fn.Signature().Recv() != nil:
			p.gorm(n, call, fn, stack)
		case strings.HasPrefix(path, "github.com/go-pg/pg") && fn.Name() == "Insert":
			p.goPG(n, call, stack)
		}
	case "Create", "CreateInBatches":
		if path == "gorm.io/gorm" && fn.Signature().Recv() != nil {
			p.gorm(n, call, fn, stack)
		}
	case "Save", "SaveX", "Exec", "ExecX":
		p.ent(n, call, fn, stack)
	case "CopyFrom":
		p.copyFrom(n, call, fn)
	case "CopyIn", "CopyInSchema":
		if path == "github.com/lib/pq" && len(call.Args) > 0 {
			p.addInsert(n, call, p.constant(call.Args[len(call.Args)-1]), expression(call, stack))
		}
	}
}

// addInsert notes an INSERT at the method's name: a chain of calls may start many
// lines above.
func (p *reader) addInsert(n *callgraph.Node, call *ast.CallExpr, table string, on ...ast.Node) {
	pos := method(call)
	b := p.body(n)
	b.inserts = append(b.inserts, insertion{pos: pos, end: call.End(), use: pos, table: table, call: call, on: on})
}

func method(call *ast.CallExpr) token.Pos {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.Sel.Pos()
	}
	return call.Pos()
}

// expression is the whole of the expression that x is a part of.
func expression(x ast.Node, stack []ast.Node) ast.Node {
	for i := len(stack) - 1; i >= 0; i-- {
		outer, ok := stack[i].(ast.Expr)
		if !ok {
			break
		}
		x = outer
	}
	return x
}

// A chain holds the calls of a builder expression: methods applied to one value.
type chain struct {
	calls   []*ast.CallExpr
	uses    []ast.Node    // the expressions that it, or its text, stands in
	read    []*types.Func // the functions that it is handed to
	escapes bool          // to code that may add a clause
}

func (c chain) named(names ...string) []*ast.CallExpr {
	var found []*ast.CallExpr
	for _, call := range c.calls {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			for _, name := range names {
				if sel.Sel.Name == name {
					found = append(found, call)
				}
			}
		}
	}
	return found
}

// upwards collects what is called on the result of call: in the same expression,
// and on the variable that holds it.
func (p *reader) upwards(n *callgraph.Node, call *ast.CallExpr, stack []ast.Node) chain {
	c := chain{uses: []ast.Node{expression(call, stack)}}
	var x ast.Node = call
	for i := len(stack) - 1; i >= 0; i-- {
		switch parent := stack[i].(type) {
		case *ast.SelectorExpr, *ast.ParenExpr:
			x = parent
			continue
		case *ast.CallExpr:
			if parent.Fun != x {
				if len(c.named(terminals...)) == 0 {
					p.handedOn(&c, parent, x)
				}
				return c
			}
			c.calls = append(c.calls, parent)
			x = parent
			continue
		case *ast.AssignStmt:
			if v := syntax.Var(p.Info, parent.Lhs[0]); v != nil && parent.Rhs[0] == x {
				if p.fromLibrary(v, call) {
					p.onVar(n, v, &c)
				} else if syntax.IsString(v.Type()) {
					text := chain{}
					p.onVar(n, v, &text)
					c.uses = append(c.uses, text.uses...)
				}
			}
		case *ast.ValueSpec:
			if v, ok := p.Info.Defs[parent.Names[0]].(*types.Var); ok && p.fromLibrary(v, call) {
				p.onVar(n, v, &c)
			}
		case *ast.ReturnStmt:
			c.escapes = len(c.named(terminals...)) == 0
		case *ast.KeyValueExpr, *ast.CompositeLit:
			c.escapes = true
		}
		return c
	}
	return c
}

var terminals = []string{"Exec", "ExecContext", "Scan", "ScanContext", "Query", "QueryContext", "QueryRow", "QueryRowContext", "ToSql", "ToSQL", "MustSql", "Executor", "String"}

// clauses are the methods that may add one, in any of the libraries.
var clauses = []string{"On", "Ignore", "Replace", "Apply", "Suffix", "SuffixExpr", "Options", "Prefix", "PrefixExpr", "OnConflict", "As"}

// handedOn notes that the builder is an argument of a call. As an interface without
// such methods it stays as it is; what a function of this package does with it is
// read.
func (p *reader) handedOn(c *chain, call *ast.CallExpr, arg ast.Node) {
	i := slices.IndexFunc(call.Args, func(x ast.Expr) bool { return x == arg })
	fn := syntax.Callee(p.Info, call)
	if i < 0 || fn == nil || fn.Signature().Params().Len() == 0 || slices.Contains(c.read, fn) || p.dups.acceptedIn(call) {
		c.escapes = true
		return
	}
	sig := fn.Signature()
	for j := range sig.Results().Len() {
		if library(sig.Results().At(j).Type()) == library(p.Info.TypeOf(call.Args[i])) {
			c.escapes = true // it may go on from there
			return
		}
	}
	param := sig.Params().At(min(i, sig.Params().Len()-1))
	t := param.Type()
	if last := sig.Params().Len() - 1; sig.Variadic() && i >= last {
		t = t.Underlying().(*types.Slice).Elem()
	}
	if iface, ok := syntax.Under[*types.Interface](t); ok && iface.NumMethods() > 0 {
		for m := range iface.Methods() {
			c.escapes = c.escapes || slices.Contains(clauses, m.Name())
		}
		return
	}
	decl := p.text.Decl(fn)
	if decl == nil || decl.Body == nil || t != param.Type() {
		c.escapes = true
		return
	}
	c.read = append(c.read, fn)
	p.onVarIn(decl.Body, param, c)
}

// fromLibrary reports whether a variable holds a builder, and not the error or the
// text that a chain ends in.
func (p *reader) fromLibrary(v *types.Var, call *ast.CallExpr) bool {
	path := library(v.Type())
	return path != "" && path == library(p.Info.TypeOf(call))
}

// library is the package of a named type.
func library(t types.Type) string {
	if t == nil {
		return ""
	}
	if named, ok := types.Unalias(syntax.Deref(t)).(*types.Named); ok {
		return keys.Path(named.Obj().Pkg())
	}
	return ""
}

// onVar adds the calls on a variable in the whole function.
func (p *reader) onVar(n *callgraph.Node, v *types.Var, c *chain) {
	for n.Outer != nil {
		n = n.Outer
	}
	p.onVarIn(n.Body, v, c)
}

func (p *reader) onVarIn(body ast.Node, v *types.Var, c *chain) {
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || p.Info.ObjectOf(id) != v || len(stack) == 0 {
			return true
		}
		c.uses = append(c.uses, expression(id, stack))
		switch parent := stack[len(stack)-1].(type) {
		case *ast.SelectorExpr:
			up := chain{}
			var y ast.Node = id
			for i := len(stack) - 1; i >= 0; i-- {
				if call, ok := stack[i].(*ast.CallExpr); ok && call.Fun == y {
					up.calls = append(up.calls, call)
				} else if _, ok := stack[i].(*ast.SelectorExpr); !ok {
					break
				}
				y = stack[i]
			}
			c.calls = append(c.calls, up.calls...)
		case *ast.CallExpr:
			p.handedOn(c, parent, id)
		case *ast.ReturnStmt, *ast.CompositeLit, *ast.KeyValueExpr, *ast.UnaryExpr:
			c.escapes = true
		}
		return true
	})
}

// downwards collects the calls that lead to call, and those on the variable that
// the expression starts with.
func (p *reader) downwards(n *callgraph.Node, call *ast.CallExpr) chain {
	var c chain
	x := call.Fun
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.SelectorExpr:
			x = y.X
		case *ast.CallExpr:
			c.calls = append(c.calls, y)
			x = y.Fun
		case *ast.IndexExpr:
			x = y.X
		case *ast.Ident:
			if v := syntax.Var(p.Info, y); v != nil {
				p.assignedTo(n, v, &c)
			}
			return c
		default:
			return c
		}
	}
}

// assignedTo adds the calls of the expressions that are assigned to v.
func (p *reader) assignedTo(n *callgraph.Node, v *types.Var, c *chain) {
	for n.Outer != nil {
		n = n.Outer
	}
	add := func(lhs, rhs ast.Expr) {
		if syntax.Var(p.Info, lhs) == v {
			c.calls = append(c.calls, callsIn(rhs)...)
		}
	}
	ast.Inspect(n.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for i, rhs := range x.Rhs {
				add(x.Lhs[i], rhs)
			}
		case *ast.ValueSpec:
			for i, value := range x.Values {
				add(x.Names[i], value)
			}
		}
		return true
	})
	// Setters may be called as statements, between the start and the end.
	up := chain{}
	p.onVar(n, v, &up)
	c.calls = append(c.calls, up.calls...)
}

func callsIn(x ast.Expr) []*ast.CallExpr {
	var calls []*ast.CallExpr
	ast.Inspect(x, func(y ast.Node) bool {
		if call, ok := y.(*ast.CallExpr); ok {
			calls = append(calls, call)
		}
		return true
	})
	return calls
}

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
	if !slices.ContainsFunc(p.downwards(n, call).calls, p.mayUpsert) {
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
		}
	}
	fn := syntax.Callee(p.Info, call)
	if fn == nil {
		return false
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

// gormName is the name of a type of gorm's.
func gormName(t types.Type) string {
	if !strings.HasPrefix(library(t), "gorm.io/gorm") {
		return ""
	}
	return types.Unalias(syntax.Deref(t)).(*types.Named).Obj().Name()
}

// namesOnConflict reports whether a function of this package that returns a gorm.DB
// has the clause in it, or in another that it calls.
func (p *reader) namesOnConflict(fn *types.Func) bool {
	if found, ok := p.upserts[fn]; ok {
		return found
	}
	decl, results := p.text.Decl(fn), fn.Signature().Results()
	if decl == nil || decl.Body == nil || results.Len() == 0 || gormName(results.At(0).Type()) != "DB" {
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

func (p *reader) constant(x ast.Expr) string {
	if tv := p.Info.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value)
	}
	return ""
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
