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
}

func (fw Forward) equal(other Forward) bool {
	return fw.Kind == other.Kind && fw.Param == other.Param && fw.Check == other.Check &&
		slices.Equal(fw.Args, other.Args) && fw.Spread == other.Spread && fw.Name == other.Name && fw.Options == other.Options
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

// Keys names the places that hold functions. Package keys has the one
// implementation; the names must agree with the bindings it records.
type Keys struct {
	Var    func(*types.Var) string
	Field  func(*types.Selection) string
	Result func(*types.Func) string
}

// Assignments are what a package assigns to local and package variables: what the
// rules still need when the rest of a Finder can be freed.
type Assignments struct {
	pkg    *types.Package
	values map[*types.Var][]ast.Expr
	firsts map[*types.Var]ast.Expr // v in "v, err := x" -> x
	parts  map[*types.Var]bool     // v in "v.F = x", "v[i] = x" and "&v"
}

// A Finder resolves the targets of a package.
type Finder struct {
	Info *types.Info
	Pkg  *types.Package
	Keys Keys
	// Imported returns the forwards of a function of another package.
	Imported func(*types.Func) []Forward

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

	*Assignments
	decls  map[*types.Func]*ast.FuncDecl
	ranges map[*types.Var]ast.Expr   // v in "for _, v := range x" -> x
	stored map[*types.Var][]ast.Expr // v in "v[i] = x" -> x
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
	f.Assignments = &Assignments{pkg: f.Pkg, values: make(map[*types.Var][]ast.Expr), firsts: make(map[*types.Var]ast.Expr), parts: make(map[*types.Var]bool)}
	f.ranges = make(map[*types.Var]ast.Expr)
	f.stored = make(map[*types.Var][]ast.Expr)
	f.params = make(map[*types.Var]param)
	f.registered = make(map[*types.Var]bool)
	f.complete = make(map[*ast.CompositeLit]bool)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool { f.note(n); return true })
	}
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
	f.tables()
}

// ParamOf returns the declared function whose parameter v is, and its index.
func (f *Finder) ParamOf(v *types.Var) (*types.Func, int, bool) {
	p, ok := f.params[v]
	return p.fn, p.index, ok
}

// Values returns what is assigned to a local or package variable, in order of
// appearance; nil stands for what is not an expression of its own.
func (a *Assignments) Values(v *types.Var) []ast.Expr { return a.values[v] }

// First returns the call in "v, err := f()", or nil.
func (a *Assignments) First(v *types.Var) ast.Expr { return a.firsts[v] }

// Changed reports whether a part of v is assigned, or its address is taken, so that
// it is more than its values say.
func (a *Assignments) Changed(v *types.Var) bool { return a.parts[v] }

// Value returns the one expression that a local variable is assigned, or, in
// "v, err := f()", the call; nil if there are several or none.
func (a *Assignments) Value(v *types.Var) ast.Expr {
	if len(a.values[v]) != 1 || v.Parent() == nil || v.Parent() == a.pkg.Scope() {
		return nil
	}
	if x := a.values[v][0]; x != nil {
		return x
	}
	return a.firsts[v]
}

func (f *Finder) forwardCount() int {
	n := 0
	for _, fw := range f.Forwards {
		n += len(fw)
	}
	return n
}

func (f *Finder) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		fn, ok := f.Info.Defs[n.Name].(*types.Func)
		if !ok {
			return
		}
		f.decls[fn] = n
		for i := range fn.Signature().Params().Len() {
			f.params[fn.Signature().Params().At(i)] = param{fn, i}
		}
	case *ast.AssignStmt:
		for lhs, rhs := range syntax.Assigned(n) {
			f.assigned(lhs, rhs)
		}
		if v := f.variable(n.Lhs[0]); v != nil && !v.IsField() && len(n.Lhs) != len(n.Rhs) {
			f.firsts[v] = n.Rhs[0]
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if v, ok := f.Info.Defs[name].(*types.Var); ok && i < len(n.Values) {
				f.values[v] = append(f.values[v], n.Values[i])
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			if v := f.variable(ast.Unparen(n.X)); v != nil {
				f.parts[v] = true
			}
		}
	case *ast.RangeStmt:
		if v := f.variable(n.Value); v != nil {
			f.ranges[v] = n.X
		}
	}
}

// assigned notes what a variable, or a part of it, is assigned; rhs may be nil.
func (f *Finder) assigned(lhs, rhs ast.Expr) {
	if v := f.whole(lhs); v != nil {
		f.parts[v] = true
		if _, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok && rhs != nil {
			f.stored[v] = append(f.stored[v], rhs)
		}
	}
	if v := f.variable(lhs); v != nil && !v.IsField() {
		f.values[v] = append(f.values[v], rhs)
	}
}

// whole is the variable of which x is a field or an element, or nil.
func (f *Finder) whole(x ast.Expr) *types.Var {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		return f.variable(ast.Unparen(x.X))
	case *ast.IndexExpr:
		return f.variable(ast.Unparen(x.X))
	}
	return nil
}

// given is the parameter that x is, with the value that the caller gave it.
func (f *Finder) given(x ast.Expr) (param, bool) {
	v := f.variable(ast.Unparen(x))
	if v == nil || len(f.values[v]) > 0 || f.parts[v] {
		return param{}, false
	}
	p, ok := f.params[v]
	return p, ok
}

func (f *Finder) variable(x ast.Expr) *types.Var {
	if id, ok := x.(*ast.Ident); ok {
		v, _ := f.Info.ObjectOf(id).(*types.Var)
		return v
	}
	return nil
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

// A Handed says which functions an argument may hold whose use is not known: targets, and
// parameters of the function around it.
type Handed struct {
	Targets []Target
	Params  []Param
}

// A Param is a parameter of a declared function.
type Param struct {
	Fn    *types.Func
	Index int
}

// Handed resolves an argument of a call that may register or execute it, elsewhere.
func (f *Finder) Handed(x ast.Expr) Handed {
	var h Handed
	if t := f.Info.TypeOf(x); t != nil && f.holdsFunc(t) {
		uses := f.Uses
		f.handed = &h
		f.targets(sdk.None, x, x, 0)
		f.handed = nil
		for _, u := range f.Uses[len(uses):] {
			h.Targets = append(h.Targets, u.Target)
		}
		f.Uses = uses
	}
	return h
}

// targets resolves an expression in target position.
func (f *Finder) targets(kind sdk.Kind, node ast.Node, x ast.Expr, depth int) {
	add := func(t Target) { f.Uses = append(f.Uses, Use{kind, node, t}) }
	if depth > 8 || x == nil {
		return
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		if kind != sdk.None {
			f.Closures[x] = true
			f.Handled[x] = kind == sdk.Handle
		}
		add(Target{Lit: x})
		return
	case *ast.IndexExpr: // an instance of a generic function, or an element
		if f.isFunc(x.X) {
			f.targets(kind, node, x.X, depth+1)
			return
		}
		f.elements(kind, node, x.X, depth+1)
		return
	case *ast.IndexListExpr:
		f.targets(kind, node, x.X, depth+1)
		return
	case *ast.Ident, *ast.SelectorExpr:
		if f.named(kind, node, x, add, depth) {
			return
		}
	case *ast.CallExpr:
		if tv := f.Info.Types[x.Fun]; tv.IsType() && len(x.Args) == 1 {
			f.targets(kind, node, x.Args[0], depth+1)
			return
		}
		if fn := syntax.Callee(f.Info, x); fn != nil && f.holdsFunc(f.Info.TypeOf(x)) {
			add(Target{Key: f.Keys.Result(fn)})
			return
		}
	}
	if kind == sdk.RegisterActivity {
		f.methods(f.Info.TypeOf(x), add)
	}
}

// named resolves a function, a variable or a field. It reports false if its type decides.
func (f *Finder) named(kind sdk.Kind, node ast.Node, x ast.Expr, add func(Target), depth int) bool {
	id := syntax.Ident(x)
	var field *types.Selection
	if sel, ok := x.(*ast.SelectorExpr); ok {
		id, field = sel.Sel, f.Info.Selections[sel]
	}
	switch obj := f.Info.Uses[id].(type) {
	case *types.Func:
		f.consume(kind, id)
		add(Target{Fn: obj.Origin()})
		return true
	case *types.Var:
		if field == nil {
			return f.held(kind, node, obj, add, depth)
		}
		if !f.holdsFunc(obj.Type()) {
			return false
		}
		f.registered[obj.Origin()] = f.registered[obj.Origin()] || kind.Register()
		if key := f.Keys.Field(field); key != "" {
			add(Target{Key: key})
			return true
		}
	}
	return false
}

func (f *Finder) consume(kind sdk.Kind, id *ast.Ident) {
	if kind != sdk.None {
		f.Consumed[id] = true
		f.Handled[id] = kind == sdk.Handle
	}
}

// held resolves a variable. It reports false if the variable's type decides.
func (f *Finder) held(kind sdk.Kind, node ast.Node, v *types.Var, add func(Target), depth int) bool {
	if !f.holdsFunc(v.Type()) {
		return false
	}
	if p, ok := f.params[v]; ok {
		f.forward(kind, p)
		return true
	}
	if over, ok := f.ranges[v]; ok {
		f.elements(kind, node, over, depth+1)
		return true
	}
	local := v.Pkg() == f.Pkg && v.Parent() != f.Pkg.Scope()
	if values := f.values[v]; local || v.Pkg() == f.Pkg {
		for _, value := range values {
			f.targets(kind, node, value, depth+1)
		}
		return true
	}
	add(Target{Key: f.Keys.Var(v)})
	return true
}

// elements resolves every element of a slice, an array or a map.
func (f *Finder) elements(kind sdk.Kind, node ast.Node, x ast.Expr, depth int) {
	if depth > 8 {
		return
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		for _, elt := range x.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			f.targets(kind, node, elt, depth+1)
		}
	case *ast.Ident:
		if v := f.variable(x); v != nil {
			f.elementsOf(kind, node, v, depth)
		}
	case *ast.CallExpr:
		if fn := syntax.Callee(f.Info, x); fn != nil {
			f.Uses = append(f.Uses, Use{kind, node, Target{Key: f.Keys.Result(fn)}})
		} else if syntax.IsAppend(x) { // append(list, a.X, a.Y)
			for _, arg := range x.Args[1:] {
				f.targets(kind, node, arg, depth+1)
			}
		}
	case *ast.SelectorExpr:
		if s := f.Info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
			if key := f.Keys.Field(s); key != "" {
				f.Uses = append(f.Uses, Use{kind, node, Target{Key: key}})
			}
		}
	}
}

// elementsOf resolves every element of what a variable holds.
func (f *Finder) elementsOf(kind sdk.Kind, node ast.Node, v *types.Var, depth int) {
	if p, ok := f.params[v]; ok {
		f.forward(kind, p)
		return
	}
	for _, value := range f.values[v] {
		f.elements(kind, node, value, depth+1)
	}
	for _, value := range f.stored[v] {
		f.targets(kind, node, value, depth+1)
	}
}

func (f *Finder) isFunc(x ast.Expr) bool {
	t := f.Info.TypeOf(x)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// holdsFunc reports whether a value of type t may be a function: func, any, or a
// slice of them.
func (f *Finder) holdsFunc(t types.Type) bool {
	for range 4 { // type L []L has no end
		if t == nil {
			return false
		}
		switch u := t.Underlying().(type) {
		case *types.Signature:
			return true
		case *types.Interface:
			if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
				return true
			}
			return u.Empty()
		case *types.Slice:
			t = u.Elem()
		default:
			return false
		}
	}
	return false
}

// methods adds the exported methods of a registered struct, or of an interface
// that stands for it.
func (f *Finder) methods(t types.Type, add func(Target)) {
	if t == nil {
		return
	}
	if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
		return
	}
	if !types.IsInterface(t) {
		if _, isPtr := t.Underlying().(*types.Pointer); !isPtr {
			t = types.NewPointer(t)
		}
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if fn, ok := set.At(i).Obj().(*types.Func); ok && fn.Exported() {
			add(Target{Fn: fn.Origin(), Struct: true})
		}
	}
}

// Weak returns the functions that look like activities while nothing registers
// or executes any: exported ones that use the activity package, and methods of
// types named as activities. XYZActivities alone may be a user's doings or the
// steps of a course, so the package must import the SDK; XYZActivitiesImpl is
// nobody else's name.
func (f *Finder) Weak(files []*ast.File) []*types.Func {
	var weak []*types.Func
	for _, file := range files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			fn, ok := f.Info.Defs[decl.Name].(*types.Func)
			if ok && fn.Exported() && !sdk.IsWorkflowCode(fn.Signature()) && (f.namedActivities(fn) || f.usesActivity(decl)) {
				weak = append(weak, fn)
			}
		}
	}
	return weak
}

// Marked returns the functions that carry //mcwflint:activity.
func (f *Finder) Marked(files []*ast.File) []*types.Func {
	var marked []*types.Func
	for _, file := range files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || !isMarked(decl) {
				continue
			}
			if fn, ok := f.Info.Defs[decl.Name].(*types.Func); ok {
				marked = append(marked, fn)
			}
		}
	}
	return marked
}

func isMarked(decl *ast.FuncDecl) bool {
	return decl.Doc != nil && slices.ContainsFunc(decl.Doc.List, func(c *ast.Comment) bool {
		return strings.TrimSpace(c.Text) == "//mcwflint:activity"
	})
}

// namedActivities reports whether fn is a method of a type called XYZActivities
// or XYZActivitiesImpl that could be an activity: an error last. A type that
// implements an interface XYZActivities counts for the interface's methods.
func (f *Finder) namedActivities(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Results().Len() == 0 || !isError(sig.Results().At(sig.Results().Len()-1).Type()) ||
		sig.Params().Len() == 0 || !isContext(sig.Params().At(0).Type()) {
		return false
	}
	t := sig.Recv().Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	if strings.HasSuffix(named.Obj().Name(), "ActivitiesImpl") {
		return true
	}
	if !sdk.Imports(f.Pkg) {
		return false
	}
	if strings.HasSuffix(named.Obj().Name(), "Activities") {
		return true
	}
	scope := f.Pkg.Scope()
	for _, name := range scope.Names() {
		if !strings.HasSuffix(name, "Activities") {
			continue
		}
		iface, ok := scope.Lookup(name).Type().Underlying().(*types.Interface)
		if !ok || iface.Empty() || !types.Implements(types.NewPointer(named), iface) {
			continue
		}
		for i := range iface.NumMethods() {
			if iface.Method(i).Name() == fn.Name() {
				return true
			}
		}
	}
	return false
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

func (f *Finder) usesActivity(decl *ast.FuncDecl) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && !found {
			if fn, ok := f.Info.Uses[sel.Sel].(*types.Func); ok && sdk.UsesActivity(fn) {
				found = true
			}
		}
		return !found
	})
	return found
}

// Pos returns where a use stands.
func (u Use) Pos() token.Pos { return u.Node.Pos() }

// Root is the variable that an expression starts with: a field's, an element's or a
// method's.
func Root(info *types.Info, x ast.Expr) types.Object {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			return info.ObjectOf(y)
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		case *ast.CallExpr:
			x = y.Fun
		default:
			return nil
		}
	}
}
