package payloadsize

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// call judges make, conversions, and functions that read without a bound.
func (s sizer) call(call *ast.CallExpr, whole bool, depth int) string {
	if tv := s.pass.TypesInfo.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return s.large(call.Args[0], whole, depth+1)
	}
	if syntax.Builtin(s.pass.TypesInfo, call) == "make" && len(call.Args) >= 2 {
		return s.made(call, whole)
	}
	fn := syntax.Callee(s.pass.TypesInfo, call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	name := fn.Pkg().Path() + "." + fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		if name == "bytes.Bytes" || name == "bytes.String" || name == "strings.String" {
			return s.buffer(call, fn)
		}
		return ""
	}
	switch name {
	case "os.ReadFile", "io/ioutil.ReadFile":
		if s.index().announced {
			return ""
		}
		return "is a whole file (" + fn.Pkg().Name() + "." + fn.Name() + "), of any size"
	case "io.ReadAll", "io/ioutil.ReadAll":
		if len(call.Args) == 1 && s.limited(call.Args[0], 0) || s.index().announced {
			return ""
		}
		return "is all that " + fn.Pkg().Name() + "." + fn.Name() + " reads, of any size"
	case "strings.Repeat", "bytes.Repeat":
		return s.repeated(call)
	}
	return ""
}

// repeated judges strings.Repeat of constants.
func (s sizer) repeated(call *ast.CallExpr) string {
	if len(call.Args) != 2 {
		return "" // what another call returns
	}
	n, ok := s.integer(call.Args[1])
	text := s.pass.TypesInfo.Types[call.Args[0]].Value
	if !ok || text == nil || text.Kind() != constant.String {
		return ""
	}
	if size := n * int64(len(constant.StringVal(text))); size > limit {
		return fmt.Sprintf("is a text of %d bytes", size)
	}
	return ""
}

// made judges make([]T, n): bytes as they are, or four thirds of it as part of a
// JSON value; other elements take two bytes at least.
func (s sizer) made(call *ast.CallExpr, whole bool) string {
	n, ok := s.integer(call.Args[1])
	slice, isSlice := s.pass.TypesInfo.TypeOf(call).Underlying().(*types.Slice)
	if !ok || !isSlice {
		return ""
	}
	size := 2 * n
	if b, ok := slice.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Uint8 {
		size = n
		if !whole {
			size = n / 3 * 4
		}
	}
	if size <= limit {
		return ""
	}
	return fmt.Sprintf("is made with %d elements, %d bytes at least", n, size)
}

func (s sizer) integer(x ast.Expr) (int64, bool) {
	tv := s.pass.TypesInfo.Types[x]
	if tv.Value == nil {
		return 0, false
	}
	return constant.Int64Val(constant.ToInt(tv.Value))
}

// buffer judges buf.Bytes() and buf.String() where the function copies or reads
// into the buffer without a bound.
func (s sizer) buffer(call *ast.CallExpr, fn *types.Func) string {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || s.within == nil {
		return ""
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return ""
	}
	v, ok := s.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || s.bounded(v) {
		return ""
	}
	ix := s.index()
	unbounded := slices.ContainsFunc(ix.copied[v], func(from ast.Expr) bool { return !s.limited(from, 0) })
	if !unbounded || ix.emptied[v] || ix.announced {
		return ""
	}
	return "is a buffer that a reader of any size was copied into (" + fn.Name() + ")"
}

// limited reports whether a reader ends at a bound, or reads what is in memory.
func (s sizer) limited(x ast.Expr, depth int) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		return s.limited(x.X, depth)
	case *ast.CompositeLit:
		return strings.HasSuffix(types.ExprString(x.Type), "LimitedReader")
	case *ast.CallExpr:
		fn := syntax.Callee(s.pass.TypesInfo, x)
		if fn == nil || fn.Pkg() == nil {
			return false
		}
		switch fn.Pkg().Path() + "." + fn.Name() {
		case "io.LimitReader", "net/http.MaxBytesReader", "io.NewSectionReader", "strings.NewReader", "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString":
			return true
		case "bufio.NewReader", "io.TeeReader", "io.NopCloser":
			return len(x.Args) > 0 && s.limited(x.Args[0], depth+1)
		}
		return s.returnsLimited(fn.Origin(), depth)
	case *ast.Ident:
		v, ok := s.pass.TypesInfo.Uses[x].(*types.Var)
		if !ok || depth > maxDepth {
			return false
		}
		if value := s.result.Value(v); value != nil {
			return s.limited(value, depth+1)
		}
		return s.reassigned(v, depth)
	case *ast.SelectorExpr:
		// r.Body = http.MaxBytesReader(w, r.Body, n)
		return s.assignedLimited(x)
	}
	return false
}

// returnsLimited reports whether a function of this package does no more than to limit a reader.
func (s sizer) returnsLimited(fn *types.Func, depth int) bool {
	decl := s.declOf(fn)
	if decl == nil || decl.Body == nil || len(decl.Body.List) != 1 || depth > maxDepth {
		return false
	}
	r, ok := decl.Body.List[0].(*ast.ReturnStmt)
	return ok && len(r.Results) == 1 && s.limited(r.Results[0], depth+1)
}
