// Package roles finds who is an activity and who is a workflow: every call that
// registers, executes or schedules one, and what its target is.
//
// It is a library that domain names calls while it reads a package; what it
// cannot decide alone (a target that is a parameter, a field or an interface's
// method) it returns as such, and the call graph carries it to where it is known.
package roles

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Forward says that a function hands its parameter on as a target, as printf
// wrappers hand on a format. Callers of such a function register or execute.
type Forward struct {
	Kind  sdk.Kind
	Param int

	// Of an execute call: what the SDK checks, and the parameters that become the
	// target's arguments, -1 for one that the wrapper supplies. Spread: the last is
	// variadic and passed on as it is.
	Check  int
	Args   []int
	Spread bool
	// Name is the parameter, plus one, that becomes the registered name, and Options
	// the one that holds it in a field Name.
	Name, Options int
	// Out is the parameter, plus one, that the result is read into, or Returned if that is the
	// function's own first result.
	Out int
}

// Returned is the Out of a wrapper that returns what its target does.
const Returned = -1

func (fw Forward) equal(other Forward) bool {
	return fw.Kind == other.Kind && fw.Param == other.Param && fw.Check == other.Check &&
		slices.Equal(fw.Args, other.Args) && fw.Spread == other.Spread && fw.Name == other.Name && fw.Options == other.Options && fw.Out == other.Out
}

// fromSDK is what a function of the SDK does with its parameters.
func fromSDK(fn *types.Func, c sdk.Call) Forward {
	fw := Forward{Kind: c.Kind, Param: c.Target, Check: int(c.Check)}
	if c.Args > 0 {
		fw.Args, fw.Spread = []int{c.Args}, true
	}
	if c.Kind.Register() && strings.HasSuffix(fn.Name(), "WithOptions") {
		fw.Options = c.Target + 2
	}
	return fw
}

// A Target is one function that a call registers or executes. Exactly one of Fn,
// Lit and Key is set.
type Target struct {
	Fn  *types.Func
	Lit *ast.FuncLit
	// Struct: the function is a method of a registered struct, or of an interface that
	// stands for one.
	Struct bool
	// Key names what is not known here: a package variable, a field or a function's
	// result that holds the target (see package keys).
	Key string
}

// A Use is a call, or a composite literal, that makes its target a root.
type Use struct {
	Kind   sdk.Kind
	Node   ast.Node
	Target Target
}

// A Finder resolves the targets of a package.
type Finder struct {
	Info *types.Info
	Pkg  *types.Package
	// Imported returns the forwards of a function of another package.
	Imported func(*types.Func) []Forward
	// ImportedText returns what a variable of another package is, if it is a string that is never
	// anything else.
	ImportedText func(*types.Var) (string, bool)

	Uses  []Use
	Calls []Call
	Names []Name
	// Tabled are functions in a table of definitions whose names are not constant.
	Tabled   []*types.Func
	Forwards map[*types.Func][]Forward
	// Consumed holds the identifiers that stand in target position: naming a
	// function there does not call it.
	Consumed map[*ast.Ident]bool
	// Closures holds the function literals in target position.
	Closures map[*ast.FuncLit]bool
	// Handled holds the identifiers and function literals among them that handle an
	// update, a query or an operation: they run in the workflow that sets them.
	Handled map[ast.Node]bool

	*flow.Assignments
	decls  map[*types.Func]*ast.FuncDecl
	params map[*types.Var]param

	current *Call // whose target is being resolved
	handed  *Handed

	literals   []*ast.CompositeLit
	complete   map[*ast.CompositeLit]bool // see completes
	registered map[*types.Var]bool        // fields whose functions are registered
}

type param struct {
	fn    *types.Func
	index int
}

// Find reads the files. Files of tests take no part.
func (f *Finder) Find(files []*ast.File) {
	f.Forwards = make(map[*types.Func][]Forward)
	f.Consumed = make(map[*ast.Ident]bool)
	f.Closures = make(map[*ast.FuncLit]bool)
	f.Handled = make(map[ast.Node]bool)
	f.decls = make(map[*types.Func]*ast.FuncDecl)
	f.Assignments = flow.NewAssignments(f.Info, f.Pkg)
	f.params = make(map[*types.Var]param)
	f.registered = make(map[*types.Var]bool)
	f.complete = make(map[*ast.CompositeLit]bool)
	f.note(files)
	// A wrapper may call a wrapper that stands below it: repeat until no new one
	// appears. Three levels are more than anyone writes.
	for range 4 {
		before := f.forwardCount()
		f.Uses, f.Calls, f.Names, f.literals = nil, nil, nil, nil
		for _, file := range files {
			ast.Inspect(file, func(n ast.Node) bool { f.visit(n); return true })
		}
		if f.forwardCount() == before {
			break
		}
	}
	f.tables(0)
}

// note notes what files assign, and their functions.
func (f *Finder) note(files []*ast.File) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool { f.Note(n); return true })
	}
	for fn, decl := range syntax.Decls(f.Info, files) {
		f.decls[fn] = decl
		for i := range fn.Signature().Params().Len() {
			f.params[fn.Signature().Params().At(i)] = param{fn, i}
		}
	}
}

// given is the parameter that x is, with the value that the caller gave it.
func (f *Finder) given(x ast.Expr) (param, bool) {
	v := syntax.Var(f.Info, x)
	if v == nil || len(f.Values(v)) > 0 || f.Changed(v) {
		return param{}, false
	}
	p, ok := f.params[v]
	return p, ok
}

// ParamOf returns the declared function whose parameter v is, and its index.
func (f *Finder) ParamOf(v *types.Var) (*types.Func, int, bool) {
	p, ok := f.params[v]
	return p.fn, p.index, ok
}

func (f *Finder) forwardCount() int {
	n := 0
	for _, fw := range f.Forwards {
		n += len(fw)
	}
	return n
}

// Callback returns the first parameter of the function literal that is given to a
// selector's AddFuture or AddReceive: what the first argument is in there.
func Callback(info *types.Info, call *ast.CallExpr) *types.Var {
	if len(call.Args) != 2 {
		return nil
	}
	lit, ok := ast.Unparen(call.Args[1]).(*ast.FuncLit)
	if !ok {
		return nil
	}
	sig, ok := info.TypeOf(lit).(*types.Signature)
	if !ok || sig.Params().Len() == 0 {
		return nil
	}
	return sig.Params().At(0)
}

// SignalChannel returns the call of GetSignalChannel that made a channel, or nil. The channel
// is followed through variables, by the one value that value returns, and into functions of
// selectors, whose parameters callbacks has.
func SignalChannel(info *types.Info, x ast.Expr, value func(*types.Var) ast.Expr, callbacks map[*types.Var]ast.Expr) *ast.CallExpr {
	for range 4 {
		switch y := ast.Unparen(x).(type) {
		case *ast.CallExpr:
			fn := syntax.Callee(info, y)
			if fn == nil || !sdk.InSDK(fn.Pkg()) || fn.Name() != "GetSignalChannel" && fn.Name() != "GetSignalChannelWithOptions" {
				return nil
			}
			return y
		case *ast.Ident:
			v := syntax.Var(info, y)
			if v == nil {
				return nil
			}
			if x = callbacks[v]; x == nil {
				x = value(v)
			}
		default:
			return nil
		}
	}
	return nil
}

func (f *Finder) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := f.Info.Defs[n.Name].(*types.Func); ok && isMarked(n) {
			f.Calls = append(f.Calls, Call{Kind: sdk.RegisterActivity, Node: n.Name, Target: n.Name, Targets: []Target{{Fn: fn}}, info: f.Info})
		}
	case *ast.CallExpr:
		fn := syntax.Callee(f.Info, n)
		if fn == nil {
			return
		}
		for _, fw := range f.forwardsOf(fn) {
			f.execute(n, fw, fn.Signature())
		}
	case *ast.CompositeLit:
		if sdk.IsScheduleAction(f.Info.TypeOf(n)) {
			f.schedule(n)
		} else {
			f.completes(n)
			f.literals = append(f.literals, n)
		}
	}
}

// completes notes the literals of a schedule's action that are a part of lit: nothing
// adds a field to them.
func (f *Finder) completes(lit *ast.CompositeLit) {
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		elt = ast.Unparen(elt)
		if u, ok := elt.(*ast.UnaryExpr); ok {
			elt = ast.Unparen(u.X)
		}
		if part, ok := elt.(*ast.CompositeLit); ok && sdk.IsScheduleAction(f.Info.TypeOf(part)) {
			f.complete[part] = true
		}
	}
}

// ForwardsOf returns what fn, of this package or another, does with its
// parameters.
func (f *Finder) ForwardsOf(fn *types.Func) []Forward { return f.forwardsOf(fn) }

func (f *Finder) forwardsOf(fn *types.Func) []Forward {
	if c, ok := sdk.CallOf(fn); ok {
		return []Forward{fromSDK(fn, c)}
	}
	if fn.Pkg() == f.Pkg {
		if fws := f.Forwards[fn]; fws != nil {
			return fws
		}
	} else if fws := f.Imported(fn); fws != nil {
		return fws
	}
	if c, ok := sdk.LooksLikeRegistry(fn); ok && !strings.Contains(fn.Pkg().Path(), "cadence") {
		return []Forward{fromSDK(fn, c)}
	}
	return nil
}

// AddForward notes that fn hands on a parameter.
func (f *Finder) AddForward(fn *types.Func, fw Forward) {
	for _, have := range f.Forwards[fn] {
		if have.equal(fw) {
			return
		}
	}
	f.Forwards[fn] = append(f.Forwards[fn], fw)
}

// use resolves the arguments in target position: one, or all that a variadic
// parameter takes.
func (f *Finder) use(kind sdk.Kind, call *ast.CallExpr, index int, sig *types.Signature) {
	for i := index; i < len(call.Args); i++ {
		f.targets(kind, call, call.Args[i], 0)
		if !sig.Variadic() || index < sig.Params().Len()-1 {
			return
		}
	}
}

// Pos returns where a use stands.
func (u Use) Pos() token.Pos { return u.Node.Pos() }
