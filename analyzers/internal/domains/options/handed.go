package options

import (
	"go/ast"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
)

// hand notes the bare options that a method of an interface is given: they are a context's where
// what is bound to the interface makes them that.
func (f *finder) hand(call *ast.CallExpr) {
	for i, arg := range call.Args {
		t := f.p.Info.TypeOf(arg)
		if t == nil || !isOptions(t) || f.p.Ignores("retrypolicy", arg.Pos()) {
			continue
		}
		x := ast.Unparen(arg)
		if v := f.variable(x); v != nil {
			value := f.names.Value(v)
			if value == nil || f.given[v] {
				continue
			}
			x = ast.Unparen(value)
		}
		lit, ok := x.(*ast.CompositeLit)
		if !ok {
			continue
		}
		if o, isBare := f.judge(lit); isBare {
			bounded := ""
			if o.Bounded {
				bounded = "bounded"
			}
			if id := f.forwards.Hand(call, lit.Pos(), domain.Name, i, []string{bounded}); id != "" {
				f.p.handed[id] = lit
			}
		}
	}
}

// meetHanded judges the options that an interface's method makes a context's.
func (p *reader) meetHanded() {
	for _, m := range forwards.Of(p.Package).Meetings(domain.Name) {
		b := Bare{Pos: m.Pos, End: m.End, Bounded: m.Data[0][0] != ""}
		if lit := p.handed[m.ID()]; lit != nil {
			b.Pos, b.End, b.Lit = lit.Pos(), lit.End(), lit
		} else {
			b.Handed = &m.Handed
		}
		if b.Lit == nil || !slices.ContainsFunc(p.result.Bare, func(have Bare) bool { return have.Lit == b.Lit }) {
			p.result.Bare = append(p.result.Bare, b)
		}
	}
}
