package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// isHandler reports whether a function serves one request of an HTTP, RPC or Nexus
// server: by its parameters, or as a method of a type that embeds the generated
// UnimplementedXServer.
func (p *pkg) isHandler(n *node) bool {
	params := n.sig.Params()
	for i := range params.Len() {
		named, ok := types.Unalias(deref(params.At(i).Type())).(*types.Named)
		if !ok || named.Obj().Pkg() == nil {
			continue
		}
		switch path, name := named.Obj().Pkg().Path(), named.Obj().Name(); {
		case path == "net/http" && name == "ResponseWriter",
			path == "github.com/gin-gonic/gin" && name == "Context",
			strings.HasPrefix(path, "github.com/labstack/echo") && name == "Context",
			strings.HasPrefix(path, "github.com/gofiber/fiber") && (name == "Ctx"),
			path == "connectrpc.com/connect" && name == "Request",
			path == "google.golang.org/grpc" && (name == "UnaryServerInfo" || name == "StreamServerInfo"), // an interceptor's
			path == "github.com/nexus-rpc/sdk-go/nexus" && name == "StartOperationOptions":
			return true
		}
	}
	return n.fn != nil && params.Len() >= 1 && n.fn.Exported() && embedsServer(n.fn)
}

func embedsServer(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	server := unimplemented(recv.Type(), 3)
	if server == nil {
		return false
	}
	// Only what the service declares serves requests.
	obj, _, _ := types.LookupFieldOrMethod(server, true, fn.Pkg(), fn.Name())
	_, ok := obj.(*types.Func)
	return ok
}

// unimplemented is the UnimplementedXServer that a struct embeds, also within
// embedded structs some levels deep.
func unimplemented(t types.Type, depth int) types.Type {
	st, ok := structOf(t)
	if !ok || depth == 0 {
		return nil
	}
	for i := range st.NumFields() {
		f := st.Field(i)
		if !f.Embedded() {
			continue
		}
		if strings.HasPrefix(f.Name(), "Unimplemented") && strings.HasSuffix(f.Name(), "Server") {
			return f.Type()
		}
		if server := unimplemented(f.Type(), depth-1); server != nil {
			return server
		}
	}
	return nil
}

func (p *pkg) handlerName(n *node) string {
	if n.name != "" {
		return n.name
	}
	return p.pass.Pkg.Name() + "." + n.owner
}

// loopDials reports clients that are made for each piece of work: in a loop that
// is no start-up retry and fills no pool, with options that do not vary with what it
// loops over.
func (p *pkg) loopDials() {
	if p.pass.Pkg.Name() == "main" || p.testing {
		return
	}
	reported := make(map[string]bool)
	for _, c := range p.chains {
		reported[c.Effect.ID()] = true
	}
	for _, n := range p.nodes {
		if n.owner == "init" || sdk.IsWorkflowCode(sigOf(n)) {
			continue
		}
		add := func(c Chain, e edge) {
			loop := loopAround(n, c.Pos)
			if loop == nil || c.Call == nil || reported[c.Effect.ID()] || p.generatedAt(c.Pos) || p.leavesOnSuccess(loop) || p.collects(n, c.Call) {
				return
			}
			f := &optionFlow{p: p, id: c.Effect.ID(), seen: make(map[*node]map[*types.Var]bool)}
			vars := make(map[*types.Var]bool)
			if c.Here {
				p.variables(vars, c.Call)
			} else {
				f.behind(e, vars)
			}
			if p.varies(loop, vars) {
				return
			}
			reported[c.Effect.ID()] = true
			c.Kind, c.Root = Dial, LoopRoot
			p.chains = append(p.chains, c)
		}
		for _, s := range n.sites {
			if s.effect.Kind == Dial {
				add(Chain{Effect: &s.effect, Pos: s.pos, End: s.end, Hops: []string{n.owner}, Here: true, Call: s.call}, edge{})
			}
		}
		for _, e := range n.edges {
			if e.mask&Dial != 0 || loopAround(n, e.pos) == nil {
				continue
			}
			for _, r := range p.reachedBy(e) {
				if r.Effect.Kind == Dial {
					hops := append([]string{p.pass.Pkg.Name() + "." + n.owner}, r.Chain...)
					add(Chain{Effect: &r.Effect, Pos: e.pos, End: e.end, Hops: Display(hops), Call: e.call, Related: p.effectPos(&r.Effect)}, e)
				}
			}
		}
	}
}

// reachedBy is what the function that an edge leads to does, itself first.
func (p *pkg) reachedBy(e edge) []reached {
	name := ""
	var effects []reached
	if e.to != nil {
		name = e.to.name
		effects, _ = exportable(e.to.order)
	} else {
		name = hop(e.fn)
		effects = p.factOf(e.fn).Effects
	}
	all := make([]reached, len(effects))
	for i, r := range effects {
		all[i] = reached{r.Effect, cut(append([]string{name}, r.Chain...))}
	}
	return all
}

func sigOf(n *node) *types.Signature {
	if n.sig == nil {
		return new(types.Signature)
	}
	return n.sig
}

// loopAround is the innermost loop around a position of a function, or around the
// closure that it is, if that runs where it stands.
func loopAround(n *node, pos token.Pos) ast.Node {
	for ; n != nil; n = n.outer {
		if loop := innermost(n.loops, pos); loop != nil || !n.atOnce {
			return loop
		}
	}
	return nil
}

func innermost(loops []ast.Node, pos token.Pos) ast.Node {
	var best ast.Node
	for _, l := range loops {
		if l.Pos() <= pos && pos < l.End() && (best == nil || l.Pos() > best.Pos()) {
			best = l
		}
	}
	return best
}
