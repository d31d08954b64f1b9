package positionalargs

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

func (r *rule) count(c *names.Call, name string, got, want int, sig string) {
	var consequence string
	switch {
	case c.Check == sdk.Checked, c.Kind == sdk.ExecuteLocalActivity: // which is called with the values as they are
		consequence = "the call fails"
	case got < want:
		consequence = "what is missing arrives as a zero value"
	default:
		consequence = "what is too many is dropped"
	}
	r.report(c.Node, "%s takes %s after its context and gets %d: %s (%s)", name, arguments(want), got, consequence, sig)
}

func arguments(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

func (r *rule) argument(c *names.Call, t *target, i int, arg ast.Expr) {
	info := r.pass.TypesInfo
	tv := info.Types[arg]
	param := t.params[i].Type()
	if tv.Type == nil || tv.IsNil() || types.IsInterface(tv.Type) || syntax.MentionsTypeParam(param) || syntax.MentionsTypeParam(tv.Type) {
		return
	}
	if c.Check == sdk.Checked {
		if !types.AssignableTo(types.Default(tv.Type), param) {
			r.report(arg, "argument %d of %s is %s, not assignable to %s: the call fails (%s)", i+1, t.name, short(types.Default(tv.Type)), short(param), t.text)
		}
		return
	}
	if c.Kind == sdk.ExecuteLocalActivity {
		// The registered method is called with the value as it is.
		if !types.AssignableTo(types.Default(tv.Type), param) {
			r.report(arg, "argument %d of %s is %s, not %s: the local activity panics (%s)", i+1, t.name, short(types.Default(tv.Type)), short(param), t.text)
		}
		return
	}
	if reason := wire.Pair(types.Default(tv.Type), param); reason != "" {
		r.report(arg, "argument %d of %s: %s: it does not arrive (%s)", i+1, t.name, reason, t.text)
		return
	}
	if r.strayKeys(arg, param) {
		r.report(arg, "argument %d of %s: the map's keys are no fields of %s: it arrives empty (%s)", i+1, t.name, short(param), t.text)
	}
}

// strayKeys reports whether an argument is a literal map of which no key is a field
// of the parameter.
func (r *rule) strayKeys(arg ast.Expr, param types.Type) bool {
	lit := r.literal(arg)
	if lit == nil {
		return false
	}
	if _, ok := r.typeOf(lit).(*types.Map); !ok || len(lit.Elts) == 0 {
		return false
	}
	var keys []string
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, ok := constantString(r.pass.TypesInfo, kv.Key)
		if !ok {
			return false
		}
		keys = append(keys, key)
	}
	return !wire.HasField(param, keys)
}

// literal follows a variable that is assigned once, and only sent, to its literal.
func (r *rule) literal(x ast.Expr) *ast.CompositeLit {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return x
	case *ast.Ident:
		v, ok := r.pass.TypesInfo.Uses[x].(*types.Var)
		if !ok || v.Parent() == nil || v.Parent() == r.pass.Pkg.Scope() {
			return nil
		}
		if values := r.result.Values(v); len(values) == 1 && values[0] != nil && r.onlySent(v) {
			lit, _ := ast.Unparen(values[0]).(*ast.CompositeLit)
			return lit
		}
	}
	return nil
}

// onlySent reports whether a map variable is nothing but an argument of execute
// calls: what is done with it elsewhere may add keys.
func (r *rule) onlySent(v *types.Var) bool {
	if r.used == nil {
		r.used = make(map[types.Object]bool)
		sent := make(map[*ast.Ident]bool)
		for i := range r.result.Calls {
			for _, arg := range r.result.Calls[i].Args {
				if id, ok := arg.(*ast.Ident); ok {
					sent[id] = true
				}
			}
		}
		for id, obj := range r.pass.TypesInfo.Uses {
			if !sent[id] {
				r.used[obj] = true
			}
		}
	}
	return !r.used[v]
}

// shapes judges a call by a name whose function is not loaded.
func (r *rule) shapes(c *names.Call) {
	reg := c.Registered
	if c.Check == sdk.Matched || c.Spread || reg.Variadic {
		return
	}
	if len(c.Args) != len(reg.Params) {
		r.count(c, reg.Name, len(c.Args), len(reg.Params), reg.Sig)
		return
	}
	if c.Kind == sdk.ExecuteLocalActivity {
		return // the shapes are those of JSON
	}
	for i, arg := range c.Args {
		if arg == nil || r.pass.TypesInfo.Types[arg].IsNil() {
			continue
		}
		if !wire.Fits(wire.Shape(r.pass.TypesInfo.TypeOf(arg)), reg.Params[i]) {
			r.report(arg, "argument %d of %s: JSON cannot carry %s into the parameter: it does not arrive (%s)", i+1, reg.Name, short(r.pass.TypesInfo.TypeOf(arg)), reg.Sig)
		}
	}
}

// meeting judges a call by name of a package below, or one through an interface.
func (r *rule) meeting(m names.Meeting) {
	c, reg := m.Call, m.Registered
	f := report.Finding{Effect: c.At.ID()}
	f.Put(m.Pos, c.At, !m.Here)
	f.End = m.End
	switch {
	case reg.Variadic:
	case len(c.Args) < len(reg.Params):
		f.Message = fmt.Sprintf("%s takes %s after its context and is called with %d: what is missing arrives as a zero value: %s", reg.Name, arguments(len(reg.Params)), len(c.Args), reg.Sig)
	case len(c.Args) > len(reg.Params):
		f.Message = fmt.Sprintf("%s takes %s after its context and is called with %d: what is too many is dropped: %s", reg.Name, arguments(len(reg.Params)), len(c.Args), reg.Sig)
	default:
		for i := range c.Args {
			if !wire.Fits(c.Args[i], reg.Params[i]) {
				f.Message = fmt.Sprintf("argument %d of %s is called with a type that JSON cannot carry into the parameter: %s", i+1, reg.Name, reg.Sig)
				break
			}
		}
	}
	if f.Message != "" {
		r.rep.Report(f)
	}
}

// passesContext reports a context among the arguments: the SDK gives the target its own.
func (r *rule) passesContext(c *names.Call) bool {
	for _, arg := range c.Args {
		if arg == nil {
			continue
		}
		t := r.pass.TypesInfo.TypeOf(arg)
		if t != nil && (sdk.IsWorkflowContext(t) || syntax.IsContext(t)) {
			r.report(arg, "%s is a context: it cannot be sent, and the target is given one of its own; leave it out", types.ExprString(arg))
			return true
		}
	}
	return false
}
