package positionalargs

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// futures judges what results are read into.
func (r *rule) futures() {
	calls := make(map[ast.Node]*names.Call)
	for i := range r.result.Calls {
		c := &r.result.Calls[i]
		if !c.Kind.Register() && c.Kind != sdk.Mock && c.Kind != sdk.Handle {
			calls[c.Node] = c
		}
	}
	callbacks := make(map[*types.Var]ast.Expr) // the parameter of AddFuture's function -> the future
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			fn := syntax.Callee(r.pass.TypesInfo, call)
			if fn == nil || !sdk.InSDK(fn.Pkg()) {
				return true
			}
			switch {
			case fn.Name() == "AddFuture":
				if v := roles.Callback(r.pass.TypesInfo, call); v != nil {
					callbacks[v] = call.Args[0]
				}
			case isGet(fn):
				r.get(call, fn, calls, callbacks)
			}
			return true
		})
	}
}

// isGet recognizes Get(ctx, valuePtr) of futures and runs, and Get(valuePtr) of
// encoded values.
func isGet(fn *types.Func) bool {
	sig := fn.Signature()
	if fn.Name() != "Get" || sig.Recv() == nil || sig.Params().Len() == 0 {
		return false
	}
	i, ok := sig.Params().At(sig.Params().Len() - 1).Type().Underlying().(*types.Interface)
	return ok && i.Empty() && (sig.Params().Len() == 2 || sdk.IsNamed(sig.Recv().Type(), "EncodedValue"))
}

func (r *rule) get(call *ast.CallExpr, fn *types.Func, calls map[ast.Node]*names.Call, callbacks map[*types.Var]ast.Expr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	dest := call.Args[len(call.Args)-1]
	tv := r.pass.TypesInfo.Types[dest]
	if tv.Type == nil || tv.IsNil() {
		return
	}
	if sdk.IsNamed(tv.Type, "Future", "ChildWorkflowFuture", "WorkflowRun") && types.IsInterface(tv.Type) {
		r.report(dest, "Get is given the future itself and not a pointer to hold the result: it fails")
		return
	}
	if types.IsInterface(tv.Type) || syntax.MentionsTypeParam(tv.Type) {
		return
	}
	ptr, ok := tv.Type.Underlying().(*types.Pointer)
	if !ok {
		r.report(dest, "Get is given %s, which is no pointer: it fails", short(tv.Type))
		return
	}
	if v := syntax.Var(r.pass.TypesInfo, dest); v != nil && r.isNil(v) {
		r.report(dest, "%s is a nil pointer: Get has nowhere to put the result; give it the address of a variable", v.Name())
		return
	}
	if c := r.callOf(sel.X, calls, callbacks, 0); c != nil && fn.Signature().Params().Len() == 2 {
		r.fills(c, dest, ptr.Elem())
	}
}

// wrapped judges what a wrapper reads the result of its target into, or returns.
func (r *rule) wrapped(c *names.Call) {
	call, ok := c.Node.(*ast.CallExpr)
	if !ok || c.Test {
		return
	}
	var to types.Type
	at := c.Dest
	switch {
	case at != nil:
		if ptr, ok := syntax.Under[*types.Pointer](r.pass.TypesInfo.TypeOf(at)); ok {
			to = ptr.Elem()
		}
	case c.Returned:
		at, to = call.Fun, r.pass.TypesInfo.TypeOf(call)
		if tuple, ok := to.(*types.Tuple); ok && tuple.Len() > 0 {
			to = tuple.At(0).Type()
		}
	}
	if to != nil && !syntax.IsErrorType(to) {
		r.fills(c, at, to)
	}
}

// fills reports a result that a variable of another type cannot hold.
func (r *rule) fills(c *names.Call, at ast.Expr, to types.Type) {
	t := r.targetOf(c)
	if t == nil {
		return
	}
	results := t.sig.Results()
	switch results.Len() {
	case 1:
		if c.Dest == nil && !c.Returned && syntax.IsErrorType(results.At(0).Type()) {
			r.report(at, "%s returns no result: what Get is given stays as it is (%s)", t.name, t.text)
		}
	case 2:
		from := results.At(0).Type()
		if syntax.MentionsTypeParam(from) || syntax.MentionsTypeParam(to) || types.IsInterface(to) {
			return
		}
		if reason := wire.Pair(from, to); reason != "" {
			r.report(at, "the result of %s: %s: Get does not fill it (%s)", t.name, reason, t.text)
		}
	}
}

// isNil reports whether a local variable is declared without a value, and gets none.
func (r *rule) isNil(v *types.Var) bool {
	if v.Parent() == nil || v.Parent() == r.pass.Pkg.Scope() || len(r.result.Values(v)) > 0 || r.result.Changed(v) {
		return false
	}
	for _, file := range r.pass.Files {
		if v.Pos() < file.FileStart || file.FileEnd <= v.Pos() {
			continue
		}
		found := false
		ast.Inspect(file, func(x ast.Node) bool {
			if spec, ok := x.(*ast.ValueSpec); ok && len(spec.Values) == 0 {
				for _, name := range spec.Names {
					found = found || name.Pos() == v.Pos()
				}
			}
			return !found
		})
		return found
	}
	return false
}

// callOf follows a future to the call that made it: the call itself, a variable
// that is assigned once, or the parameter of a selector's function. Several calls
// with the same target count as one.
func (r *rule) callOf(x ast.Expr, calls map[ast.Node]*names.Call, callbacks map[*types.Var]ast.Expr, depth int) *names.Call {
	x = ast.Unparen(x)
	if c := calls[x]; c != nil {
		return r.yields(c, x)
	}
	id, ok := x.(*ast.Ident)
	if !ok || depth > 3 {
		return nil
	}
	v, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	if from := callbacks[v]; from != nil {
		return r.callOf(from, calls, callbacks, depth+1)
	}
	var one *names.Call
	for _, value := range r.valuesOf(v) {
		c := r.callOf(value, calls, callbacks, depth+1)
		if c == nil || one != nil && (one.Fn == nil || one.Fn != c.Fn) {
			return nil
		}
		one = c
	}
	return one
}

// valuesOf is what v is assigned, tuples included; nil if that is not known.
func (r *rule) valuesOf(v *types.Var) []ast.Expr {
	if v.Parent() == nil || v.Parent() == r.pass.Pkg.Scope() {
		return nil
	}
	values := r.result.Values(v)
	all := make([]ast.Expr, 0, len(values))
	for _, value := range values {
		if value == nil {
			if call := r.result.Value(v); call != nil {
				return []ast.Expr{call} // run, err := c.ExecuteWorkflow(...)
			}
			return nil
		}
		all = append(all, value)
	}
	return all
}

// yields reports whether the call returns the future of its target: wrappers may
// return anything.
func (r *rule) yields(c *names.Call, x ast.Expr) *names.Call {
	t := r.pass.TypesInfo.TypeOf(x)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(0).Type()
	}
	if sdk.IsNamed(t, "Future", "ChildWorkflowFuture", "WorkflowRun", "EncodedValue", "ClientActivityHandle", "ActivityHandle") {
		return c
	}
	return nil
}

func constantString(info *types.Info, x ast.Expr) (string, bool) {
	tv := info.Types[x]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}
