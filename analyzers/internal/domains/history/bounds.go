package history

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A bound says how often a loop turns, or how many elements a value has.
type bound struct {
	kind boundKind
	n    int // if constant
	// Of a parameter: its index, and whether its number of elements counts, not its
	// value.
	param int
	size  bool
}

type boundKind int

const (
	// unknown: there may be a bound that cannot be seen here.
	unknown boundKind = iota
	constantBound
	paramBound
	// endless: nothing bounds it but what the workflow is given, or what an activity
	// returns.
	endless
)

var (
	noBound   = bound{kind: unknown}
	unbounded = bound{kind: endless}
)

func exactly(n int) bound { return bound{kind: constantBound, n: max(n, 0)} }

// rank orders bounds from the tightest.
func (b bound) rank() int {
	switch b.kind {
	case constantBound:
		return 0
	case unknown:
		return 1
	case paramBound:
		return 2
	}
	return 3
}

// worst is the bound of something that has one of two.
func worst(a, b bound) bound {
	if b.rank() > a.rank() || b.kind == constantBound && a.kind == constantBound && b.n > a.n {
		return b
	}
	return a
}

// tighter is the bound of something that has both.
func tighter(a, b bound) bound {
	if b.rank() < a.rank() || b.kind == constantBound && a.kind == constantBound && b.n < a.n {
		return b
	}
	return a
}

// lengthOf is x in len(x), or nil.
func (c *counter) lengthOf(x ast.Expr) ast.Expr {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || c.builtin(call) != "len" {
		return nil
	}
	return call.Args[0]
}

func (c *counter) builtin(call *ast.CallExpr) string {
	if id := syntax.Ident(call.Fun); id != nil {
		if b, ok := c.p.Info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

func (c *counter) variable(x ast.Expr) *types.Var {
	if x == nil {
		return nil
	}
	if id := syntax.Ident(x); id != nil {
		v, _ := c.p.Info.ObjectOf(id).(*types.Var)
		return v
	}
	return nil
}

// maxDepth bounds how far a value is followed through variables and calls.
const maxDepth = 8

// value is a bound of an integer.
func (c *counter) value(x ast.Expr, depth int) bound {
	if x == nil || depth > maxDepth {
		return noBound
	}
	x = ast.Unparen(x)
	if tv := c.p.Info.Types[x]; tv.Value != nil {
		if n, exact := constant.Int64Val(constant.ToInt(tv.Value)); exact {
			return exactly(int(min(n, 1<<30)))
		}
		return noBound
	}
	if n, ok := c.guarded(x); ok {
		return exactly(n)
	}
	if arg := c.lengthOf(x); arg != nil {
		return c.size(arg, depth+1)
	}
	switch x := x.(type) {
	case *ast.BinaryExpr:
		return arithmetic(x.Op, c.value(x.X, depth+1), c.value(x.Y, depth+1))
	case *ast.CallExpr:
		if c.builtin(x) == "min" {
			b := unbounded
			for _, arg := range x.Args {
				b = tighter(b, c.value(arg, depth+1))
			}
			return b
		}
	}
	return c.origin(x, depth, false)
}

// arithmetic is the bound of what an operator makes of two integers.
func arithmetic(op token.Token, a, b bound) bound {
	switch {
	case a.kind != constantBound:
		return a
	case b.kind != constantBound:
		return b // len(x) - 1, n / 10
	case op == token.ADD:
		return exactly(a.n + b.n)
	case op == token.SUB:
		return exactly(a.n - b.n)
	case op == token.MUL && (a.n == 0 || b.n <= (1<<30)/a.n):
		return exactly(a.n * b.n)
	case op == token.QUO && b.n > 0:
		return exactly(a.n / b.n)
	}
	return noBound
}

// size is a bound of the number of elements of a slice, map or string.
func (c *counter) size(x ast.Expr, depth int) bound {
	if x == nil || depth > maxDepth {
		return noBound
	}
	x = ast.Unparen(x)
	t := c.p.Info.TypeOf(x)
	if t == nil {
		return noBound
	}
	if a, ok := syntax.Deref(t).Underlying().(*types.Array); ok {
		return exactly(int(min(a.Len(), 1<<30)))
	}
	if n, ok := c.guarded(x); ok {
		return exactly(n)
	}
	if tv := c.p.Info.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return exactly(len(constant.StringVal(tv.Value)))
	}
	switch x := x.(type) {
	case *ast.CompositeLit:
		if !isSized(t) {
			return noBound
		}
		return exactly(len(x.Elts))
	case *ast.SliceExpr:
		return c.sliced(x, depth)
	case *ast.CallExpr:
		switch c.builtin(x) {
		case "make":
			if len(x.Args) > 1 {
				return c.value(x.Args[1], depth+1)
			}
			return exactly(0)
		case "append":
			return c.appended(x, depth)
		}
	}
	return c.origin(x, depth, true)
}

// sliced is the size of x[low:high].
func (c *counter) sliced(x *ast.SliceExpr, depth int) bound {
	if x.High == nil {
		return c.size(x.X, depth+1)
	}
	high := c.value(x.High, depth+1)
	if high.kind != constantBound {
		if x.Low != nil {
			return noBound // x[start:end], a batch
		}
		return tighter(high, c.size(x.X, depth+1))
	}
	if low := c.value(x.Low, depth+1); x.Low != nil && low.kind == constantBound {
		return exactly(high.n - low.n)
	}
	return high
}

// appended is the size of append(x, elements...), outside of what repeats it.
func (c *counter) appended(call *ast.CallExpr, depth int) bound {
	if c.inLoop(call.Pos()) {
		return c.repeated(call.Pos())
	}
	b := c.size(call.Args[0], depth+1)
	if call.Ellipsis.IsValid() {
		return worst(b, c.size(call.Args[1], depth+1))
	}
	if b.kind == constantBound {
		b.n += len(call.Args) - 1
	}
	return b
}
