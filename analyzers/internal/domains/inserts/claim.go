package inserts

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// said is what a function says of a marker that it runs.
type said struct {
	Claims bool // its result, a bool, is whether that has changed a row
	Counts bool // its first result is how many
	NoRows bool // its error is ErrNoRows if it has changed none
}

// noteAsked keeps a call that may say whether a marker has changed a row: fresh, err := claim(ctx, id).
func (p *reader) noteAsked(n *callgraph.Node, call *ast.CallExpr, fn *types.Func) {
	if fn.Pkg() == nil || keys.Foreign(keys.Path(fn.Pkg())) {
		return
	}
	if fn.Pkg() == p.Pass.Pkg && maySay(fn.Signature()) || fn.Pkg() != p.Pass.Pkg && p.summaryOf(fn).said() != (said{}) {
		b := p.body(n)
		b.asked = append(b.asked, call)
	}
}

// maySay reports whether a function has a result that may say it.
func maySay(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if syntax.IsErrorType(v.Type()) || syntax.IsBool(v.Type()) || syntax.IsInteger(v.Type()) {
			return true
		}
	}
	return false
}

func (s *summary) said() said { return said{s.Claims, s.Counts, s.NoRows} }

// said is what the function of a call says.
func (p *reader) said(call *ast.CallExpr) said {
	fn := syntax.Callee(p.Info, call)
	if fn == nil || fn.Pkg() == nil {
		return said{}
	}
	return p.saidBy(fn.Origin())
}

func (p *reader) saidBy(fn *types.Func) said {
	if fn.Pkg() != p.Pass.Pkg {
		return p.summaryOf(fn).said()
	}
	if n := p.NodeOf(fn); n != nil {
		return p.body(n).says
	}
	return p.methods[fn]
}

// findMethods finds what the methods of the package's interfaces say: what all that they run do.
func (p *reader) findMethods() {
	says := make(map[string]bool) // by the names of functions
	for _, n := range p.Nodes {
		if n.Fn != nil && p.body(n).says != (said{}) {
			says[n.Fn.Name()] = true
		}
	}
	if len(says) == 0 {
		return
	}
	for m, fns := range p.Flow().Methods(func(m *types.Func) bool { return says[m.Name()] }) {
		s := said{true, true, true}
		for _, fn := range fns {
			one := p.saidBy(fn)
			s = said{s.Claims && one.Claims, s.Counts && one.Counts, s.NoRows && one.NoRows}
		}
		if s != (said{}) {
			p.methods[m] = s
		}
	}
}

func (p *reader) exportMethods() {
	for m, s := range p.methods {
		p.Export(domain, m, &summary{Claims: s.Claims, Counts: s.Counts, NoRows: s.NoRows})
	}
}

// returned is what the results of a function say: a comparison or true only where a marker has changed
// a row, its count, its error.
func (g *guards) returned(n *callgraph.Node, body *ast.BlockStmt) said {
	var s said
	claimsMore, countsMore := false, false
	ast.Inspect(body, func(x ast.Node) bool {
		ret, ok := x.(*ast.ReturnStmt)
		if !ok || len(ret.Results) == 0 {
			_, isClosure := x.(*ast.FuncLit)
			return !isClosure
		}
		first, last := ret.Results[0], ret.Results[len(ret.Results)-1]
		if call, ok := ast.Unparen(last).(*ast.CallExpr); ok && (g.scans(call) || g.said(call).NoRows) || g.isError(last) {
			s.NoRows = true
		}
		value := g.p.Info.Types[first].Value
		switch {
		case g.counts(first):
			s.Counts = true
		case value == nil || value.Kind() != constant.Int:
			countsMore = true
		}
		for _, result := range ret.Results {
			if t := g.p.Info.TypeOf(result); t == nil || !syntax.IsBool(t) {
				continue
			}
			changed, ok := g.asks(result)
			value := g.p.Info.Types[result].Value
			switch {
			case ok && changed, value != nil && constant.BoolVal(value) && g.p.isGuarded(n, ret.Pos()):
				s.Claims = true
			case value == nil || constant.BoolVal(value):
				claimsMore = true
			}
		}
		return true
	})
	s.Claims, s.Counts = s.Claims && !claimsMore, s.Counts && !countsMore
	return s
}

// builtUpdate notes an UPDATE that a library builds as a marker, if it changes a row from one state to
// another: a column that it sets is also what it asks for.
func (p *reader) builtUpdate(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	var c chain
	switch path := fn.Pkg().Path(); {
	case path == "gorm.io/gorm" && strings.HasPrefix(fn.Name(), "Update"):
		c = p.downwards(n, call)
		c.calls = append(c.calls, call)
	case path == "github.com/uptrace/bun" && fn.Name() == "NewUpdate", strings.HasPrefix(path, "github.com/Masterminds/squirrel") && fn.Name() == "Update", strings.HasPrefix(path, "github.com/doug-martin/goqu") && fn.Name() == "Update":
		c = p.upwards(n, call, stack)
	default:
		return
	}
	asked := make(map[string]bool)
	for _, where := range c.named("Where", "WhereOr", "Not") {
		for _, arg := range where.Args {
			for _, name := range p.columns(arg) {
				asked[name] = true
			}
		}
	}
	for _, set := range c.named("Set", "SetMap", "Update", "Updates", "UpdateColumn", "UpdateColumns") {
		for i, arg := range set.Args { // the first begins with a column: Set("state = ?", "paid")
			names := p.columns(arg)
			if len(names) > 0 && (i == 0 && asked[names[0]] || syntax.Composite(arg) != nil && slices.ContainsFunc(names, func(name string) bool { return asked[name] })) {
				p.noteMarker(n, call, "", stack)
				return
			}
		}
	}
}

// columns are the words of the texts in an expression, and the names of the fields of its literals, in
// lower case.
func (p *reader) columns(x ast.Expr) []string {
	var all []string
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.KeyValueExpr:
			if id, ok := x.Key.(*ast.Ident); ok {
				all = append(all, strings.ToLower(id.Name))
			}
		case ast.Expr:
			if text := p.constant(x); text != "" {
				all = append(all, words.FindAllString(strings.ToLower(text), -1)...)
				return false
			}
		}
		return true
	})
	return all
}
