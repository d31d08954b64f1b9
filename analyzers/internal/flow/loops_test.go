package flow

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"
)

// loops asks nobody: a value comes from a parameter, or from what it is assigned once.
func (c *code) loops() *Loops {
	a := NewAssignments(c.info, nil)
	writes := make(map[string][]ast.Node)
	ast.Inspect(c.fn, func(n ast.Node) bool {
		a.Note(n)
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				writes[types.ExprString(lhs)] = append(writes[types.ExprString(lhs)], n)
			}
		}
		return true
	})
	params := c.info.Defs[c.fn.Name].(*types.Func).Signature().Params()
	l := &Loops{
		Info: c.info, Body: c.fn.Body, Writes: writes, Values: a.Values,
		Known: func(x ast.Expr) (int, bool) { return 0, false },
		Ends:  func(cond ast.Expr) bool { return strings.HasPrefix(types.ExprString(cond), "at(") },
		Left:  func(ast.Stmt, *ast.BlockStmt) Bound { return Unbounded },
	}
	l.Origin = func(x ast.Expr, depth int, size bool) Bound {
		id, ok := x.(*ast.Ident)
		if !ok {
			return NoBound
		}
		for i := range params.Len() {
			if c.info.Uses[id] == params.At(i) {
				return Bound{Kind: OfParam, Param: i, Size: size}
			}
		}
		v, ok := c.info.Uses[id].(*types.Var)
		if !ok || len(a.Values(v)) != 1 {
			return NoBound
		}
		if size {
			return l.Size(a.Values(v)[0], depth+1)
		}
		return l.Value(a.Values(v)[0], depth+1)
	}
	return l
}

func TestLoops(t *testing.T) {
	for _, test := range []struct {
		body string
		want Bound
	}{
		{`for i := 0; i < 10; i++ { use(i) }`, Exactly(10)},
		{`for i := 0; i <= 10; i += 3 { use(i) }`, Exactly(4)},
		{`for i := 10; i > 0; i-- { use(i) }`, Exactly(10)},
		{`for i := 10; 0 < i; i -= 2 { use(i) }`, Exactly(5)},
		{`for i := 2000; i > 1990; i-- { use(i) }`, Exactly(10)},
		{`for i := 9; i >= 0; i-- { use(i) }`, Exactly(10)},
		{`for i := 50; i != 0; i-- { use(i) }`, Exactly(50)},
		{`for i := 0; i != 50; i++ { use(i) }`, Exactly(50)},
		{`for i := n; i > 0; i-- { use(i) }`, Bound{Kind: OfParam, Param: 0}},
		{`for i := 50; i > n; i-- { use(i) }`, Exactly(50)},
		{`for i := 1; i < 1000; i *= 2 { use(i) }`, Exactly(10)},
		{`for i := 1000; i > 0; i /= 2 { use(i) }`, Exactly(10)},
		{`for i := range 7 { use(i) }`, Exactly(7)},
		{`for range n { use() }`, Bound{Kind: OfParam, Param: 0}},
		{`for i := 0; i < n; i++ { use(i) }`, Bound{Kind: OfParam, Param: 0}},
		{`for i := 0; i < min(n, 5); i++ { use(i) }`, Exactly(5)},
		{`for range xs { use() }`, Bound{Kind: OfParam, Param: 2, Size: true}},
		{`for i := 0; i < len(xs)-1; i++ { use(i) }`, Bound{Kind: OfParam, Param: 2, Size: true}},
		{`for range []int{1, 2, 3} { use() }`, Exactly(3)},
		{`for range xs[2:6] { use() }`, Exactly(4)},
		{`for range append([]int{1}, 2, 3) { use() }`, Exactly(3)},
		{`for range "four" { use() }`, Exactly(4)},
		{`var all [12]int; for range all { use() }`, Exactly(12)},
		{`queue := []int{1, 2}; for len(queue) > 0 { queue = append(queue[1:], 3) }`, Unbounded},
		{`for i := 0; i < 10 && c; i++ { use(i) }`, Exactly(10)},
		{`i := 0; for i < 10 || c { i++ }`, Unbounded},
		{`for { use() }`, Unbounded},
		{`for c { use() }`, Unbounded},
		{`for at("noon") { use() }`, NoBound},
		{`again := true; for again { again = false; again = c }`, NoBound},
	} {
		c := read(t, test.body)
		if got := c.loops().Of(c.loop()); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.body, got, test.want)
		}
	}
}

// Have: a value that is grown in a loop is as large as the loop turns, and one that bounds its own
// loop has no bound.
func TestGrown(t *testing.T) {
	c := read(t, `
	for i := 0; i < 6; i++ {
		xs = append(xs, i)
	}`)
	grown := c.fn.Body.List[0].(*ast.ForStmt).Body.List[0].(*ast.AssignStmt).Rhs[0]
	if got := c.loops().Size(grown, 0); got != Exactly(6) {
		t.Errorf("%+v", got)
	}
	c = read(t, `
	ys := []int{1}
	for i := 0; i < len(append(ys, i)); i++ {
		use(i)
	}`)
	loop := c.loop().(*ast.ForStmt)
	if got := c.loops().Of(loop); got != NoBound {
		t.Errorf("%+v", got)
	}
}
