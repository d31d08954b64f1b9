package flow

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// code is a function that is called f, in a package with functions that the tests name.
type code struct {
	t    *testing.T
	text string
	info *types.Info
	fn   *ast.FuncDecl
}

// std reads the standard library, each package once.
var std = importer.ForCompiler(token.NewFileSet(), "source", nil)

func read(t *testing.T, body string) *code {
	t.Helper()
	text := `package p

import "os"

func do() error       { return nil }
func other() error    { return nil }
func at(string) bool  { return true }
func use(...any)      {}

func f(n, limit int, xs []int, err error, c bool) error {
` + body + `
	_ = os.Args
	return nil
}`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection)}
	config := types.Config{Importer: std}
	if _, err := config.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	return &code{t, text, info, file.Decls[len(file.Decls)-1].(*ast.FuncDecl)}
}

func (c *code) graph() *Graph { return New(c.info, c.fn.Body) }

// pos is where a text stands in the function.
func (c *code) pos(text string) token.Pos {
	c.t.Helper()
	i := strings.LastIndex(c.text, text)
	if i < 0 {
		c.t.Fatalf("no %q", text)
	}
	return token.Pos(i + 1) // the file is the first of its set
}

func (c *code) loop() ast.Stmt {
	var found ast.Stmt
	ast.Inspect(c.fn, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.ForStmt:
			found = x
		case *ast.RangeStmt:
			found = x
		}
		return found == nil
	})
	return found
}

// calls reports whether a node calls a function, closures included.
func calls(name string) func(ast.Node) bool {
	return func(n ast.Node) bool {
		found := false
		ast.Inspect(n, func(x ast.Node) bool {
			call, ok := x.(*ast.CallExpr)
			found = found || ok && types.ExprString(call.Fun) == name
			return !found
		})
		return found
	}
}

// Have: what is known at a point, by what all ways to it went through.
func TestKnown(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want []string // conditions that hold at use, or do not (!)
	}{
		"returns":            {`if n > limit { return err }; use(n)`, []string{"!n > limit"}},
		"inside":             {`if n > limit { use(n) }`, []string{"n > limit"}},
		"else":               {`if n > limit { do() } else { use(n) }`, []string{"!n > limit"}},
		"goes on":            {`if n > limit { do() }; use(n)`, nil},
		"and":                {`if c && n > limit { use(n) }`, []string{"c", "n > limit"}},
		"not and":            {`if c && n > limit { return err }; use(n)`, []string{"!c && n > limit"}},
		"or":                 {`if c || n > limit { return err }; use(n)`, []string{"!c", "!n > limit"}},
		"not":                {`if !(c || n > limit) { use(n) }`, []string{"!c", "!n > limit"}},
		"ends the process":   {`if n > limit { os.Exit(1) }; use(n)`, []string{"!n > limit"}},
		"panics":             {`if n > limit { panic(n) }; use(n)`, []string{"!n > limit"}},
		"switch":             {`switch { case c: return err; case n > limit: use(n) }`, []string{"!c", "n > limit"}},
		"two in a case":      {`switch { case c, n > limit: use(n) }`, nil},
		"tag":                {`switch n { case limit: use(n) }`, nil},
		"loop":               {`for n < limit { use(n) }`, []string{"n < limit"}},
		"behind a loop":      {`for n < limit { do() }; use(n)`, []string{"!n < limit"}},
		"broken loop":        {`for n < limit { if c { break } }; use(n)`, nil},
		"labelled":           {"out: for { if n > limit { continue out }; use(n) }", []string{"!n > limit"}},
		"in a closure":       {`if n > limit { return err }; func() { use(n) }()`, []string{"!n > limit"}},
		"dead":               {`return err; if c { use(n) }`, nil},
		"one of two returns": {`if c { if n > limit { return err } }; use(n)`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			var got []string
			for known := range c.graph().Known() {
				if known.In.Has(c.pos("use(n)")) {
					text := types.ExprString(known.Expr)
					if !known.Holds {
						text = "!" + text
					}
					got = append(got, text)
				}
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("known %q, want %q", got, tt.want)
			}
		})
	}
}

// Have: a write on a way from a condition to a point, not one that only stands between them.
func TestIntact(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want bool
	}{
		"nothing":           {`use(n)`, true},
		"before":            {`n = 3; use(n)`, false},
		"behind":            {`use(n); n = 3`, true},
		"other branch":      {`if c { n = 3; return err }; use(n)`, true},
		"one branch":        {`if c { n = 3 }; use(n)`, false},
		"next turn":         {`for c { use(n); n = 3 }`, false},
		"asked again":       {`for n <= limit { use(n); n = 3 }`, true},
		"behind the return": {`use(n); return err; n = 3`, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, `if n > limit { return err }; `+tt.body)
			g := c.graph()
			var writes []ast.Node
			ast.Inspect(c.fn, func(x ast.Node) bool {
				if a, ok := x.(*ast.AssignStmt); ok && types.ExprString(a.Lhs[0]) == "n" {
					writes = append(writes, a)
				}
				return true
			})
			got := false
			for known := range g.Known() {
				about := types.ExprString(known.Expr) != "c"
				got = got || about && known.In.Has(c.pos("use(n)")) && known.In.Intact(writes, c.pos("use(n)"))
			}
			if got != tt.want {
				t.Errorf("intact: %v, want %v", got, tt.want)
			}
		})
	}
}

// Have: a turn that does one thing and not another.
func TestTurns(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want bool // a turn can call do and not other
	}{
		"both":             {`for { do(); other() }`, false},
		"one":              {`for { do() }`, true},
		"neither":          {`for { use() }`, false},
		"one of two":       {`for { do(); if c { other() } }`, true},
		"continue":         {`for { do(); if c { continue }; other() }`, true},
		"leaves":           {`for { do(); if c { break }; other() }`, false},
		"returns":          {`for { do(); if c { return err }; other() }`, false},
		"else":             {`for { if c { do(); other() } else { use() } }`, false},
		"post":             {`for i := 0; ; other() { do(); use(i) }`, true},
		"loop within":      {`for { do(); for range xs { other() } }`, false},
		"loop within, one": {`for { for range xs { do() }; if c { other() } }`, true},
		"select":           {`for { do(); select { default: other() } }`, false},
		"switch":           {`for { do(); switch n { case 1: other() } }`, true},
		"outer loop":       {`for { do(); for c { break }; other() }`, false},
		"range":            {`for range xs { do() }`, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			if got := c.graph().Turns(c.loop(), calls("do"), calls("other")); got != tt.want {
				t.Errorf("turns: %v, want %v", got, tt.want)
			}
		})
	}
}

// Have: whether a loop turns again, on both sides of a condition.
func TestAgain(t *testing.T) {
	for name, tt := range map[string]struct {
		body                string
		whenTrue, whenFalse bool
	}{
		"return":       {`for { if at("x") { return err }; do() }`, false, true},
		"break":        {`for { if at("x") { break } }`, false, true},
		"switch break": {`for { switch { case at("x"): break } }`, true, true},
		"else":         {`for { if at("x") { do() } else { return err } }`, true, false},
		"continue":     {`for range xs { if at("x") { continue }; return err }`, true, false},
		"outer":        {`for c { if at("x") { for { } }; do() }`, false, true},
		"ends":         {`for { if at("x") { os.Exit(1) } }`, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			g := c.graph()
			for _, cond := range g.Conditions(c.fn.Body) {
				if types.ExprString(cond.Expr) == `at("x")` {
					if a, b := g.Again(c.loop(), cond); a != tt.whenTrue || b != tt.whenFalse {
						t.Errorf("again: %v and %v, want %v and %v", a, b, tt.whenTrue, tt.whenFalse)
					}
					return
				}
			}
			t.Error("no condition")
		})
	}
}

// Have: everything that a variable may hold, on any way, and nothing that was overwritten.
func TestReaching(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want []string
	}{
		"last":      {`err = do(); err = other(); use(err)`, []string{"other()"}},
		"branches":  {`if c { err = do() } else { err = other() }; use(err)`, []string{"do()", "other()"}},
		"one":       {`err = do(); if err == nil { err = other() }; use(err)`, []string{"do()", "other()"}},
		"returned":  {`if c { err = do(); return err }; err = other(); use(err)`, []string{"other()"}},
		"init":      {`if err = do(); err != nil { use(err) }`, []string{"do()"}},
		"next turn": {`for c { use(err); err = do() }`, []string{"do()"}},
		"closure":   {`err = do(); func() { err = other() }(); use(err)`, []string{"do()", "other()"}},
		"parameter": {`use(err)`, nil},
		"shadowed":  {`if err := do(); err != nil { return err }; use(err)`, nil},
		"several":   {`_, err = len(xs), do(); use(err)`, []string{"do()"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			v := c.fn.Type.Params.List[2].Names[0]
			obj := c.info.Defs[v]
			var got []string
			c.graph().Reaching(c.info, obj, c.pos("use(err)"), func(rhs ast.Expr) { got = append(got, types.ExprString(rhs)) })
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("reaching %q, want %q", got, tt.want)
			}
		})
	}
}

// Have: the way on which a condition is known, and what is behind those that are not.
func TestFollow(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want string // the calls on the way from where at holds, with c true and all else unknown
	}{
		"branch":     {`if at("x") { do() }; other()`, "do other return"},
		"returns":    {`if at("x") { do(); return err }; other()`, "do return"},
		"known":      {`if at("x") { if c { do() } else { other() } }`, "do return"},
		"unknown":    {`if at("x") { if n > 1 { do() } }; other()`, "other return"},
		"loop":       {`if at("x") { for range xs { do() } }; other()`, "other return"},
		"break":      {`for { if at("x") { break }; do() }; other()`, "other return"},
		"next turn":  {`for range xs { do(); if at("x") { continue }; other() }`, ""},
		"switch":     {`if at("x") { switch { case c: do(); default: other() } }`, "do return"},
		"tag":        {`if at("x") { switch n { case 1: do() } }; other()`, "other return"},
		"goto":       {`if at("x") { goto end }; do(); end: other()`, "other return"},
		"dies":       {`if at("x") { do(); panic(n) }; other()`, "do panic"},
		"both leave": {`if at("x") { if n > 1 { return err } else { return nil } }; do()`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			g := c.graph()
			var from Condition
			for _, cond := range g.Conditions(c.fn.Body) {
				if types.ExprString(cond.Expr) == `at("x")` {
					from = cond
				}
			}
			var got []string
			g.Follow(from, true, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ExprStmt:
					got = append(got, types.ExprString(n.X.(*ast.CallExpr).Fun))
				case *ast.ReturnStmt:
					got = append(got, "return")
				}
				return false
			}, func(cond Condition) Decision {
				if types.ExprString(cond.Expr) == "c" && cond.Tag == nil {
					return Holds
				}
				return Unknown
			})
			if strings.Join(got, " ") != tt.want {
				t.Errorf("followed %q, want %q", got, tt.want)
			}
		})
	}
}

// Have: the first return to which a way leads that meets nothing.
func TestReturn(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want string // the return's text; "" for none
	}{
		"met":      {`do(); if n > 1 { return err }; other()`, "return err"},
		"all":      {`do(); if n > 1 { other(); return err }; other()`, ""},
		"end":      {`do(); if n > 1 { other(); return err }`, "return nil"},
		"known":    {`do(); if c { return err }; other()`, ""},
		"deferred": {`do(); defer other(); if n > 1 { return err }`, ""},
		"dies":     {`do(); if n > 1 { os.Exit(1) }; other()`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			at := c.graph().Return(c.pos("do();"), calls("other"), func(cond ast.Expr) (isFalse, isTrue bool) { return types.ExprString(cond) == "c", false })
			got := ""
			if at.IsValid() {
				got = c.text[at-1:][:len("return err")]
			}
			if got != tt.want {
				t.Errorf("leaves at %q, want %q", got, tt.want)
			}
		})
	}
}

// Have: what the ways through a body come to at most.
func TestFold(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want int // calls of do, loops turning three times
	}{
		"sequence":    {`do(); do()`, 2},
		"larger":      {`if c { do() } else { do(); do() }`, 2},
		"returns":     {`if c { do(); return err }; do(); do()`, 2},
		"loop":        {`for range xs { do() }`, 3},
		"nested":      {`for range xs { for range xs { do() } }`, 9},
		"break":       {`for range xs { do(); break }; do()`, 2},
		"continue":    {`for range xs { if c { do(); continue }; do(); do() }`, 6},
		"labels":      {`out: for range xs { for range xs { do(); continue out } }`, 3},
		"switch":      {`switch n { case 1: do(); case 2: do(); do(); default: do() }`, 2},
		"fallthrough": {`switch n { case 1: do(); fallthrough; case 2: do(); do(); default: do() }`, 3},
		"falls on":    {`switch n { case 1: do(); fallthrough; case 2: do(); fallthrough; default: do() }`, 3},
		"endless":     {`for { do(); if c { return err } }; do()`, 3},
		"dead":        {`return err; do()`, 0},
		"post":        {`for ; c; do() { do() }`, 6},
		"on its way":  {`for range xs { do(); if c { do(); do(); return err } }`, 5},
		"select":      {`select { default: do() }`, 1},
		"goes around": {`for range xs { if c { break }; do() }; do()`, 4},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, tt.body)
			f := Fold[int]{
				Leaf: func(n ast.Node) int {
					count := 0
					ast.Inspect(n, func(x ast.Node) bool {
						if call, ok := x.(*ast.CallExpr); ok && types.ExprString(call.Fun) == "do" {
							count++
						}
						return true
					})
					return count
				},
				Then: func(a, b int) int { return a + b },
				Or:   func(a, b int) int { return max(a, b) },
				Loop: func(_ ast.Stmt, _ *ast.BlockStmt, turn func() int) (int, func(int) int) {
					once := turn()
					return 3 * once, func(last int) int { return 3*once + max(last-once, 0) }
				},
			}
			if got := f.Block(c.fn.Body.List); got != tt.want {
				t.Errorf("comes to %d, want %d", got, tt.want)
			}
		})
	}
}

// Have: what a loop's turns make differently, and what they do not.
func TestVaries(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want bool
	}{
		"fixed":        {`for range xs { use(n) }`, false},
		"key":          {`for n = range xs { use(n) }`, true},
		"through":      {`for _, x := range xs { m := x + 1; use(m) }`, true},
		"decided":      {`for _, x := range xs { m := 1; if x > 2 { m = limit }; use(m) }`, true},
		"counted":      {`for c { n++; use(n) }`, true},
		"made alike":   {`for range xs { m := limit; use(m) }`, false},
		"called":       {`for range xs { m := len(os.Args); use(m) }`, true},
		"not asked of": {`for _, x := range xs { use(n); use2(x) }`, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, strings.ReplaceAll(tt.body, "use2(", "at(string(rune(0))); use("))
			d := Dependence{Info: c.info, Counts: func(*types.Var) bool { return true }}
			vars := make(map[*types.Var]bool)
			found := false
			ast.Inspect(c.loop(), func(x ast.Node) bool {
				if call, ok := x.(*ast.CallExpr); ok && types.ExprString(call.Fun) == "use" && !found {
					found = true
					for _, arg := range call.Args {
						d.Variables(vars, arg)
					}
				}
				return true
			})
			if got := d.Varies(c.loop(), vars); got != tt.want {
				t.Errorf("varies: %v, want %v", got, tt.want)
			}
		})
	}
}
