package commands

import (
	"go/ast"
	"go/token"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis/checker"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A start is a place outside of workflow code that starts a workflow.
type start struct {
	kind string // "client" or "schedule"
	pkg  string
	pos  token.Pos
	name string // of the workflow, if it is constant
	key  string // of its function, if that is known
}

// A worker is a command that registers workflows and activities, on one worker or several.
type worker struct {
	pkg        string
	queues     []string
	registered []names.Registered
}

// addAround notes what starts workflows, and what runs them.
func (p *Program) addAround(act *checker.Action, result *names.Result) {
	pkg := act.Package.PkgPath
	if r := result.Program; r != nil && len(r.Registered) > 0 {
		p.workers = append(p.workers, worker{pkg, r.Queues, r.Registered})
	}
	for i := range result.Calls {
		c := &result.Calls[i]
		if c.Test || c.Kind != sdk.ExecuteWorkflow {
			continue
		}
		s := start{kind: "client", pkg: pkg, pos: c.Node.Pos(), name: c.Named}
		if c.Fn != nil {
			s.key, s.name = keys.Func(c.Fn), c.Fn.Name()
		}
		switch n := c.Node.(type) {
		case *ast.CompositeLit:
			s.kind = "schedule"
		case *ast.CallExpr:
			fn := syntax.Callee(act.Package.TypesInfo, n)
			if fn != nil && (sdk.Invokes(fn) || sdk.ContinuesAsNew(fn)) {
				continue // by a workflow
			}
		}
		if s.name != "" {
			p.starts = append(p.starts, s)
		}
	}
}

// around draws what starts workflows, and the workers.
func (g *grapher) around() {
	sort.Slice(g.p.starts, func(i, j int) bool { return g.p.starts[i].pos < g.p.starts[j].pos })
	for _, s := range g.p.starts {
		f := g.p.functionAt(g.p.Fset.Position(s.pos))
		if f != nil && sdk.IsWorkflowCode(f.fn.Signature()) {
			continue
		}
		if alias := g.p.aliases[s.key]; s.key != "" && alias != "" {
			s.name = alias
		}
		g.link(g.starter(s, f), g.node("workflow", s.name), GraphEdge{Times: "once", Position: g.place(s.pos)})
	}
	sort.Slice(g.p.workers, func(i, j int) bool { return g.p.workers[i].pkg < g.p.workers[j].pkg })
	for _, w := range g.p.workers {
		for _, r := range w.registered {
			n := GraphNode{Kind: "worker", Name: path.Base(w.pkg), Package: w.pkg, Registered: true, Queues: w.queues}
			if r.Queue != "" {
				n.Queues = []string{r.Queue}
			}
			from := g.outside(n)
			kind := "activity"
			if r.Workflow {
				kind = "workflow"
			}
			g.link(from, g.node(kind, r.Name), GraphEdge{Times: "once", Beside: true})
		}
	}
}

// starter is what starts a workflow: the activity that does, or a function of the program.
func (g *grapher) starter(s start, f *function) string {
	n := GraphNode{Kind: s.kind, Name: path.Base(s.pkg), Package: s.pkg, Registered: true}
	if f == nil {
		return g.outside(n)
	}
	for _, name := range slices.Sorted(maps.Keys(g.p.Activities)) {
		if g.p.Activities[name].key == f.key {
			return g.node("activity", name)
		}
	}
	n.Name += "." + keys.Owner(f.fn)
	n.Position, n.Signature, n.key = g.place(f.decl.Name.Pos()), names.Signature(f.fn.Signature()), f.key
	return g.outside(n)
}

// outside adds a node of a package, whose name another package may have as well.
func (g *grapher) outside(n GraphNode) string {
	n.ID = strings.Join(append([]string{n.Kind, n.Package, n.Name}, n.Queues...), " ")
	g.nodes[n.ID] = n
	return n.ID
}

// link adds an edge if there is none.
func (g *grapher) link(from, to string, e GraphEdge) {
	e.From, e.To = from, to
	if _, ok := g.edges[[2]string{from, to}]; !ok {
		g.edges[[2]string{from, to}] = e
	}
}
