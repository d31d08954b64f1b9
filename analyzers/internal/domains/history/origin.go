package history

import (
	"go/ast"
	"go/types"
	"regexp"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// origin follows a value to where it comes from: a parameter, an activity's result,
// a package's table. size says that its number of elements is asked for.
func (c *counter) origin(x ast.Expr, depth int, size bool) flow.Bound {
	again := func(x ast.Expr) flow.Bound {
		if size && syntax.IsSized(c.p.Info.TypeOf(x)) {
			return c.loops.Size(x, depth+1)
		}
		if depth > flow.MaxDepth {
			return flow.NoBound
		}
		return c.origin(x, depth+1, size)
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if v := c.variable(x); v != nil {
			return c.variableBound(v, depth, size)
		}
	case *ast.SelectorExpr:
		s := c.p.Info.Selections[x]
		if s == nil {
			if v, ok := c.p.Info.Uses[x.Sel].(*types.Var); ok {
				return c.variableBound(v, depth, size)
			}
			return flow.NoBound
		}
		if b := again(x.X); b.Kind == flow.Endless || b.Kind == flow.OfParam {
			return b
		}
		if c.p.filled()[s.Obj()] {
			return flow.Unbounded
		}
	case *ast.IndexExpr:
		if b := again(x.X); b.Kind == flow.Endless || b.Kind == flow.OfParam {
			return b
		}
	case *ast.SliceExpr:
		return again(x.X)
	case *ast.StarExpr:
		return again(x.X)
	case *ast.UnaryExpr:
		return again(x.X)
	case *ast.TypeAssertExpr:
		return again(x.X)
	case *ast.CallExpr:
		return c.called(x, depth, size)
	}
	return flow.NoBound
}

func isIterator(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && keys.Path(named.Obj().Pkg()) == "iter"
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// limits are the names of functions that return no more elements than they are told.
var limits = regexp.MustCompile(`^(?i:first|last|take|limit|top|head|tail|cap|clamp|trunc|atmost|upto|sample)|^Split(?:After)?N$`)

// most is the argument that says how many elements a call returns at most, or nil: firstN(list, 20),
// strings.SplitN(text, " ", 20).
func (c *counter) most(call *ast.CallExpr, fn *types.Func) ast.Expr {
	if !limits.MatchString(fn.Name()) {
		return nil
	}
	for _, arg := range call.Args {
		if t := c.p.Info.TypeOf(arg); t != nil && syntax.IsInteger(t) {
			return arg
		}
	}
	return nil
}

// called is the bound of a call's result.
func (c *counter) called(call *ast.CallExpr, depth int, size bool) flow.Bound {
	again := func(x ast.Expr) flow.Bound {
		if size {
			return c.loops.Size(x, depth+1)
		}
		return c.loops.Value(x, depth+1)
	}
	if tv := c.p.Info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return again(call.Args[0])
	}
	fn := syntax.Callee(c.p.Info, call)
	if fn == nil || fn.Pkg() == nil {
		return flow.NoBound
	}
	if c.p.tallyOf(fn).runs() {
		return flow.Unbounded // what an activity returned
	}
	if decl := c.p.DeclOf(fn); decl != nil && decl.Body != nil && !sdk.IsWorkflowCode(fn.Signature()) {
		if b, ok := c.returned(decl, depth, again); ok {
			return b
		}
	}
	if most := c.most(call, fn); most != nil {
		return c.loops.Value(most, depth+1)
	}
	// A function of the values that it is given: slices.Sorted(x), in.GetItems().
	b := flow.NoBound
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && c.p.Info.Selections[sel] != nil {
		if r := c.origin(sel.X, depth+1, size); r.Kind == flow.Endless || r.Kind == flow.OfParam {
			b = r
		}
	}
	if arg := c.listIn(call, fn); arg != nil {
		if a := c.loops.Size(arg, depth+1); a.Kind == flow.Endless || a.Kind == flow.OfParam || b.Kind == flow.Unseen {
			return a
		}
	}
	return b
}

// listIn is the first argument whose elements a call may return, or nil.
func (c *counter) listIn(call *ast.CallExpr, fn *types.Func) ast.Expr {
	for _, arg := range call.Args {
		t := c.p.Info.TypeOf(arg)
		if isText := syntax.IsString(t); (syntax.IsSized(t) || isIterator(t)) && (!isText || fn.Pkg().Path() == "strings") {
			return arg
		}
	}
	return nil
}

// returned is the bound of what a function of this package returns, if all that it
// returns are literals and constants.
func (c *counter) returned(decl *ast.FuncDecl, depth int, again func(ast.Expr) flow.Bound) (flow.Bound, bool) {
	b, found := flow.Exactly(0), false
	for ret := range syntax.Returns(decl.Body) {
		if len(ret.Results) == 0 {
			b = flow.NoBound
			continue
		}
		found = true
		switch x := ast.Unparen(ret.Results[0]).(type) {
		case *ast.CompositeLit, *ast.BasicLit:
			b = flow.Worst(b, again(x))
		default:
			if !syntax.IsNil(x) {
				b = flow.NoBound
			}
		}
	}
	return b, found && b.Kind == flow.Constant
}

// variableBound is the bound of a variable.
func (c *counter) variableBound(v *types.Var, depth int, size bool) flow.Bound {
	if v.IsField() || v.Pkg() == nil || c.visiting[v] || depth > flow.MaxDepth {
		return flow.NoBound
	}
	if fn, i, ok := c.p.names.ParamOf(v); ok {
		if fn != c.node.Fn {
			return flow.NoBound
		}
		if sdk.IsWorkflowContext(v.Type()) {
			return flow.NoBound
		}
		return flow.Bound{Kind: flow.OfParam, Param: i, Size: size}
	}
	if c.received[v] {
		return flow.Unbounded
	}
	if c.counted[v] && !size {
		return flow.NoBound // what it was set to says nothing
	}
	if x, ok := c.elements[v]; ok { // for _, v := range x
		if b := c.loops.Size(x, depth+1); b.Kind == flow.Endless || b.Kind == flow.OfParam {
			return b
		}
		return flow.NoBound
	}
	key := boundOf{v, size}
	if b, ok := c.bounds[key]; ok {
		return b
	}
	c.visiting[v] = true
	b := c.assigned(v, depth, size)
	delete(c.visiting, v)
	c.bounds[key] = b
	return b
}

// boundOf is what the bound of a variable is kept by: its value's, or its size's.
type boundOf struct {
	v    *types.Var
	size bool
}

// assigned is the worst bound of what a variable is assigned.
func (c *counter) assigned(v *types.Var, depth int, size bool) flow.Bound {
	values := c.p.names.Values(v)
	if v.Pkg() != c.p.Pass.Pkg || len(values) == 0 {
		return flow.NoBound
	}
	b := flow.Bound{Kind: flow.Constant}
	for _, x := range values {
		switch {
		case x == nil:
			x = c.p.names.First(v)
			if x == nil {
				return flow.NoBound
			}
		case syntax.Mention(c.p.Info, x, v).IsValid() && syntax.Append(c.p.Info, x) != nil:
			if c.loops.InLoop(x.Pos()) {
				b = flow.Worst(b, c.loops.Repeated(x.Pos()))
			} else {
				b = flow.Worst(b, flow.NoBound)
			}
			continue
		case syntax.Mention(c.p.Info, x, v).IsValid():
			continue // x = x[1:]
		}
		if size {
			b = flow.Worst(b, c.loops.Size(x, depth+1))
		} else {
			b = flow.Worst(b, c.loops.Value(x, depth+1))
		}
	}
	if _, ok := syntax.Under[*types.Map](v.Type()); ok {
		for _, pos := range c.stores[v] {
			b = flow.Worst(b, c.loops.Repeated(pos))
		}
	}
	return b
}
