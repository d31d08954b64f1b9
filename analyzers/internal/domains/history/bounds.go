package history

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math/bits"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
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

// loopBound is how often a loop turns.
func (c *counter) loopBound(loop ast.Stmt) bound {
	var b bound
	var body *ast.BlockStmt
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		body = loop.Body
		b = c.rangeBound(loop)
	case *ast.ForStmt:
		body = loop.Body
		b = unbounded
		if loop.Cond != nil {
			b = c.condition(loop, loop.Cond)
		}
	}
	if b.kind != constantBound {
		b = tighter(b, c.leftAt(loop, body))
	}
	return b
}

func (c *counter) rangeBound(loop *ast.RangeStmt) bound {
	if syntax.IsInteger(c.p.Info.TypeOf(loop.X)) {
		return c.value(loop.X, 0)
	}
	return c.size(loop.X, 0)
}

// endsItself reports whether a loop runs while a flag is set, and each turn takes the flag
// away whatever happens: it turns again only if something in it asks for that.
func (c *counter) endsItself(loop *ast.ForStmt, cond ast.Expr) bool {
	ends := "false"
	if not, ok := cond.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		cond, ends = ast.Unparen(not.X), "true"
	}
	v := syntax.Var(c.p.Info, cond)
	if v == nil || !syntax.IsBool(v.Type()) {
		return false
	}
	for _, s := range loop.Body.List {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || syntax.Var(c.p.Info, a.Lhs[0]) != v {
			continue
		}
		if value := c.p.Info.Types[a.Rhs[0]].Value; value != nil && value.ExactString() == ends {
			return true
		}
	}
	return false
}

// condition reads the condition of a for statement.
func (c *counter) condition(loop *ast.ForStmt, cond ast.Expr) bound {
	cond = ast.Unparen(cond)
	if b, ok := cond.(*ast.BinaryExpr); ok {
		switch b.Op {
		case token.LAND:
			return tighter(c.condition(loop, b.X), c.condition(loop, b.Y))
		case token.LOR:
			return worst(c.condition(loop, b.X), c.condition(loop, b.Y))
		case token.LSS, token.LEQ, token.NEQ, token.GTR, token.GEQ:
			if n, ok := c.comparison(loop, b); ok {
				return n
			}
		}
	}
	if c.aboutTime(cond) || c.aboutHistory(cond) || c.endsItself(loop, cond) {
		return noBound
	}
	return unbounded
}

// comparison reads a condition on a counter: i < n, i > 0, len(x) > 0.
func (c *counter) comparison(loop *ast.ForStmt, cond *ast.BinaryExpr) (bound, bool) {
	x, limit, op := cond.X, cond.Y, cond.Op
	if c.steps(loop, limit) && !c.steps(loop, x) { // n > i
		x, limit = limit, x
		switch op {
		case token.LSS:
			op = token.GTR
		case token.LEQ:
			op = token.GEQ
		case token.GTR:
			op = token.LSS
		case token.GEQ:
			op = token.LEQ
		}
	}
	if arg := c.lengthOf(x); arg != nil { // for len(queue) > 0
		if c.appendsTo(loop, arg) {
			return unbounded, true
		}
		return c.size(arg, 0), true
	}
	if !c.steps(loop, x) {
		return noBound, false
	}
	start := c.start(loop, x)
	if op == token.GTR || op == token.GEQ { // downwards
		if start.kind == constantBound {
			step := c.stepOf(loop, x)
			start.n = (start.n + step - 1) / step
		}
		return start, true
	}
	end := c.value(limit, 0)
	if end.kind != constantBound {
		return end, true
	}
	if post, ok := loop.Post.(*ast.AssignStmt); ok && multiplies(post.Tok) {
		return exactly(bits.Len(uint(end.n))), true
	}
	n := end.n
	if start.kind == constantBound {
		n -= start.n
	}
	if op == token.LEQ {
		n++
	}
	if step := c.stepOf(loop, x); step > 1 {
		n = (n + step - 1) / step
	}
	return exactly(n), true
}

// appendsTo reports whether a loop gives itself more to do.
func (c *counter) appendsTo(loop *ast.ForStmt, x ast.Expr) bool {
	for _, a := range c.writes[types.ExprString(x)] {
		if len(a.Rhs) == 1 && loop.Body.Pos() <= a.Pos() && a.End() <= loop.Body.End() && syntax.IsAppend(a.Rhs[0]) {
			return true
		}
	}
	return false
}

// start is the value that the counter of a loop begins with.
func (c *counter) start(loop ast.Stmt, x ast.Expr) bound {
	if f, ok := loop.(*ast.ForStmt); ok {
		if init, ok := f.Init.(*ast.AssignStmt); ok && len(init.Lhs) == len(init.Rhs) {
			for i, lhs := range init.Lhs {
				if types.ExprString(lhs) == types.ExprString(x) {
					return c.value(init.Rhs[i], 0)
				}
			}
		}
	}
	if v := c.variable(x); v != nil {
		for _, value := range c.p.names.Values(v) {
			if value != nil && value.Pos() < loop.Pos() {
				return c.value(value, 0)
			}
		}
	}
	return noBound
}

// steps reports whether a loop counts x up or down.
func (c *counter) steps(loop ast.Node, x ast.Expr) bool { return c.direction(loop, x) != 0 }

// direction is 1 if a statement counts x up, -1 for down, and 0 if it does neither.
func (c *counter) direction(stmt ast.Node, x ast.Expr) int {
	name := types.ExprString(x)
	direction := 0
	ast.Inspect(stmt, func(n ast.Node) bool {
		if d := stepOver(n, name); d != 0 {
			direction = d
		}
		return direction == 0
	})
	return direction
}

// stepOver is the direction in which a single statement counts what is called name.
func stepOver(n ast.Node, name string) int {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		if types.ExprString(n.X) == name {
			if n.Tok == token.DEC {
				return -1
			}
			return 1
		}
	case *ast.AssignStmt:
		if types.ExprString(n.Lhs[0]) != name {
			return 0
		}
		switch {
		case n.Tok == token.ADD_ASSIGN, multiplies(n.Tok):
			return 1
		case n.Tok == token.SUB_ASSIGN:
			return -1
		case n.Tok == token.ASSIGN && len(n.Rhs) == 1:
			if b, ok := ast.Unparen(n.Rhs[0]).(*ast.BinaryExpr); ok && types.ExprString(b.X) == name {
				switch b.Op {
				case token.ADD:
					return 1
				case token.SUB:
					return -1
				}
			}
		}
	}
	return 0
}

func multiplies(op token.Token) bool { return op == token.MUL_ASSIGN || op == token.SHL_ASSIGN }

// stepOf is the constant that the loop's post statement adds to x or takes away, else 1.
func (c *counter) stepOf(loop *ast.ForStmt, x ast.Expr) int {
	post, ok := loop.Post.(*ast.AssignStmt)
	if !ok || post.Tok != token.ADD_ASSIGN && post.Tok != token.SUB_ASSIGN || types.ExprString(post.Lhs[0]) != types.ExprString(x) {
		return 1
	}
	if b := c.value(post.Rhs[0], 0); b.kind == constantBound && b.n > 0 {
		return b.n
	}
	return 1
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

// aboutTime recognizes a deadline: a condition with a time or a duration in it.
func (c *counter) aboutTime(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && !found {
			if named, ok := types.Unalias(c.p.Info.TypeOf(x)).(*types.Named); ok {
				obj := named.Obj()
				found = obj.Pkg() != nil && obj.Pkg().Path() == "time"
			}
		}
		return !found
	})
	return found
}

// aboutHistory recognizes a look at the length of the workflow's history.
func (c *counter) aboutHistory(cond ast.Node) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			fn, ok := c.p.Info.Uses[id].(*types.Func)
			found = ok && sdk.AsksHistory(fn)
		}
		return !found
	})
	return found
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

// repeated is how often the loops around pos turn, the worst of them.
func (c *counter) repeated(pos token.Pos) bound {
	b := exactly(0)
	for _, loop := range c.p.loopsAround(c.body, pos) {
		if c.resolving[loop] {
			return noBound
		}
		c.resolving[loop] = true
		b = worst(b, c.loopBound(loop))
		delete(c.resolving, loop)
	}
	return b
}

func (c *counter) inLoop(pos token.Pos) bool {
	return len(c.p.loopsAround(c.body, pos)) > 0
}

func (p *reader) loopsAround(body ast.Node, pos token.Pos) []ast.Stmt {
	var loops []ast.Stmt
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		switch n := n.(type) {
		case *ast.ForStmt:
			loops = append(loops, n)
		case *ast.RangeStmt:
			loops = append(loops, n)
		}
		return true
	})
	return loops
}

// origin follows a value to where it comes from: a parameter, an activity's result,
// a package's table. size says that its number of elements is asked for.
func (c *counter) origin(x ast.Expr, depth int, size bool) bound {
	again := func(x ast.Expr) bound {
		if size && isSized(c.p.Info.TypeOf(x)) {
			return c.size(x, depth+1)
		}
		if depth > maxDepth {
			return noBound
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
			return noBound
		}
		if b := again(x.X); b.kind == endless || b.kind == paramBound {
			return b
		}
		if c.p.filled()[s.Obj()] {
			return unbounded
		}
	case *ast.IndexExpr:
		if b := again(x.X); b.kind == endless || b.kind == paramBound {
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
	return noBound
}

func isSized(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Array:
		return true
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

func isIterator(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && keys.Path(named.Obj().Pkg()) == "iter"
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// called is the bound of a call's result.
func (c *counter) called(call *ast.CallExpr, depth int, size bool) bound {
	again := func(x ast.Expr) bound {
		if size {
			return c.size(x, depth+1)
		}
		return c.value(x, depth+1)
	}
	if tv := c.p.Info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return again(call.Args[0])
	}
	fn := syntax.Callee(c.p.Info, call)
	if fn == nil || fn.Pkg() == nil {
		return noBound
	}
	if c.p.tallyOf(fn).runs() {
		return unbounded // what an activity returned
	}
	if decl := c.p.DeclOf(fn); decl != nil && decl.Body != nil && !sdk.IsWorkflowCode(fn.Signature()) {
		if b, ok := c.returned(decl, depth, again); ok {
			return b
		}
	}
	// A function of the values that it is given: slices.Sorted(x), in.GetItems().
	b := noBound
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && c.p.Info.Selections[sel] != nil {
		if r := c.origin(sel.X, depth+1, size); r.kind == endless || r.kind == paramBound {
			b = r
		}
	}
	for _, arg := range call.Args {
		if !isSized(c.p.Info.TypeOf(arg)) && !isIterator(c.p.Info.TypeOf(arg)) || syntax.IsString(c.p.Info.TypeOf(arg)) && fn.Pkg().Path() != "strings" {
			continue
		}
		if a := c.size(arg, depth+1); a.kind == endless || a.kind == paramBound || b.kind == unknown {
			b = a
		}
		break
	}
	return b
}

// returned is the bound of what a function of this package returns, if all that it
// returns are literals and constants.
func (c *counter) returned(decl *ast.FuncDecl, depth int, again func(ast.Expr) bound) (bound, bool) {
	b, found := exactly(0), false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 0 {
				b = noBound
				return true
			}
			found = true
			switch x := ast.Unparen(n.Results[0]).(type) {
			case *ast.CompositeLit, *ast.BasicLit:
				b = worst(b, again(x))
			default:
				if !syntax.IsNil(x) {
					b = noBound
				}
			}
		}
		return true
	})
	return b, found && b.kind == constantBound
}

// variableBound is the bound of a variable.
func (c *counter) variableBound(v *types.Var, depth int, size bool) bound {
	if v.IsField() || v.Pkg() == nil || c.visiting[v] || depth > maxDepth {
		return noBound
	}
	if fn, i, ok := c.p.names.ParamOf(v); ok {
		if fn != c.node.Fn {
			return noBound
		}
		if sdk.IsWorkflowContext(v.Type()) {
			return noBound
		}
		return bound{kind: paramBound, param: i, size: size}
	}
	if c.received[v] {
		return unbounded
	}
	if c.counted[v] && !size {
		return noBound // what it was set to says nothing
	}
	if x, ok := c.elements[v]; ok { // for _, v := range x
		if b := c.size(x, depth+1); b.kind == endless || b.kind == paramBound {
			return b
		}
		return noBound
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
func (c *counter) assigned(v *types.Var, depth int, size bool) bound {
	values := c.p.names.Values(v)
	if v.Pkg() != c.p.Pass.Pkg || len(values) == 0 {
		return noBound
	}
	b := bound{kind: constantBound}
	for _, x := range values {
		switch {
		case x == nil:
			x = c.p.names.First(v)
			if x == nil {
				return noBound
			}
		case syntax.Mention(c.p.Info, x, v).IsValid() && syntax.IsAppend(x):
			if c.inLoop(x.Pos()) {
				b = worst(b, c.repeated(x.Pos()))
			} else {
				b = worst(b, noBound)
			}
			continue
		case syntax.Mention(c.p.Info, x, v).IsValid():
			continue // x = x[1:]
		}
		if size {
			b = worst(b, c.size(x, depth+1))
		} else {
			b = worst(b, c.value(x, depth+1))
		}
	}
	if _, ok := syntax.Under[*types.Map](v.Type()); ok {
		for _, pos := range c.stores[v] {
			b = worst(b, c.repeated(pos))
		}
	}
	return b
}

// filled holds the fields that workflow code fills with what it does not know
// before: what bounds a range over one of them is the input.
func (p *reader) filled() map[types.Object]bool {
	if p.fills != nil {
		return p.fills
	}
	p.fills = make(map[types.Object]bool)
	for _, n := range p.Nodes {
		if n.Sig == nil || !sdk.IsWorkflowCode(n.Sig) {
			continue
		}
		ast.Inspect(n.Body, func(x ast.Node) bool {
			p.fill(n, x)
			return true
		})
	}
	return p.fills
}

// fill notes the fields that a node of the syntax fills.
func (p *reader) fill(n *callgraph.Node, x ast.Node) {
	switch x := x.(type) {
	case *ast.AssignStmt:
		for lhs, rhs := range syntax.Assigned(x) {
			if f := p.field(lhs); f != nil && !isFresh(rhs) {
				p.fills[f] = true
			}
		}
	case *ast.UnaryExpr:
		if f := p.field(x.X); f != nil && x.Op == token.AND {
			p.fills[f] = true
		}
	case *ast.KeyValueExpr:
		if key := syntax.Ident(x.Key); key != nil && p.isInput(n, x.Value) {
			p.fills[p.Info.Uses[key]] = true
		}
	}
}

// field is the field that x, or what x is an element of, is, or nil.
func (p *reader) field(x ast.Expr) types.Object {
	if index, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
		x = index.X
	}
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok && p.Info.Selections[sel] != nil {
		return p.Info.Uses[sel.Sel]
	}
	return nil
}

// isFresh reports whether x is a literal, or what make returns.
func isFresh(x ast.Expr) bool {
	if x == nil {
		return false
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit, *ast.BasicLit:
		return true
	case *ast.CallExpr:
		id := syntax.Ident(x.Fun)
		return id != nil && id.Name == "make"
	}
	return false
}

// isInput reports whether x is a parameter of the workflow code n, or a field of one.
func (p *reader) isInput(n *callgraph.Node, x ast.Expr) bool {
	for {
		sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			break
		}
		x = sel.X
	}
	id := syntax.Ident(x)
	if id == nil {
		return false
	}
	v, ok := p.Info.Uses[id].(*types.Var)
	if !ok || sdk.IsWorkflowContext(v.Type()) {
		return false
	}
	fn, _, ok := p.names.ParamOf(v)
	return ok && fn == n.Fn
}
