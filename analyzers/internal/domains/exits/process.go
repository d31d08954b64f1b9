package exits

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// sink recognizes the functions that end the process, or connect.
func (p *reader) sink(n *callgraph.Node, ref *callgraph.Reference) bool {
	switch fn := ref.Fn; {
	case connectsItself(fn):
		p.AddSink(n, Retry, fn.Name(), ref)
	case flow.EndsProcess(fn):
		p.AddSink(n, Exit, fn.Pkg().Name()+"."+keys.Owner(fn), ref)
	case connects(fn):
		p.AddSink(n, connect, fn.Pkg().Name()+"."+keys.Owner(fn), ref)
	default:
		return false
	}
	return true
}

// connectsItself reports whether fn is ConnectToDB of the runtime, or one that a
// setting names.
func connectsItself(fn *types.Func) bool {
	key := keys.Func(fn)
	if key == "github.com/mediacloud/mcwflint/runtime/postgres.ConnectToDB" {
		return true
	}
	for _, name := range Connect {
		if name == key {
			return true
		}
	}
	return false
}

// connects reports whether fn makes or tests a connection to a database.
func connects(fn *types.Func) bool {
	name := keys.Owner(fn)
	switch path := fn.Pkg().Path(); path {
	case "database/sql":
		return name == "Open" || name == "DB.Ping" || name == "DB.PingContext"
	case "github.com/jmoiron/sqlx":
		return name == "Connect" || name == "ConnectContext" || name == "MustConnect" || name == "Open"
	case "gorm.io/gorm":
		return name == "Open"
	default:
		if !strings.HasPrefix(path, "github.com/jackc/pg") {
			return false
		}
		switch name {
		case "Connect", "ConnectConfig", "New", "NewWithConfig", "Conn.Ping", "Pool.Ping":
			return strings.HasSuffix(path, "/pgxpool") || strings.Contains(path, "/pgx/v") || strings.HasSuffix(path, "/pgconn") || strings.HasSuffix(path, "/pgx")
		}
	}
	return false
}

// findConnectLoops looks for loops that retry a connection: one is made in the
// loop, something waits in it, and success leaves it while failure does not.
// Helpers that connect are known by now. It reports whether it found any.
func (p *reader) findConnectLoops() bool {
	changed := false
	for _, n := range p.Nodes {
		for _, loop := range n.Loops {
			turns := sync.OnceValue(func() turns { return turnsOf(p.Info, n.Body, loop) })
			what := p.connectIn(n, loop, func(pos token.Pos) bool { return !turns().givesUp(pos) })
			if what == "" || !p.sleepsIn(loop, 1) || !LeavesOnSuccess(p.Info, n.Body, loop) || n.MaskAt(loop.Pos())&Retry != 0 {
				continue
			}
			end := loop.Pos() + token.Pos(len("for"))
			if p.AddSite(n, Retry, "a loop around "+what, loop.Pos(), end) != nil {
				changed = true
			}
		}
		changed = p.retryCalls(n) || changed
	}
	if changed {
		p.mergeExits()
	}
	return changed
}

// connectIn names the first connection attempt inside a stretch of code that counts:
// a sink, or a call of a function that connects within two calls.
func (p *reader) connectIn(n *callgraph.Node, within ast.Node, counts func(token.Pos) bool) string {
	inside := func(pos token.Pos) bool { return within.Pos() <= pos && pos < within.End() }
	for _, s := range n.Sites {
		if s.Effect.Kind == connect && inside(s.Pos) && counts(s.Pos) {
			return s.Effect.What
		}
	}
	for i := range n.Edges {
		if e := &n.Edges[i]; inside(e.Pos) {
			if what := p.connectBehind(e); what != "" && counts(e.Pos) {
				return what
			}
		}
	}
	return ""
}

// connectBehind names the connection attempt of the function that an edge leads to, or
// of one that it calls.
func (p *reader) connectBehind(e *callgraph.Edge) string {
	if e.To != nil {
		for _, en := range e.To.Reached() {
			if en.Effect != nil && en.Effect.Kind == connect && en.Dist <= 1 {
				return en.Effect.What
			}
		}
		return ""
	}
	for _, r := range p.Reaches(e.Fn) {
		if r.Effect.Kind == connect && len(r.Chain) <= 1 {
			return r.Effect.What
		}
	}
	return ""
}

// sleepsIn reports whether something waits in a stretch of code, or in functions that
// it calls, some calls deep, for a time that they are told.
func (p *reader) sleepsIn(x ast.Node, depth int) bool {
	found := false
	ast.Inspect(x, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || found {
			return !found
		}
		switch obj := p.Info.Uses[id].(type) {
		case *types.Func:
			found = waits(obj)
			if n := p.NodeOf(obj.Origin()); n != nil && depth > 0 && !found {
				found = takesDuration(n.Sig) && p.sleepsIn(n.Body, depth-1)
			}
		case *types.Var:
			// The channel of a timer or a ticker that was made before.
			ch, ok := syntax.Under[*types.Chan](obj.Type())
			found = ok && types.TypeString(ch.Elem(), nil) == "time.Time"
		}
		return !found
	})
	return found
}

func takesDuration(sig *types.Signature) bool {
	for i := range sig.Params().Len() {
		if types.TypeString(sig.Params().At(i).Type(), nil) == "time.Duration" {
			return true
		}
	}
	return false
}

func always(token.Pos) bool { return true }

// waits reports whether fn waits, or makes a timer to wait for.
func waits(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == "time" {
		switch fn.Name() {
		case "Sleep", "After", "NewTimer", "NewTicker", "Tick":
			return true
		}
		return false
	}
	name := strings.ToLower(fn.Name())
	return strings.Contains(fn.Pkg().Path(), "backoff") || strings.Contains(name, "sleep") || strings.Contains(name, "backoff")
}

// retryCalls finds connections inside the calls of a retry library, or of a helper
// of this package that calls a function until it works.
func (p *reader) retryCalls(n *callgraph.Node) bool {
	found := false
	ast.Inspect(n.Body, func(x ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok && n.Lit != lit {
			return false
		}
		call, ok := x.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := syntax.Callee(p.Info, call)
		if fn == nil || fn.Pkg() == nil {
			return true
		}
		library := strings.Contains(fn.Pkg().Path(), "backoff") || strings.Contains(fn.Pkg().Path(), "retry")
		for i, arg := range call.Args {
			if !library && p.NodeOf(fn) == nil {
				break
			}
			within, at := n, ast.Node(arg)
			if c := p.ClosureOf(p.literal(arg)); c != nil {
				within, at = c, c.Body
			}
			what := p.connectIn(within, at, always)
			if what != "" && (library || p.retries(fn, i)) && n.MaskAt(call.Pos())&Retry == 0 {
				found = p.AddSite(n, Retry, fn.Pkg().Name()+"."+fn.Name()+" around "+what, call.Pos(), call.End()) != nil || found
			}
		}
		return true
	})
	return found
}

// literal is the function literal that x is, or that the local variable x holds.
func (p *reader) literal(x ast.Expr) *ast.FuncLit {
	if v := syntax.Var(p.Info, x); v != nil {
		x = names.Of(p.Package).Value(v)
	}
	lit, _ := ast.Unparen(x).(*ast.FuncLit)
	return lit
}

// retries reports whether a function of this package calls its parameter i until that
// works, and waits in between.
func (p *reader) retries(fn *types.Func, i int) bool {
	n := p.NodeOf(fn)
	if i >= n.Sig.Params().Len() || !syntax.IsFuncType(n.Sig.Params().At(i).Type()) {
		return false
	}
	for _, loop := range n.Loops {
		at := syntax.Mention(p.Info, loop, n.Sig.Params().At(i))
		if at.IsValid() && p.sleepsIn(loop, 1) && LeavesOnSuccess(p.Info, n.Body, loop) && !turnsOf(p.Info, n.Body, loop).givesUp(at) {
			return true
		}
	}
	return false
}

// mergeExits leaves one effect of a function that retries and then ends the process:
// it is one defect. The exits that belong to it are in the loop, and the first behind.
func (p *reader) mergeExits() {
	for _, n := range p.Nodes {
		for _, retry := range n.Sites {
			if retry.Effect.Kind != Retry {
				continue
			}
			end := retry.End
			if loop := n.Innermost(retry.Pos); loop != nil && loop.Pos() == retry.Pos {
				end = loop.End()
			}
			first := token.NoPos
			for _, s := range n.Sites {
				if s.Effect.Kind == Exit && s.Pos >= end && (!first.IsValid() || s.Pos < first) {
					first = s.Pos
				}
			}
			n.Sites = slices.DeleteFunc(slices.Clone(n.Sites), func(s *callgraph.Site) bool {
				return s.Effect.Kind == Exit && (s.Pos == first || retry.Pos <= s.Pos && s.Pos < end)
			})
		}
	}
}
