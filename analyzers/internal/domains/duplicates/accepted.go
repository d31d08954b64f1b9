package duplicates

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// acceptAssigned marks the calls whose error err may hold at pos.
func (d *Duplicates) acceptAssigned(body *ast.BlockStmt, err types.Object, pos token.Pos) {
	d.graph(body).Reaching(d.Info, err, pos, func(from ast.Expr) {
		if isCall(from) {
			d.accept(body, from)
		}
	})
}

// accept marks a call, and what was executed to make the rows, the prepared
// statement or the batch that it is about: the error of an INSERT that is queried
// for is rows.Err's, that of a queued one SendBatch's.
func (d *Duplicates) accept(body *ast.BlockStmt, call ast.Expr) {
	m := Stretch{Pos: call.Pos(), End: call.End()}
	if slices.Contains(d.marks[body], m) {
		return
	}
	d.marks[body] = append(d.marks[body], m)
	ast.Inspect(call, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := d.Info.Uses[id].(*types.Var)
		if !ok {
			return true
		}
		switch {
		case syntax.IsFuncType(v.Type()):
			d.acceptFunc(body, v)
			return true
		case syntax.IsErrorType(v.Type()): // translate(err)
			d.acceptAssigned(body, v, call.Pos())
			return true
		}
		named, ok := types.Unalias(syntax.Deref(v.Type())).(*types.Named)
		if !ok {
			return true
		}
		switch named.Obj().Name() {
		case "Rows", "Row", "Stmt", "BatchResults":
			d.acceptAssigned(body, v, call.Pos())
		case "Batch":
			ast.Inspect(body, func(y ast.Node) bool {
				if queue, ok := y.(*ast.CallExpr); ok && queue.End() <= call.Pos() {
					if sel, ok := queue.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Queue" && syntax.Ident(sel.X) != nil && d.Info.Uses[syntax.Ident(sel.X)] == v {
						d.marks[body] = append(d.marks[body], Stretch{Pos: queue.Pos(), End: queue.End()})
					}
				}
				return true
			})
		}
		return true
	})
}

// AcceptedIn reports whether a function of this package that is called accepts a
// duplicate of something that it runs: the text that it is given, it seems.
func (d *Duplicates) AcceptedIn(call *ast.CallExpr) bool {
	fn := syntax.Callee(d.Info, call)
	if fn == nil {
		return false
	}
	decl := d.DeclOf(fn)
	return decl != nil && decl.Body != nil && len(d.marks[decl.Body]) > 0
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

// acceptedBy marks the calls whose error goes through a function that returns none
// for a duplicate: return ignoreDuplicate(s.add(ctx)), err = ignoreDuplicate(err).
func (d *Duplicates) acceptedBy(list []ast.Expr, body *ast.BlockStmt, at ast.Node) {
	for _, x := range list {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			continue
		}
		fn := syntax.Callee(d.Info, call)
		if fn == nil || !d.accepts[fn] && !d.summaryOf(fn).Accepts && !d.acceptsGiven(fn, call) {
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

// acceptFunc notes that a duplicate of what a function value does is accepted: of a parameter,
// for the callers; of a variable that holds one closure, which is used nowhere else, there.
func (d *Duplicates) acceptFunc(body *ast.BlockStmt, v *types.Var) {
	if fn, i, ok := d.ParamOf(v); ok {
		if !slices.Contains(d.runs[fn], i) {
			d.runs[fn] = append(d.runs[fn], i)
		}
		return
	}
	uses := 0
	var lit *ast.FuncLit
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.Ident:
			if d.Info.Uses[x] == v {
				uses++
			}
		case *ast.AssignStmt:
			for lhs, rhs := range syntax.Definitions(x) {
				if id := syntax.Ident(lhs); id != nil && d.Info.Defs[id] == v {
					lit, _ = ast.Unparen(rhs).(*ast.FuncLit)
				}
			}
		}
		return true
	})
	if lit != nil && uses == 1 {
		d.marks[body] = append(d.marks[body], Stretch{Pos: lit.Pos(), End: lit.End()})
	}
}

// acceptHanded marks the functions that a call hands to one which accepts their duplicates.
func (d *Duplicates) acceptHanded(in *scope, call *ast.CallExpr) {
	fn := syntax.Callee(d.Info, call)
	if fn == nil {
		return
	}
	runs := d.runs[fn.Origin()]
	if fn.Pkg() != d.Pass.Pkg {
		runs = d.summaryOf(fn.Origin()).Runs
	}
	for _, i := range runs {
		if i >= len(call.Args) {
			continue
		}
		d.marks[in.body] = append(d.marks[in.body], Stretch{Pos: call.Args[i].Pos(), End: call.Args[i].End()})
		if v := syntax.Var(d.Info, call.Args[i]); v != nil {
			d.acceptFunc(in.body, v)
		}
	}
}

// findGiven notes the parameters of a function that it compares an error with, which is accepted if
// it is one of them: ignore(err, target), ignore(err, "23505"), tolerate(err, sentinels...).
func (d *Duplicates) findGiven(fn *types.Func, decl *ast.FuncDecl) {
	sig := fn.Signature()
	if r := sig.Results(); r.Len() == 0 || !syntax.IsErrorType(r.At(r.Len()-1).Type()) || sig.Params().Len() < 2 || !takesError(sig) {
		return
	}
	for i := range sig.Params().Len() {
		if d.targets = d.targetsIn(decl.Body, sig.Params().At(i)); d.targets == nil {
			continue
		}
		in := d.newScope(fn, decl.Type, decl.Body)
		d.noteAliases(in, nodesIn(decl.Body))
		for _, c := range d.graph(decl.Body).Conditions(decl.Body) {
			t, ok := d.condition(in, c.Expr)
			if !ok || t.err == nil || !isParam(fn, t.err) {
				continue
			}
			if d.newPath(in, t.err).goesOn(c, t.isDup) {
				d.given[fn] = append(d.given[fn], i)
				break
			}
		}
	}
	d.targets = nil
}

func takesError(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if syntax.IsErrorType(v.Type()) {
			return true
		}
	}
	return false
}

// targetsIn are an error, or the code of one, that is a parameter, or the errors that are in it, as the
// body names them.
func (d *Duplicates) targetsIn(body *ast.BlockStmt, param *types.Var) map[types.Object]bool {
	if mayTell(param.Type()) {
		return map[types.Object]bool{param: true}
	}
	if list, ok := syntax.Under[*types.Slice](param.Type()); !ok || !mayTell(list.Elem()) {
		return nil
	}
	all := make(map[types.Object]bool)
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.RangeStmt:
			if v := syntax.Var(d.Info, x.X); v == param && x.Value != nil {
				all[syntax.Var(d.Info, x.Value)] = true
			}
		case *ast.CallExpr: // slices.ContainsFunc(sentinels, func(s error) bool { ... })
			if len(x.Args) == 2 && syntax.Var(d.Info, x.Args[0]) == param {
				d.addParams(x.Args[1], all)
			}
		}
		return true
	})
	return all
}

// mayTell reports whether a value of a type may be an error, the code of one, or a kind of errors.
func mayTell(t types.Type) bool {
	_, named := types.Unalias(t).(*types.Named)
	return syntax.IsErrorType(t) || syntax.IsString(t) || named && syntax.IsInteger(t)
}

// addParams adds the parameters of a closure.
func (d *Duplicates) addParams(x ast.Expr, to map[types.Object]bool) {
	lit, ok := ast.Unparen(x).(*ast.FuncLit)
	if !ok {
		return
	}
	for _, field := range lit.Type.Params.List {
		for _, name := range field.Names {
			to[d.Info.Defs[name]] = true
		}
	}
}

// acceptsGiven reports whether a function is told by a call that a duplicate is accepted.
func (d *Duplicates) acceptsGiven(fn *types.Func, call *ast.CallExpr) bool {
	given := d.given[fn]
	if fn.Pkg() != d.Pass.Pkg {
		given = d.summaryOf(fn).Given
	}
	return slices.ContainsFunc(given, func(i int) bool {
		if i >= len(call.Args) {
			return false
		}
		args := call.Args[i : i+1]
		if fn.Signature().Variadic() && i == fn.Signature().Params().Len()-1 {
			args = call.Args[i:]
		}
		return slices.ContainsFunc(args, func(x ast.Expr) bool { return d.bodyTests(x) })
	})
}
