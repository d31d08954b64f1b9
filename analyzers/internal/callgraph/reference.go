package callgraph

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Reference is the use of a function's name in a body. That it need not be a call is
// what makes method values and callbacks part of the graph.
type Reference struct {
	Fn       *types.Func
	Pos, End token.Pos     // of the call, if it is one
	Call     *ast.CallExpr // if the reference is a call
	Mask     facts.Kind    // the kinds that are hidden there
	Stack    []ast.Node    // what is around the name
}

// AddSink records the effect that a reference is. The site is made even where its kind
// is hidden: the function may be kept here and called elsewhere. It returns nil if a
// directive silences the effect where it stands.
func (p *Package) AddSink(n *Node, kind facts.Kind, what string, ref *Reference) *Site {
	s := p.NewSite(n.Owner, kind, what, ref.Pos, ref.End)
	if s == nil {
		return nil
	}
	s.Call = ref.Call
	if ref.Mask&kind == 0 {
		n.Sites = append(n.Sites, s)
	}
	return s
}

// isSink shows a reference to all domains: it may be an effect for several.
func (p *Package) isSink(n *Node, ref *Reference) bool {
	found := false
	for _, sink := range p.sinks {
		found = sink(n, ref) || found
	}
	return found
}

// target asks the domains what position an identifier or a function literal is in.
func (p *Package) target(x ast.Node) (target, handler bool) {
	for _, ask := range p.targets {
		if target, handler = ask(x); target || handler {
			break
		}
	}
	return target, handler
}

// reference handles an identifier that names a function, or a variable that
// holds one.
func (p *Package) reference(n *Node, id *ast.Ident, stack []ast.Node) {
	obj := p.Info.Uses[id]
	switch obj.(type) {
	case *types.Func, *types.Var:
	default:
		return
	}
	var at ast.Expr = id
	var sel *ast.SelectorExpr
	if len(stack) > 0 {
		if s, ok := stack[len(stack)-1].(*ast.SelectorExpr); ok && s.Sel == id {
			sel, at = s, s
			stack = stack[:len(stack)-1]
		}
	}
	end := at.End()
	call := syntax.CallOf(at, stack)
	if call != nil {
		end = call.End()
	}
	if n.Init && call != nil {
		return // a call in an initializer runs at start
	}
	switch obj := obj.(type) {
	case *types.Func:
		target, handler := p.target(id)
		if handler {
			n.Mark(Mark{at.Pos(), at.End(), p.notOfHandlers})
		}
		if !target || handler {
			p.function(n, sel, &Reference{obj, at.Pos(), end, call, n.MaskAt(at.Pos()), stack})
		}
	case *types.Var:
		if target, handler := p.target(id); !target || handler {
			p.held(n, obj, sel, at, end, stack)
		}
	}
}

// held records what refers to a variable that holds functions: an open call, as one of them is
// called here, and an edge to its initializer.
func (p *Package) held(n *Node, v *types.Var, sel *ast.SelectorExpr, at ast.Expr, end token.Pos, stack []ast.Node) {
	isVar := v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
	if !isVar && !v.IsField() || !syntax.IsRead(at, stack) {
		return
	}
	var key string
	if s := p.Info.Selections[sel]; s != nil {
		key = keys.Field(s)
	} else if isVar && !keys.Foreign(keys.Path(v.Pkg())) {
		key = keys.Var(v)
	}
	if sig := syntax.Function(v.Type()); sig != nil && key != "" {
		n.Opens = append(n.Opens, OpenCall{key: key, Pos: at.Pos(), End: end, Mask: n.MaskAt(at.Pos()) | p.maskOpen("", sig)})
	}
	if init := p.byVar[v]; init != nil && !syntax.IsFuncType(v.Type()) {
		n.Edges = append(n.Edges, Edge{To: init, Pos: at.Pos(), End: end, Mask: n.MaskAt(at.Pos())})
	}
}

// function records a reference to a function: a sink, an open call, or an edge.
func (p *Package) function(n *Node, sel *ast.SelectorExpr, ref *Reference) {
	fn := ref.Fn
	if fn.Pkg() == nil {
		return
	}
	if p.isSink(n, ref) {
		return
	}
	if s := p.Info.Selections[sel]; s != nil {
		if recv := syntax.Receiver(s); types.IsInterface(recv) {
			if key := keys.Interface(recv); key != "" {
				n.Opens = append(n.Opens, OpenCall{key, fn.Name(), ref.Pos, ref.End, ref.Mask | p.maskOpen(fn.Name(), fn.Signature()), sel, ref})
			}
			return
		}
	}
	fn = fn.Origin()
	if ref.Call == nil {
		p.flow.AsValue(fn, ref.Pos)
	}
	p.static(n, fn, ref)
}

// static records a reference to a function that is known.
func (p *Package) static(n *Node, fn *types.Func, ref *Reference) {
	if fn.Pkg() == p.Pass.Pkg {
		if to := p.byFn[fn]; to != nil {
			n.Edges = append(n.Edges, Edge{To: to, Pos: ref.Pos, End: ref.End, Mask: ref.Mask, Call: ref.Call})
		}
		return
	}
	if fact := p.factOf(fn); len(fact.Effects)+len(fact.Opens) > 0 {
		n.Edges = append(n.Edges, Edge{Fn: fn, Pos: ref.Pos, End: ref.End, Mask: ref.Mask, Call: ref.Call})
	}
}

func (p *Package) maskOpen(method string, t types.Type) facts.Kind {
	var mask facts.Kind
	for _, ask := range p.maskOpens {
		mask |= ask(method, t)
	}
	return mask
}
