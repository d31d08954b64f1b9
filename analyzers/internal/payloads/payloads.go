// Package payloads lists what crosses the wire by the signatures of activities, workflows and
// handlers: their parameters after the context, and their results.
package payloads

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Payload is a parameter or a result. What stands in the package is placed where it is
// declared, else at the call.
type Payload struct {
	Type     types.Type
	Name     string // of the parameter, "" for a result
	Pos, End token.Pos
	What     string // "parameter order of Charge"
	Key      string // names it in all packages that may report it; "" for that of a closure
}

// Each calls each for the payloads of all calls of a package outside of tests, once for each
// that has a key.
func Each(pass *analysis.Pass, result *names.Result, each func(Payload)) {
	seen := make(map[string]bool)
	for i := range result.Calls {
		if result.Calls[i].Test {
			continue
		}
		Of(pass, &result.Calls[i], func(p Payload) {
			if p.Key == "" || !seen[p.Key] {
				seen[p.Key] = true
				each(p)
			}
		})
	}
}

// Of calls each for the payloads of a call's targets.
func Of(pass *analysis.Pass, c *names.Call, each func(Payload)) {
	l := lister{pass: pass, each: each}
	switch c.Kind {
	case sdk.ExecuteActivity, sdk.ExecuteWorkflow, sdk.ExecuteLocalActivity:
		l.targets(c)
	case sdk.RegisterWorkflow, sdk.RegisterActivity:
		if c.ArgsKnown() { // else a wrapper may register another function
			l.targets(c)
		}
	case sdk.Handle:
		l.handler(c)
	}
}

// OfMethod calls each for the payloads of a method that is an activity because its struct is
// registered, placed where it is declared.
func OfMethod(pass *analysis.Pass, fn *types.Func, each func(Payload)) {
	lister{pass, each, true}.signature(fn.Name(), fn, fn.Signature(), place(fn.Pos()), true)
}

type lister struct {
	pass *analysis.Pass
	each func(Payload)
	// declared: what stands in another package is placed there, too.
	declared bool
}

// A place is a position where nothing is known but that.
type place token.Pos

func (p place) Pos() token.Pos { return token.Pos(p) }
func (p place) End() token.Pos { return token.Pos(p) }

func (l lister) targets(c *names.Call) {
	targets := c.Targets
	if len(targets) == 0 && c.Fn != nil {
		targets = []roles.Target{{Fn: c.Fn}} // by name
	}
	for _, t := range targets {
		switch {
		case t.Struct:
			// The methods of a registered struct may be called as plain Go, or run as
			// local activities: they are judged where they are executed, and in the
			// command, which sees all.
		case t.Fn != nil:
			// The parameters of what is registered and run as a local activity need not
			// travel: they are judged where something else runs it.
			params := c.Kind != sdk.ExecuteLocalActivity && (c.Kind != sdk.RegisterActivity || !c.RunsLocally(t.Fn))
			l.signature(t.Fn.Name(), t.Fn, Instance(l.pass, c, t.Fn), c.Target, params)
		case t.Lit != nil:
			if sig, ok := syntax.Under[*types.Signature](l.pass.TypesInfo.TypeOf(t.Lit)); ok {
				l.signature("the function", nil, sig, c.Target, c.Kind != sdk.ExecuteLocalActivity)
			}
		}
	}
}

// Instance is the signature of a target as it is called: a generic function, or a method of
// a generic type, is what it is instantiated as.
func Instance(pass *analysis.Pass, c *names.Call, fn *types.Func) *types.Signature {
	sig := fn.Signature()
	if isGeneric(sig) && len(c.Targets) == 1 {
		of, ok := syntax.Under[*types.Signature](pass.TypesInfo.TypeOf(c.Target))
		if ok && of.Params().Len() == sig.Params().Len() { // not a method expression
			return of
		}
	}
	return sig
}

func isGeneric(sig *types.Signature) bool {
	return sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0
}

// signature lists parameters and result of an activity or a workflow.
func (l lister) signature(name string, fn *types.Func, sig *types.Signature, at analysis.Range, params bool) {
	generic := fn != nil && isGeneric(fn.Signature())
	list := func(v *types.Var, varName, what, part string) {
		if generic { // each instance on its own
			part += v.Type().String()
		}
		p := Payload{Type: v.Type(), Name: varName, Pos: at.Pos(), End: at.End(), What: what}
		if fn != nil {
			p.Key = fn.FullName() + "#" + part
		}
		own := v.Pkg() == l.pass.Pkg && (fn == nil || fn.Pkg() == l.pass.Pkg)
		if !generic && v.Pos().IsValid() && (own || l.declared) {
			p.Pos, p.End = v.Pos(), v.Pos()+token.Pos(len(v.Name()))
		}
		l.each(p)
	}
	if params && !sdk.IsDynamic(sig) {
		for i := range sig.Params().Len() {
			if i == 0 && names.TakesContext(sig) {
				continue
			}
			v := sig.Params().At(i)
			list(v, v.Name(), label(v, i, name), fmt.Sprint("p", i))
		}
	}
	if sig.Results().Len() == 2 {
		list(sig.Results().At(0), "", "the result of "+name, "r")
	}
}

func label(v *types.Var, i int, name string) string {
	if v.Name() == "" || v.Name() == "_" {
		return fmt.Sprintf("parameter %d of %s", i, name)
	}
	return fmt.Sprintf("parameter %s of %s", v.Name(), name)
}

// handler lists what a handler of queries or updates takes and returns.
func (l lister) handler(c *names.Call) {
	sig, ok := syntax.Under[*types.Signature](l.pass.TypesInfo.TypeOf(c.Target))
	if !ok {
		return
	}
	var fn *types.Func
	if len(c.Targets) == 1 {
		fn = c.Targets[0].Fn
	}
	name := "the handler"
	if fn != nil {
		name = fn.Name()
	}
	l.signature(name, fn, sig, c.Target, true)
}
