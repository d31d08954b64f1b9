package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// sink records fn if it is an effect itself. It reports whether there is nothing
// to follow behind it.
func (p *pkg) sink(n *node, fn *types.Func, pos, end token.Pos, call *ast.CallExpr, mask Kind, stack []ast.Node) bool {
	if fn.Pkg() == nil {
		return true
	}
	add := func(kind Kind, what string) {
		s := p.newSite(n, kind, what, pos, end)
		if s == nil {
			return
		}
		s.call = call
		if mask&kind == 0 {
			n.sites = append(n.sites, s)
		}
	}
	switch {
	case p.connectsItself(fn):
		add(Retry, fn.Name())
		return true
	case endsProcess(fn):
		add(Exit, fn.Pkg().Name()+"."+ownerName(fn))
		return true
	case connects(fn):
		add(connect, fn.Pkg().Name()+"."+ownerName(fn))
		return true
	case sdk.ContinuesAsNew(fn) || sdk.AsksHistory(fn) && decides(stack, pos):
		// Where it happens is of no interest: one effect for all.
		n.sites = append(n.sites, continues)
		return true
	case sdk.IsClientConstructor(fn):
		add(Dial, "client."+fn.Name())
		return true
	}
	return false
}

// continues is the effect of continuing as new, or of asking whether to.
var continues = &site{effect: Effect{Kind: Continue, What: "continue as new"}}

// connectsItself reports whether fn is ConnectToDB of the runtime, or one that a
// setting names.
func (p *pkg) connectsItself(fn *types.Func) bool {
	key := funcKey(fn)
	if key == "github.com/mediacloud/mcwflint/runtime/postgres.ConnectToDB" {
		return true
	}
	for _, name := range Settings.Connect {
		if name == key {
			return true
		}
	}
	return false
}

// endsProcess reports whether fn ends the process. A panic does not: the SDK
// recovers it.
func endsProcess(fn *types.Func) bool {
	path, name := fn.Pkg().Path(), fn.Name()
	fatal := strings.HasPrefix(name, "Fatal")
	switch path {
	case "os", "syscall":
		return name == "Exit" && fn.Signature().Recv() == nil
	case "log", "github.com/golang/glog", "k8s.io/klog", "k8s.io/klog/v2":
		return fatal || strings.HasPrefix(name, "Exit") && path != "log"
	case "go.uber.org/zap":
		return fatal && fn.Signature().Recv() != nil
	case "github.com/sirupsen/logrus":
		return fatal || name == "Exit"
	case "github.com/rs/zerolog", "github.com/rs/zerolog/log", "github.com/charmbracelet/log", "github.com/apex/log", "github.com/phuslu/log":
		return fatal
	case "github.com/spf13/cobra":
		return name == "CheckErr"
	}
	return false
}

// connects reports whether fn makes or tests a connection to a database.
func connects(fn *types.Func) bool {
	name := ownerName(fn)
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
// Helpers that connect are known by now.
func (p *pkg) findConnectLoops() {
	changed := false
	for _, n := range p.nodes {
		for _, loop := range n.loops {
			what := p.connectIn(n, loop, func(pos token.Pos) bool { return !p.givesUp(loop, pos) })
			if what == "" || !p.sleepsIn(loop, 1) || !p.leavesOnSuccess(loop) || n.maskAt(loop.Pos())&Retry != 0 {
				continue
			}
			end := loop.Pos() + token.Pos(len("for"))
			if p.addSite(n, Retry, "a loop around "+what, loop.Pos(), end) != nil {
				changed = true
			}
		}
		changed = p.retryCalls(n) || changed
	}
	if changed {
		p.mergeExits()
		p.solve()
	}
}

// connectIn names the first connection attempt inside a stretch of code that counts:
// a sink, or a call of a function that connects within two calls.
func (p *pkg) connectIn(n *node, within ast.Node, counts func(token.Pos) bool) string {
	inside := func(pos token.Pos) bool { return within.Pos() <= pos && pos < within.End() && counts(pos) }
	for _, s := range n.sites {
		if s.effect.Kind == connect && inside(s.pos) {
			return s.effect.What
		}
	}
	for _, e := range n.edges {
		if !inside(e.pos) {
			continue
		}
		if e.to != nil {
			for _, en := range e.to.order {
				if en.effect != nil && en.effect.Kind == connect && en.dist <= 1 {
					return en.effect.What
				}
			}
		} else if e.fn != nil {
			for _, r := range p.factOf(e.fn).Effects {
				if r.Effect.Kind == connect && len(r.Chain) <= 1 {
					return r.Effect.What
				}
			}
		}
	}
	return ""
}

// sleepsIn reports whether something waits in a stretch of code, or in functions that
// it calls, some calls deep, for a time that they are told.
func (p *pkg) sleepsIn(x ast.Node, depth int) bool {
	found := false
	ast.Inspect(x, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || found {
			return !found
		}
		switch obj := p.info.Uses[id].(type) {
		case *types.Func:
			found = waits(obj)
			if n := p.byFn[obj.Origin()]; n != nil && depth > 0 && !found {
				found = takesDuration(n.sig) && p.sleepsIn(n.body, depth-1)
			}
		case *types.Var:
			// The channel of a timer or a ticker that was made before.
			ch, ok := under[*types.Chan](obj.Type())
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

func isNil(x ast.Expr) bool {
	id := identOf(x)
	return id != nil && id.Name == "nil"
}

// testsError returns EQL for a condition with err == nil in it, NEQ for err != nil.
func testsError(info *types.Info, cond ast.Expr) token.Token {
	result := token.ILLEGAL
	if cond == nil {
		return result
	}
	ast.Inspect(cond, func(x ast.Node) bool {
		if b, ok := x.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			other := b.X
			if isNil(b.X) {
				other = b.Y
			} else if !isNil(b.Y) {
				return true
			}
			if t := info.TypeOf(other); t != nil && isErrorType(t) {
				result = b.Op
			}
		}
		return true
	})
	return result
}

func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func leaves(block *ast.BlockStmt) bool {
	for _, stmt := range block.List {
		switch s := stmt.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			return s.Tok == token.BREAK || s.Tok == token.GOTO
		}
	}
	return false
}

// retryCalls finds connections inside the calls of a retry library, or of a helper
// of this package that calls a function until it works.
func (p *pkg) retryCalls(n *node) bool {
	found := false
	ast.Inspect(n.body, func(x ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok && n.lit != lit {
			return false
		}
		call, ok := x.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := roles.Callee(p.info, call)
		if fn == nil || fn.Pkg() == nil {
			return true
		}
		library := strings.Contains(fn.Pkg().Path(), "backoff") || strings.Contains(fn.Pkg().Path(), "retry")
		for i, arg := range call.Args {
			if !library && p.byFn[fn] == nil {
				break
			}
			within, at := n, ast.Node(arg)
			if c := p.byLit[p.literal(arg)]; c != nil {
				within, at = c, c.body
			}
			what := p.connectIn(within, at, always)
			if what != "" && (library || p.retries(fn, i)) && n.maskAt(call.Pos())&Retry == 0 {
				found = p.addSite(n, Retry, fn.Pkg().Name()+"."+fn.Name()+" around "+what, call.Pos(), call.End()) != nil || found
			}
		}
		return true
	})
	return found
}

// literal is the function literal that x is, or that the local variable x holds.
func (p *pkg) literal(x ast.Expr) *ast.FuncLit {
	if v := p.localVar(x); v != nil {
		x = p.finder.Value(v)
	}
	lit, _ := ast.Unparen(x).(*ast.FuncLit)
	return lit
}

// retries reports whether a function of this package calls its parameter i until that
// works, and waits in between.
func (p *pkg) retries(fn *types.Func, i int) bool {
	n := p.byFn[fn]
	if i >= n.sig.Params().Len() || !isFuncType(n.sig.Params().At(i).Type()) {
		return false
	}
	for _, loop := range n.loops {
		at := p.mention(loop, n.sig.Params().At(i))
		if at.IsValid() && p.sleepsIn(loop, 1) && p.leavesOnSuccess(loop) && !p.givesUp(loop, at) {
			return true
		}
	}
	return false
}

// mergeExits leaves one effect of a function that retries and then ends the process:
// it is one defect. The exits that belong to it are in the loop, and the first behind.
func (p *pkg) mergeExits() {
	for _, n := range p.nodes {
		for _, retry := range n.sites {
			if retry.effect.Kind != Retry {
				continue
			}
			end := retry.end
			if loop := innermost(n.loops, retry.pos); loop != nil && loop.Pos() == retry.pos {
				end = loop.End()
			}
			first := token.NoPos
			for _, s := range n.sites {
				if s.effect.Kind == Exit && s.pos >= end && (!first.IsValid() || s.pos < first) {
					first = s.pos
				}
			}
			n.sites = slices.DeleteFunc(slices.Clone(n.sites), func(s *site) bool {
				return s.effect.Kind == Exit && (s.pos == first || retry.pos <= s.pos && s.pos < end)
			})
		}
	}
}
