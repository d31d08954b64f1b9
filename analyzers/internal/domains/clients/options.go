package clients

import (
	"go/types"
	"maps"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An optionFlow follows what the options of one client are made of, from where it is
// made to where that is called. A nil variable stands for what is not known.
type optionFlow struct {
	p    *reader
	id   string // of the effect that makes it
	seen map[*callgraph.Node]map[*types.Var]bool
}

// within returns the variables of a function that the options depend on. Which of
// several clients a function makes is not known.
func (f *optionFlow) within(n *callgraph.Node) map[*types.Var]bool {
	if vars := f.seen[n]; vars != nil {
		return vars
	}
	vars := make(map[*types.Var]bool)
	f.seen[n] = vars
	for _, s := range n.Sites {
		switch {
		case s.Effect.ID() != f.id:
		case s.Call == nil:
			vars[nil] = true
		default:
			f.p.depend.Variables(vars, s.Call)
		}
	}
	for i := range n.Edges {
		f.behind(&n.Edges[i], vars)
	}
	for _, other := range n.Reached() {
		if other.Effect != nil && other.Effect.Kind == Dial && other.Effect.ID() != f.id {
			vars[nil] = true
		}
	}
	f.p.depend.Trace(n.Body, vars)
	return vars
}

// behind adds the variables that an edge makes the options depend on.
func (f *optionFlow) behind(e *callgraph.Edge, vars map[*types.Var]bool) {
	switch {
	case e.Mask&Dial != 0:
	case e.To == nil:
		// Of other packages' functions it is not known which arguments count.
		if !slices.ContainsFunc(f.p.Reaches(e.Fn), func(r facts.Reached) bool { return r.Effect.ID() == f.id }) {
			break
		}
		if e.Call == nil {
			vars[nil] = true
		} else {
			f.p.depend.Variables(vars, e.Call)
		}
	case !e.To.Reaches(f.id) || e.To.Sig == nil:
	case e.To.Lit != nil:
		maps.Copy(vars, f.within(e.To))
	default:
		in := f.within(e.To)
		if in[nil] {
			vars[nil] = true
		}
		if recv := e.To.Sig.Recv(); e.Call != nil && recv != nil && in[recv] {
			f.p.depend.Variables(vars, e.Call.Fun)
		}
		for i := range e.To.Sig.Params().Len() {
			switch {
			case !in[e.To.Sig.Params().At(i)]:
			case e.Call == nil || i >= len(e.Call.Args):
				vars[nil] = true
			case e.To.Sig.Variadic() && i == e.To.Sig.Params().Len()-1:
				for _, arg := range e.Call.Args[i:] {
					f.p.depend.Variables(vars, arg)
				}
			default:
				f.p.depend.Variables(vars, e.Call.Args[i])
			}
		}
	}
}

// mayBeOption reports whether options may depend on a variable: a context or an error is in no
// client's.
func mayBeOption(v *types.Var) bool {
	return !syntax.IsErrorType(v.Type()) && !syntax.IsContext(v.Type())
}
