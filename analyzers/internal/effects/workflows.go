package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// What counts of a workflow is known where it is written or where it is registered:
// whether it is one, which of its loops its input bounds, and whether it may continue
// as new, which makes loops without a bound legal.

// namedWorkflow reports whether a function is a workflow by its name: an exported
// function XYZWorkflow, or a method of a type XYZWorkflow or XYZWorkflowImpl, that
// returns what a workflow does.
func namedWorkflow(fn *types.Func) bool {
	sig := fn.Signature()
	n := sig.Results().Len()
	if !fn.Exported() || n == 0 || n > 2 || !isErrorType(sig.Results().At(n-1).Type()) {
		return false
	}
	owner, _, _ := strings.Cut(ownerName(fn), ".")
	return strings.HasSuffix(strings.TrimSuffix(owner, "Impl"), "Workflow")
}

// called holds the nodes that another function of this package calls.
func (p *pkg) called() map[*node]bool {
	called := make(map[*node]bool)
	for _, n := range p.nodes {
		for _, e := range n.edges {
			if e.to != n {
				called[e.to] = true
			}
		}
	}
	return called
}

// inputLoops are the loops that the arguments of a workflow bound: the input of one
// has no bound. A number that is handed on may be a limit, and is left alone.
func (p *pkg) inputLoops(fn *types.Func) []*entry {
	var entries []*entry
	t := p.tallyOf(fn)
	for i := range t.Terms {
		term := &t.Terms[i]
		if term.Of == ofFunction || term.Func > 0 || term.Of == ofValue && len(term.Chain) > 0 {
			continue
		}
		e := &entry{effect: &term.Loop, id: term.Loop.ID(), dist: len(term.Chain), chain: hopsOf(term.Chain), exit: term.pos, exitEnd: term.end, foreign: true}
		entries = append(entries, e)
	}
	return entries
}

// continues reports whether a workflow that does what the two lists say may continue
// as new. An open call that nothing seen here resolves may.
func (c *closer) continues(effects []*Effect, opens []*open) bool {
	for _, e := range effects {
		if e.Kind == Continue {
			return true
		}
	}
	seen := make(map[string]bool)
	for len(opens) > 0 {
		o := opens[0]
		opens = opens[1:]
		if o.Mask&Continue != 0 || seen[o.id()] {
			continue
		}
		seen[o.id()] = true
		if len(c.binds[o.Key]) == 0 || len(seen) > 1000 {
			return true
		}
		for _, r := range c.resolve(o) {
			for i := range r.impl.Effects {
				if r.impl.Effects[i].Effect.Kind == Continue {
					return true
				}
			}
			for i := range r.impl.Opens {
				opens = append(opens, &r.impl.Opens[i])
			}
		}
	}
	return false
}

// split separates the entries of a root.
func split(entries []*entry) (effects []*Effect, opens []*open) {
	for _, e := range entries {
		if e.effect != nil {
			effects = append(effects, e.effect)
		} else {
			opens = append(opens, e.open)
		}
	}
	return effects, opens
}

// implContinues is continues for a function that is registered through a table.
func (c *closer) implContinues(im *impl) bool {
	var effects []*Effect
	var opens []*open
	for i := range im.Effects {
		effects = append(effects, &im.Effects[i].Effect)
	}
	for i := range im.Opens {
		opens = append(opens, &im.Opens[i])
	}
	return c.continues(effects, opens)
}

// decides reports whether what is called at pos decides something: it is a condition
// on which the code leaves, or is kept. One that is only logged does not.
func decides(stack []ast.Node, pos token.Pos) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch s := stack[i].(type) {
		case *ast.IfStmt:
			does := false
			ast.Inspect(s, func(x ast.Node) bool {
				switch x.(type) {
				case *ast.ReturnStmt, *ast.BranchStmt, *ast.AssignStmt:
					does = true
				}
				return !does
			})
			return does && pos < s.Body.Pos()
		case *ast.ForStmt:
			return pos < s.Body.Pos()
		case *ast.SwitchStmt, *ast.CaseClause, *ast.AssignStmt, *ast.ValueSpec, *ast.ReturnStmt:
			return true
		case *ast.ExprStmt, *ast.FuncLit:
			return false
		}
	}
	return false
}
