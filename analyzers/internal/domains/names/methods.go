package names

import (
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// All exported methods of a registered struct are activities, whether anything executes them
// here or not. One that the program also calls as plain Go, or runs as a local activity, need
// not travel, and which of them it does is known in the command that it is linked into. So the
// packages below note the few methods with payloads that cannot travel: those that are
// registered, and those that are used otherwise.

// noteMethod notes a reference to a method as plain Go.
func (f *Names) noteMethod(_ *callgraph.Node, ref *callgraph.Reference) bool {
	if f.isStuck(ref.Fn) {
		f.noteOther(ref.Fn)
	}
	return false
}

// noteStruct notes what a call does to methods: registers them with their struct, or
// executes them, where they are judged.
func (f *Names) noteStruct(c *Call) {
	for _, t := range c.Targets {
		switch {
		case t.Fn == nil || !f.isStuck(t.Fn):
		case t.Struct && c.Kind == sdk.RegisterActivity:
			if key := "c:" + keys.Func(t.Fn); f.unseen("method|" + key) {
				f.wiring.Methods = append(f.wiring.Methods, key)
			}
		default:
			f.noteOther(t.Fn)
		}
	}
}

func (f *Names) noteOther(fn *types.Func) {
	if key := otherUse(fn); f.unseen("other|" + key) {
		f.wiring.Others = append(f.wiring.Others, key)
	}
}

// otherUse names a method, and one of an interface by its name alone: what implements it is
// another question.
func otherUse(fn *types.Func) string {
	if types.IsInterface(fn.Signature().Recv().Type()) {
		return "*." + fn.Name()
	}
	return "c:" + keys.Func(fn.Origin())
}

// noteIgnored notes the methods of this package of which a directive says that they need not
// travel.
func (f *Names) noteIgnored() {
	if !f.p.Ignoring("serializable") {
		return
	}
	for _, n := range f.p.Nodes {
		if n.Fn == nil || !f.isStuck(n.Fn) {
			continue
		}
		for v := range n.Fn.Signature().Params().Variables() {
			if f.p.Ignores("serializable", v.Pos()) {
				f.noteOther(n.Fn)
			}
		}
	}
}

// isStuck reports whether a function is a method that takes a context and can be an activity,
// and has a parameter or a result that cannot travel.
func (f *Names) isStuck(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || !fn.Exported() || fn.Pkg() == nil || keys.Foreign(keys.Path(fn.Pkg())) || !roles.FitActivity(sig) {
		return false
	}
	stuck, ok := f.stuck[fn]
	if !ok {
		stuck = sig.Results().Len() == 2 && wire.Check(sig.Results().At(0).Type()).Outcome != wire.OK
		for i := 1; i < sig.Params().Len(); i++ {
			_, basic := sig.Params().At(i).Type().(*types.Basic)
			stuck = stuck || !basic && wire.Check(sig.Params().At(i).Type()).Outcome != wire.OK
		}
		f.stuck[fn] = stuck
	}
	return stuck
}

// methods are the methods that a command registers with their structs, whose payloads cannot
// travel, and for which nothing below it has another use.
func (f *Names) methods() []*types.Func {
	others := make(map[string]bool)
	for _, key := range append(slices.Clone(f.wiring.Others), f.wiring.Locals...) {
		others[key] = true
	}
	var list []*types.Func
	for _, key := range f.wiring.Methods {
		fn := f.p.FindFunc(key)
		if fn == nil || others[key] || others["*."+fn.Name()] || others[keys.Func(fn)] {
			continue
		}
		list = append(list, fn)
	}
	return list
}
