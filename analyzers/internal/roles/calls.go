package roles

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Call executes a target, registers it, or mocks it: a call, the literal of a
// schedule's action, or the name of a function that a directive marks as an activity,
// which something elsewhere registers.
type Call struct {
	Kind   sdk.Kind
	Check  sdk.Check
	Node   ast.Node
	Target ast.Expr
	// Targets are the functions that Target is; empty if they are not known here.
	Targets []Target
	// Named is the text that Target is, if it is one and known: a registered name.
	Named string
	// Args are the arguments for the target. One is nil if a wrapper supplies it; the
	// slice is nil if the call does not take any.
	Args []ast.Expr
	// Spread: the last of Args is a slice that is passed on, so that their number is
	// not known.
	Spread bool
	// Dest is what a wrapper reads the result into, Returned says that it returns it.
	Dest     ast.Expr
	Returned bool
	// Wrapped: the call is to a function of the program that executes its parameter.
	Wrapped bool
	Test    bool // in a _test.go file

	info   *types.Info
	naming naming // of a call that registers
	open   bool   // a parameter may be the target, too
	tabled bool   // see Tabled
}

// Tabled reports whether a call registers what tables of this package hold, each with its name.
func (c *Call) Tabled() bool { return c.tabled }

// NameKnown reports whether the name that a call registers under is known, here or to the
// callers of the function around it.
func (c *Call) NameKnown() bool { return c.naming.known || c.naming.given != nil }

// GivesName reports whether the call says under which name it registers, and that is known.
func (c *Call) GivesName() bool { return c.naming.known && c.naming.name != "" }

// Open reports whether a parameter of the function around the call may be the target.
func (c *Call) Open() bool { return c.open }

// Fn is the one function that the call has as its target, or nil.
func (c *Call) Fn() *types.Func {
	if len(c.Targets) != 1 || c.open {
		return nil
	}
	return c.Targets[0].Fn
}

// A Name is a registered name and the function that it stands for.
type Name struct {
	Name     string
	Workflow bool
	Fn       *types.Func // nil for a closure
	Lit      *ast.FuncLit
	Node     ast.Node
	// Struct: the function is a method of a registered struct.
	Struct bool
	Test   bool
}

// execute handles a call of a function that has a target among its parameters.
func (f *Finder) execute(call *ast.CallExpr, fw Forward, sig *types.Signature) {
	if fw.Param >= len(call.Args) {
		return
	}
	c := Call{Kind: fw.Kind, Check: sdk.Check(fw.Check), Node: call, Target: call.Args[fw.Param], info: f.Info}
	if fn := syntax.Callee(f.Info, call); fn != nil {
		c.Wrapped = !sdk.IsSDKs(fn)
	}
	if len(fw.Args) > 0 {
		c.Args = []ast.Expr{} // it takes arguments, and may be given none
	}
	for i, at := range fw.Args {
		last := i == len(fw.Args)-1 && fw.Spread
		switch {
		case at < 0:
			c.Args = append(c.Args, nil)
		case last && at < len(call.Args):
			c.Args = append(c.Args, call.Args[at:]...)
			c.Spread = call.Ellipsis.IsValid()
		case !last && at < len(call.Args):
			c.Args = append(c.Args, call.Args[at])
		}
	}
	if fw.Kind.Register() {
		c.naming = f.naming(call, fw)
	}
	if c.Returned = fw.Out == Returned; fw.Out > 0 && fw.Out <= len(call.Args) {
		c.Dest = call.Args[fw.Out-1]
	}
	f.resolve(&c, func() { f.use(fw.Kind, call, fw.Param, sig) })
	if fw.Kind.Register() {
		f.register(call, &c)
	}
}

// resolve finds the targets of a call and keeps it.
func (f *Finder) resolve(c *Call, use func()) {
	before := len(f.Uses)
	f.current = c
	use()
	f.current = nil
	for _, u := range f.Uses[before:] {
		c.Targets = append(c.Targets, u.Target)
	}
	if name, ok := f.Constant(c.Target); ok {
		c.Named = name
	} else if p, ok := f.given(c.Target); ok && syntax.IsString(f.Info.TypeOf(c.Target)) && !c.Kind.Register() {
		f.current = c
		f.forward(c.Kind, p)
		f.current = nil
	}
	f.Calls = append(f.Calls, *c)
}

// forward notes that the function of parameter p hands it on to the current call.
func (f *Finder) forward(kind sdk.Kind, p param) {
	if f.handed != nil {
		f.handed.Params = append(f.handed.Params, Param{p.fn, p.index})
		return
	}
	f.AddForward(p.fn, f.wrapped(kind, p))
	if f.current != nil {
		f.current.open = true
	}
}

// wrapped is what the function of parameter p forwards, given the call inside it.
func (f *Finder) wrapped(kind sdk.Kind, p param) Forward {
	fw := Forward{Kind: kind, Param: p.index}
	c := f.current
	if c == nil {
		return fw
	}
	fw.Check = int(c.Check)
	// What is assigned to the parameter may be another target: act = traced(act).
	reassigned := len(f.Values(p.fn.Signature().Params().At(p.index))) > 0
	if reassigned || kind.Register() && !c.naming.forward(&fw, p) {
		fw.Check = UnknownArgs
		return fw
	}
	for i, arg := range c.Args {
		index := -1
		if arg != nil {
			if q, ok := f.given(arg); ok && q.fn == p.fn {
				index = q.index
			}
		}
		if c.Spread && i == len(c.Args)-1 {
			if index < 0 || !p.fn.Signature().Variadic() || index != p.fn.Signature().Params().Len()-1 {
				// A slice made in the wrapper: the number is not known to callers.
				fw.Args = nil
				fw.Check = UnknownArgs
				return fw
			}
			fw.Spread = true
		}
		fw.Args = append(fw.Args, index)
	}
	if !kind.Register() {
		fw.Out = f.out(p.fn, c)
	}
	return fw
}

// UnknownArgs is the Check of a wrapper of which the arguments, or the name that it registers
// under, cannot be told.
const UnknownArgs = -1

// ArgsKnown reports whether the arguments are those that the target gets.
func (c *Call) ArgsKnown() bool { return c.Check != UnknownArgs }

// schedule handles ScheduleWorkflowAction{Workflow: w, Args: []any{a, b}}.
func (f *Finder) schedule(lit *ast.CompositeLit) {
	c := Call{Kind: sdk.ExecuteWorkflow, Check: sdk.Checked, Node: lit, info: f.Info}
	if f.complete[lit] {
		c.Args = []ast.Expr{} // unless it has the field
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch key, _ := kv.Key.(*ast.Ident); {
		case key == nil:
		case key.Name == "Workflow":
			c.Target = kv.Value
		case key.Name == "Args":
			if args, ok := ast.Unparen(kv.Value).(*ast.CompositeLit); ok {
				c.Args = append([]ast.Expr{}, args.Elts...)
			} else {
				c.Args, c.Spread = []ast.Expr{kv.Value}, true
			}
		}
	}
	if c.Target != nil {
		f.resolve(&c, func() { f.targets(sdk.ExecuteWorkflow, lit, c.Target, 0) })
	}
}

// A naming is what a call says of the name that it registers under: a constant, a
// parameter of the function around it, or what cannot be told.
type naming struct {
	known bool
	name  string // "" for the target's own
	// given: the parameter is of this function, and Name or Options of a Forward.
	given         *types.Func
	param, option int
}

// forward completes the forward of parameter p. It reports false if callers cannot
// tell the name.
func (n *naming) forward(fw *Forward, p param) bool {
	if n.known {
		return n.name == ""
	}
	fw.Name, fw.Options = n.param, n.option
	return n.given == p.fn
}

// naming reads the name of a call that registers.
func (f *Finder) naming(call *ast.CallExpr, fw Forward) naming {
	switch {
	case fw.Check == UnknownArgs:
		return naming{}
	case fw.Options > 0 && fw.Options-1 < len(call.Args):
		return f.nameOption(call.Args[fw.Options-1])
	case fw.Name > 0 && fw.Name-1 < len(call.Args):
		return f.name(call.Args[fw.Name-1])
	}
	return naming{known: true}
}

func (f *Finder) name(x ast.Expr) naming {
	if name, ok := f.Constant(x); ok {
		return naming{known: true, name: name}
	}
	p, _ := f.given(x)
	return naming{given: p.fn, param: p.index + 1}
}

// register notes the names under which a call registers its targets.
func (f *Finder) register(call *ast.CallExpr, c *Call) {
	if !c.naming.known {
		return
	}
	option := c.naming.name
	for _, t := range c.Targets {
		if t.Fn != nil && sdk.IsDynamic(t.Fn.Signature()) {
			continue
		}
		n := Name{Name: option, Workflow: c.Kind == sdk.RegisterWorkflow, Fn: t.Fn, Lit: t.Lit, Node: call, Struct: t.Struct}
		if t.Fn != nil && (option == "" || t.Struct) {
			n.Name += t.Fn.Name()
		}
		if n.Name != "" && t.Key == "" {
			f.Names = append(f.Names, n)
		}
	}
}

// Constant is the value of a string that is constant, or a variable that is never anything
// but one.
func (f *Finder) Constant(x ast.Expr) (string, bool) {
	if tv := f.Info.Types[x]; tv.Value != nil {
		return stringOf(tv.Value)
	}
	v, _ := f.Info.Uses[syntax.Named(x)].(*types.Var)
	switch {
	case v == nil || v.IsField() || !syntax.IsString(v.Type()):
		return "", false
	case v.Pkg() != f.Pkg:
		return f.ImportedText(v)
	}
	return f.Text(v)
}

func stringOf(value constant.Value) (string, bool) {
	if value == nil || value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(value), true
}

// Text is the one string that a variable of this package is ever given, if it is constant.
func (f *Finder) Text(v *types.Var) (string, bool) {
	values := f.Values(v)
	if len(values) != 1 || values[0] == nil || f.Changed(v) {
		return "", false
	}
	return stringOf(f.Info.Types[values[0]].Value)
}

// nameOption reads the field Name of RegisterOptions.
func (f *Finder) nameOption(x ast.Expr) naming {
	x = ast.Unparen(x)
	if p, ok := f.given(x); ok {
		return naming{given: p.fn, option: p.index + 1}
	}
	if v := syntax.Var(f.Info, x); v != nil {
		values := f.Values(v)
		if len(values) != 1 || values[0] == nil || f.Changed(v) {
			return naming{}
		}
		x = ast.Unparen(values[0])
	}
	lit, ok := x.(*ast.CompositeLit)
	if !ok {
		return naming{}
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return naming{}
		}
		if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Name" {
			return f.name(kv.Value)
		}
	}
	return naming{known: true}
}

// FitActivity reports whether a function with a context can be an activity: an
// error last.
func FitActivity(sig *types.Signature) bool {
	return sig.Results().Len() <= 2 && syntax.IsTask(sig)
}

// ReadTests adds the calls in test files. They are no part of the program: nothing
// else that they do is kept.
func (f *Finder) ReadTests(files []*ast.File) {
	uses, tabled, calls, names := f.Uses, f.Tabled, len(f.Calls), len(f.Names)
	f.note(files)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool { f.visit(n); return true })
	}
	f.tables(calls)
	for i := calls; i < len(f.Calls); i++ {
		f.Calls[i].Test = true
	}
	for i := names; i < len(f.Names); i++ {
		f.Names[i].Test = true
	}
	f.Uses, f.Tabled = uses, tabled
}
