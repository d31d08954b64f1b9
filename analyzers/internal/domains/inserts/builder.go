package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// builder looks for a call that starts, or ends, an INSERT that a library builds.
func (p *reader) builder(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	if fn.Pkg() == nil {
		return
	}
	for _, table := range p.summaryOf(fn).Deletes {
		p.addDelete(n, deletion{pos: call.Pos(), table: p.given(call, table)}, []ast.Node{call}, stack)
	}
	path := fn.Pkg().Path()
	switch fn.Name() {
	case "NewUpdate", "Update", "Updates", "UpdateColumn", "UpdateColumns":
		p.builtUpdate(n, call, fn, stack)
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
	b.inserts = append(b.inserts, insertion{pos: pos, end: call.End(), use: pos, table: table, call: call, on: on, given: -1})
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
	if i < 0 || fn == nil || fn.Signature().Params().Len() == 0 || slices.Contains(c.read, fn) || p.dups.AcceptedIn(call) {
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

func (p *reader) constant(x ast.Expr) string {
	if tv := p.Info.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value)
	}
	return ""
}
