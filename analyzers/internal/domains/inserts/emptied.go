package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// emptied is a call of an interface's method that deletes, by its name.
type emptied struct {
	on, noun   string
	pos, until token.Pos
}

// What an interface's method does is not known here; its name says it: q.DeleteLines(ctx, id), then
// q.InsertLine(ctx, line), on one value, which a port or sqlc's Querier has.
var (
	deletes = regexp.MustCompile(`^(?:Delete|Remove|Clear|Purge|Truncate|Drop|Wipe|Reset)(?:All)?`)
	adds    = regexp.MustCompile(`^(?:Bulk|Batch)?(?:Insert|Create|Add|Save|Put|Write|Append|Store|Copy|Record)`)
	which   = regexp.MustCompile(`(?:By|For|Of|In|With|From|On)(?:[A-Z].*)?$`)
	plural  = regexp.MustCompile(`(?:ies|es|s|y)$`)
)

// replaces hides what an interface's method inserts behind one that deletes the same.
func (p *reader) replaces(n *callgraph.Node, call *ast.CallExpr, stack []ast.Node) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	s := p.Info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || !types.IsInterface(syntax.Receiver(s)) {
		return
	}
	name := sel.Sel.Name
	if verb := deletes.FindString(name); verb != "" {
		b := p.body(n)
		b.emptied = append(b.emptied, emptied{types.ExprString(sel.X), noun(name[len(verb):]), call.Pos(), holdsUntil(n, stack)})
		return
	}
	verb := adds.FindString(name)
	if verb == "" {
		return
	}
	for outer := n; outer != nil; outer = outer.Outer {
		for _, e := range p.body(outer).emptied {
			if e.on == types.ExprString(sel.X) && e.pos < call.Pos() && call.Pos() < e.until && strings.HasPrefix(noun(name[len(verb):]), e.noun) {
				n.Mark(callgraph.Mark{Pos: call.Pos(), End: call.End(), Mask: Insert})
			}
		}
	}
}

// noun is what a method is about: the line of DeleteLinesByOrder.
func noun(name string) string { return plural.ReplaceAllString(which.ReplaceAllString(name, ""), "") }
