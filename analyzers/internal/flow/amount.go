package flow

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Length is x in len(x), or nil.
func (l *Loops) Length(x ast.Expr) ast.Expr {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || syntax.Builtin(l.Info, call) != "len" {
		return nil
	}
	return call.Args[0]
}

// MaxDepth bounds how far a value is followed through variables and calls.
const MaxDepth = 8

// Value is a bound of an integer.
func (l *Loops) Value(x ast.Expr, depth int) Bound {
	if x == nil || depth > MaxDepth {
		return NoBound
	}
	x = ast.Unparen(x)
	if tv := l.Info.Types[x]; tv.Value != nil {
		if n, exact := constant.Int64Val(constant.ToInt(tv.Value)); exact {
			return Exactly(int(min(n, 1<<30)))
		}
		return NoBound
	}
	if n, ok := l.Known(x); ok {
		return Exactly(n)
	}
	if arg := l.Length(x); arg != nil {
		return l.Size(arg, depth+1)
	}
	switch x := x.(type) {
	case *ast.BinaryExpr:
		return arithmetic(x.Op, l.Value(x.X, depth+1), l.Value(x.Y, depth+1))
	case *ast.CallExpr:
		if syntax.Builtin(l.Info, x) == "min" {
			b := Unbounded
			for _, arg := range x.Args {
				b = Tighter(b, l.Value(arg, depth+1))
			}
			return b
		}
	}
	return l.Origin(x, depth, false)
}

// Size is a bound of the number of elements of a slice, map or string.
func (l *Loops) Size(x ast.Expr, depth int) Bound {
	if x == nil || depth > MaxDepth {
		return NoBound
	}
	x = ast.Unparen(x)
	t := l.Info.TypeOf(x)
	if t == nil {
		return NoBound
	}
	if a, ok := syntax.Deref(t).Underlying().(*types.Array); ok {
		return Exactly(int(min(a.Len(), 1<<30)))
	}
	if n, ok := l.Known(x); ok {
		return Exactly(n)
	}
	if tv := l.Info.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return Exactly(len(constant.StringVal(tv.Value)))
	}
	switch x := x.(type) {
	case *ast.CompositeLit:
		if !syntax.IsSized(t) {
			return NoBound
		}
		return Exactly(len(x.Elts))
	case *ast.SliceExpr:
		return l.sliced(x, depth)
	case *ast.CallExpr:
		switch syntax.Builtin(l.Info, x) {
		case "make":
			if len(x.Args) > 1 {
				return l.Value(x.Args[1], depth+1)
			}
			return Exactly(0)
		case "append":
			return l.appended(x, depth)
		}
	}
	return l.Origin(x, depth, true)
}

// sliced is the size of x[low:high].
func (l *Loops) sliced(x *ast.SliceExpr, depth int) Bound {
	if x.High == nil {
		return l.Size(x.X, depth+1)
	}
	high := l.Value(x.High, depth+1)
	if high.Kind != Constant {
		if x.Low != nil {
			return NoBound // x[start:end], a batch
		}
		return Tighter(high, l.Size(x.X, depth+1))
	}
	if low := l.Value(x.Low, depth+1); x.Low != nil && low.Kind == Constant {
		return Exactly(high.N - low.N)
	}
	return high
}

// appended is the size of append(x, elements...), outside of what repeats it.
func (l *Loops) appended(call *ast.CallExpr, depth int) Bound {
	if l.InLoop(call.Pos()) {
		return l.Repeated(call.Pos())
	}
	b := l.Size(call.Args[0], depth+1)
	if call.Ellipsis.IsValid() {
		return Worst(b, l.Size(call.Args[1], depth+1))
	}
	if b.Kind == Constant {
		b.N += len(call.Args) - 1
	}
	return b
}
