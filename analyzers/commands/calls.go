package commands

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// expr is what evaluating an expression gives, in the order of evaluation.
func (b *builder) expr(sc *scope, x ast.Expr) []structure.Item {
	var items []structure.Item
	if x == nil {
		return nil
	}
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			items = append(items, b.call(sc, n)...)
			return false
		case *ast.CompositeLit:
			b.literal(sc, n)
		}
		return true
	})
	return items
}

func (b *builder) call(sc *scope, call *ast.CallExpr) []structure.Item {
	items := b.expr(sc, receiverOf(call))
	for _, arg := range call.Args {
		items = append(items, b.expr(sc, arg)...)
	}
	fn := syntax.Callee(sc.info, call)
	switch {
	case fn == nil:
		return append(items, b.dynamic(sc, call)...)
	case sdk.InSDK(fn.Pkg()):
		return append(items, b.sdkCall(sc, call, fn)...)
	}
	if f := b.callee(sc, call); f != nil {
		return append(items, b.inline(sc, f, call)...)
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) && sdk.IsWorkflowCode(fn.Signature()) {
		items = append(items, structure.Item{Kind: structure.Opaque, Text: "call " + fn.Name(), Pos: b.place(call)})
	}
	return items
}

// receiverOf is the expression whose method is called, if that is a call itself.
func receiverOf(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// dynamic is the call of a function value.
func (b *builder) dynamic(sc *scope, call *ast.CallExpr) []structure.Item {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return structure.Closed(b.block(sc, lit.Body.List))
	}
	if v := syntax.Var(sc.info, call.Fun); v != nil {
		if c, ok := sc.funcs[v]; ok {
			if c.lit != nil {
				b.give(c, sc, call)
			}
			return b.run(sc, c, call)
		}
	}
	if sig, ok := syntax.Under[*types.Signature](sc.info.TypeOf(call.Fun)); ok && sdk.IsWorkflowCode(sig) {
		return []structure.Item{{Kind: structure.Opaque, Text: "call " + types.ExprString(call.Fun), Pos: b.place(call)}}
	}
	return nil
}

// run is a function value that is called.
func (b *builder) run(sc *scope, c closure, call *ast.CallExpr) []structure.Item {
	if c.lit != nil {
		if b.depth > maxDepth {
			return nil
		}
		at := b.at
		b.depth++
		b.at = token.NoPos // what is written here stands here, whoever calls it
		defer func() {
			b.depth--
			b.at = at
		}()
		return structure.Closed(b.block(c.in, c.lit.Body.List))
	}
	if f := b.p.funcs[keys.Func(c.fn.Origin())]; f != nil {
		return b.inline(sc, f, call)
	}
	return nil
}

// inline is a function of the program.
func (b *builder) inline(sc *scope, f *function, call *ast.CallExpr) []structure.Item {
	if b.stack[f.key] || b.depth > maxDepth || b.taken > maxTaken {
		if sdk.IsWorkflowCode(f.fn.Signature()) {
			return []structure.Item{{Kind: structure.Opaque, Text: "call " + f.fn.Name(), Pos: b.place(call)}}
		}
		return nil
	}
	inner := b.bind(sc, f, call)
	gives := b.mayGive(f)
	if !gives && (b.kept[f.key] || !b.keeps(inner)) {
		return nil
	}
	at := b.at
	if !at.IsValid() && (sc.pkg == b.home && f.pkg != b.home || inner.wraps()) {
		b.at = call.Pos()
	}
	b.kept[f.key] = true
	b.stack[f.key] = true
	b.depth++
	b.taken++
	defer func() {
		delete(b.stack, f.key)
		b.depth--
		b.at = at
	}()
	items := b.block(inner, f.decl.Body.List)
	if !gives {
		return nil
	}
	return structure.Closed(items)
}

// place is where a command stands for the reader of a workflow: the call, or that of the function
// of another package, or the wrapper, that it is in.
func (b *builder) place(call *ast.CallExpr) token.Pos {
	if b.at.IsValid() {
		return b.at
	}
	return call.Pos()
}

// wraps reports whether a function is given a function to run as something that it is not called
// as: a wrapper of the SDK's.
func (sc *scope) wraps() bool {
	for v := range sc.funcs {
		if types.IsInterface(v.Type()) {
			return true
		}
	}
	return false
}

// mayGive reports whether a function can give commands: it has a context, as a parameter, in
// its receiver, or in a closure that it is given, or calls what gives some.
func (b *builder) mayGive(f *function) bool {
	if b.p.gives(f) {
		return true
	}
	sig := f.fn.Signature()
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		if sdk.IsWorkflowContext(t) || syntax.IsFuncType(t) {
			return true
		}
	}
	if recv := sig.Recv(); recv != nil {
		if st, ok := syntax.StructOf(syntax.Deref(recv.Type())); ok {
			for i := range st.NumFields() {
				if sdk.IsWorkflowContext(st.Field(i).Type()) {
					return true
				}
			}
		}
	}
	return false
}

// simple are functions of the SDK that give one command, by what it is called.
var simple = map[string]string{
	"NewTimer": "timer", "NewTimerWithOptions": "timer", "SideEffect": "side effect", "SideEffectWithOptions": "side effect",
	"UpsertSearchAttributes": "update of search attributes", "UpsertTypedSearchAttributes": "update of search attributes", "UpsertMemo": "update of the memo",
	"RequestCancelExternalWorkflow": "cancellation of another workflow", "MutableSideEffect": "mutable side effect", "MutableSideEffectWithOptions": "mutable side effect",
	"CreateSession": "creation of a session", "RecreateSession": "creation of a session", "CompleteSession": "completion of a session",
}

func (b *builder) sdkCall(sc *scope, call *ast.CallExpr, fn *types.Func) []structure.Item {
	give := func(what, name string) []structure.Item {
		it := structure.Item{Kind: structure.Command, Text: what, Name: name, Pos: b.place(call)}
		if len(call.Args) > 0 {
			it.Options = b.optionsOf(sc, call.Args[0])
		}
		return []structure.Item{it}
	}
	answer := func(what string) {
		b.answers = append(b.answers, structure.Item{Text: what, Name: b.argument(sc, call, 1), Pos: b.place(call)})
	}
	waits := structure.Item{Kind: structure.Wait, Pos: b.place(call)}
	name := fn.Name()
	if what := simple[name]; what != "" {
		return give(what, "")
	}
	switch name {
	case "ExecuteActivity":
		return give("activity", b.target(sc, call, 1))
	case "ExecuteLocalActivity":
		return give("local activity", b.target(sc, call, 1))
	case "ExecuteChildWorkflow":
		return give("child workflow", b.target(sc, call, 1))
	case "ExecuteOperation":
		return give("Nexus operation", b.target(sc, call, 1))
	case "NewContinueAsNewError", "NewContinueAsNewErrorWithOptions":
		return give("continue-as-new", "")
	case "SignalExternalWorkflow":
		return give("signal", b.argument(sc, call, 3))
	case "SignalChildWorkflow":
		return give("signal", b.argument(sc, call, 1))
	case "Sleep", "AwaitWithTimeout", "AwaitWithOptions":
		return append(give("timer", ""), waits)
	case "Await":
		return []structure.Item{waits}
	case "GetVersion":
		return b.getVersion(sc, call)
	case "Go", "GoNamed":
		return b.beside(sc, call, structure.Item{Kind: structure.Coroutine, Pos: b.place(call)})
	case "GetSignalChannel", "GetSignalChannelWithOptions":
		answer("signal")
	case "AddFuture", "AddReceive", "AddSend":
		return b.beside(sc, call, structure.Item{Kind: structure.Callback, Text: "selector's function", Pos: b.place(call)})
	}
	switch kind := sdk.SetsHandler(fn); kind {
	case "query":
		answer(kind)
	case "update":
		if len(call.Args) > 2 {
			answer(kind)
			return b.beside(sc, call, structure.Item{Kind: structure.Callback, Text: "handler of update " + b.text(sc, call.Args[1]), Named: true, Pos: b.place(call)})
		}
	}
	if sdk.Waits(fn) && len(call.Args) > 0 {
		if t := sc.info.TypeOf(call.Args[0]); t != nil && sdk.IsWorkflowContext(t) {
			return []structure.Item{waits}
		}
	}
	return nil
}

// argument is the text of an argument; "?" if another call returns it.
func (b *builder) argument(sc *scope, call *ast.CallExpr, i int) string {
	if i >= len(call.Args) {
		return "?"
	}
	return b.text(sc, call.Args[i])
}

func (b *builder) getVersion(sc *scope, call *ast.CallExpr) []structure.Item {
	if len(call.Args) != 4 {
		return nil
	}
	least, ok1 := sc.number(call.Args[2])
	most, ok2 := sc.number(call.Args[3])
	if !ok1 || !ok2 {
		return []structure.Item{{Kind: structure.Opaque, Text: "call GetVersion", Pos: b.place(call)}}
	}
	return []structure.Item{{Kind: structure.Version, Text: b.text(sc, call.Args[1]), Min: least, Max: most, Pos: b.place(call)}}
}

// beside is a function that a call runs beside what follows.
func (b *builder) beside(sc *scope, call *ast.CallExpr, it structure.Item) []structure.Item {
	for _, arg := range call.Args {
		t := sc.info.TypeOf(arg)
		if t == nil || !syntax.IsFuncType(t) {
			continue
		}
		if c, ok := b.closureOf(sc, arg); ok {
			it.Body = append(it.Body, b.run(sc, c, call)...)
		}
	}
	return []structure.Item{it}
}

// target is the name of what a call executes, as the SDK compares it.
func (b *builder) target(sc *scope, call *ast.CallExpr, i int) string {
	if i >= len(call.Args) {
		return "?"
	}
	x := ast.Unparen(call.Args[i])
	if c, ok := b.closureOf(sc, x); ok && c.fn != nil {
		if alias := b.p.aliases[keys.Func(c.fn)]; alias != "" {
			return lastPart(alias)
		}
		return c.fn.Name()
	}
	if _, ok := x.(*ast.FuncLit); ok {
		return "a function"
	}
	return lastPart(b.text(sc, x))
}
