package commands

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// isTurned reports whether a condition is a negation: that of "a != b" is "a == b".
func isTurned(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		return x.Op == token.NOT && !isTurned(x.X)
	case *ast.BinaryExpr:
		switch x.Op {
		case token.NEQ, token.LEQ, token.GEQ:
			return true // of "==", ">" and "<"
		case token.LAND, token.LOR: // "!a || !b" is the negation of "a && b"
			turned := turnedOperands(x)
			return turned > 0 || turned == 0 && x.Op == token.LOR
		}
	}
	return false
}

// turnedOperands is by how many the operands of "&&" and "||" that are negations are more than the others.
func turnedOperands(x ast.Expr) int {
	if bin, ok := ast.Unparen(x).(*ast.BinaryExpr); ok && (bin.Op == token.LAND || bin.Op == token.LOR) {
		return turnedOperands(bin.X) + turnedOperands(bin.Y)
	}
	if isTurned(x) {
		return 1
	}
	return -1
}

// aboutError reports whether a condition compares an error with nil. The first branch is
// then that without an error.
func aboutError(info *types.Info, x ast.Expr) bool {
	bin, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || bin.Op != token.NEQ && bin.Op != token.EQL || !syntax.IsNil(bin.Y) {
		return false
	}
	t := info.TypeOf(bin.X)
	return t != nil && syntax.IsErrorType(t)
}

// number is a constant number, or a parameter that is one, perhaps as another type.
func (sc *scope) number(x ast.Expr) (int, bool) {
	x = unconverted(sc.info, x)
	if n, ok := number(sc.info, x); ok {
		return n, true
	}
	if id := syntax.Ident(x); id != nil {
		n, ok := sc.numbers[sc.info.Uses[id]]
		return n, ok
	}
	return 0, false
}

// unconverted is the operand of conversions.
func unconverted(info *types.Info, x ast.Expr) ast.Expr {
	for {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !info.Types[call.Fun].IsType() {
			return ast.Unparen(x)
		}
		x = call.Args[0]
	}
}

func number(info *types.Info, x ast.Expr) (int, bool) {
	value := info.Types[x].Value
	if value == nil || value.Kind() != constant.Int {
		return 0, false
	}
	n, ok := constant.Int64Val(value)
	return int(n), ok
}

// cond is a condition about versions, nil for any other.
func (b *builder) cond(sc *scope, x ast.Expr) *structure.Cond {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return sc.conds[sc.info.ObjectOf(x)]
	case *ast.SelectorExpr:
		if v, ok := sc.info.Uses[x.Sel].(*types.Var); ok {
			return b.fields[v]
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			if c := b.cond(sc, x.X); c != nil {
				return &structure.Cond{Op: "!", A: c}
			}
		}
	case *ast.BinaryExpr:
		return b.comparison(sc, x)
	case *ast.CallExpr:
		return b.returned(sc, x)
	}
	return nil
}

var reversed = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func (b *builder) comparison(sc *scope, x *ast.BinaryExpr) *structure.Cond {
	op := x.Op.String()
	if op == "&&" || op == "||" {
		l, r := b.cond(sc, x.X), b.cond(sc, x.Y)
		switch undecided := (&structure.Cond{Op: "?"}); {
		case l == nil && r == nil:
			return nil
		case l == nil:
			l = undecided
		case r == nil:
			r = undecided
		}
		return &structure.Cond{Op: op, A: l, B: r}
	}
	if reversed[op] == "" {
		return nil
	}
	if id, ok := b.versionOf(sc, x.X); ok {
		if n, ok := sc.number(x.Y); ok {
			return &structure.Cond{Op: op, ID: id, N: n}
		}
	}
	if id, ok := b.versionOf(sc, x.Y); ok {
		if n, ok := sc.number(x.X); ok {
			return &structure.Cond{Op: reversed[op], ID: id, N: n}
		}
	}
	return nil
}

// versionOf is the change whose version an expression is.
func (b *builder) versionOf(sc *scope, x ast.Expr) (id string, ok bool) {
	switch x := unconverted(sc.info, x).(type) {
	case *ast.Ident:
		id, ok = sc.versions[sc.info.ObjectOf(x)]
		return id, ok
	case *ast.SelectorExpr:
		if v, isVar := sc.info.Uses[x.Sel].(*types.Var); isVar {
			id, ok = b.versions[v]
		}
		return id, ok
	case *ast.CallExpr:
		if fn := syntax.Callee(sc.info, x); fn != nil && sdk.InSDK(fn.Pkg()) {
			if fn.Name() == "GetVersion" && len(x.Args) == 4 {
				return b.text(sc, x.Args[1]), true
			}
			return "", false
		}
		if t, isBasic := syntax.Under[*types.Basic](sc.info.TypeOf(x)); isBasic && t.Info()&types.IsInteger != 0 {
			b.result(sc, x, func(inner *scope, x ast.Expr) { id, ok = b.versionOf(inner, x) })
		}
	}
	return id, ok
}

// text is a constant string, else the expression.
func (b *builder) text(sc *scope, x ast.Expr) string {
	if value := sc.info.Types[x].Value; value != nil && value.Kind() == constant.String {
		return constant.StringVal(value)
	}
	if v := syntax.Var(sc.info, x); v != nil {
		if s, ok := sc.texts[v]; ok {
			return s
		}
	}
	return types.ExprString(x)
}

// lastPart is the name of a type of activity or workflow as the SDK compares it: what stands
// behind the last dot.
func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
