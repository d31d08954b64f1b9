package clients

import (
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// isHandler reports whether a function serves one request of an HTTP, RPC or Nexus
// server: by its parameters, or as a method of a type that embeds the generated
// UnimplementedXServer.
func (p *reader) isHandler(n *callgraph.Node) bool {
	params := n.Sig.Params()
	for i := range params.Len() {
		named, ok := types.Unalias(syntax.Deref(params.At(i).Type())).(*types.Named)
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
	return n.Fn != nil && params.Len() >= 1 && n.Fn.Exported() && embedsServer(n.Fn)
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
	st, ok := syntax.StructOf(t)
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

// handlers are the roots that serve requests.
func (p *reader) handlers() []*callgraph.Root {
	var roots []*callgraph.Root
	for _, n := range p.Nodes {
		if n.Sig != nil && (n.Fn == nil || !sdk.IsWorkflowCode(n.Sig)) && p.isHandler(n) {
			r := p.NodeRoot(n, facts.HandlerRoot)
			r.OnlyEffects()
			roots = append(roots, r)
		}
	}
	return roots
}
