package commands

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
)

// A Graph is what the workflows of a program run.
type Graph struct {
	Nodes []GraphNode `json:"nodes"` // by kind and name
	Edges []GraphEdge `json:"edges"` // by their ends
}

// A GraphNode is a workflow, what one runs, what starts one, or a worker.
type GraphNode struct {
	ID   string `json:"id"`   // "workflow Pay"
	Kind string `json:"kind"` // "workflow", "activity", "timer", "signal", "client", "worker" and the like
	Name string `json:"name"` // "" for what has none, such as timers
	// Registered: the program registers it.
	Registered bool   `json:"registered"`
	Position   string `json:"position,omitempty"` // "file.go:12" of a workflow or activity whose code is here
	Package    string `json:"package,omitempty"`  // the path of its package
	Signature  string `json:"signature,omitempty"`
	// Queues are the task queues of a worker, if they are constant.
	Queues []string `json:"queues,omitempty"`
	// Findings are what is wrong with what it does, if that was asked for.
	Findings []GraphFinding `json:"findings,omitempty"`

	key string // of the function
}

// A GraphFinding is a finding of a rule.
type GraphFinding struct {
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Position string `json:"position"` // as that of a node
}

// A GraphEdge says that a workflow runs something, that something starts or reaches a workflow, or
// that a worker registers it.
type GraphEdge struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Times is "once", "branch" for what runs on some ways only, "up to 3" for what runs in a loop
	// of constant bounds, and "loop" for what runs in another.
	Times string `json:"times"`
	// Beside: it runs in a coroutine, a selector's function, or a handler.
	Beside bool `json:"beside,omitempty"`
	// Options are those that say how it is run, as they stand in the program.
	Options  string `json:"options,omitempty"`
	Position string `json:"position,omitempty"` // as that of a node; a worker's registrations have none
}

// Graph draws the workflows of the program. place turns positions into text.
func (p *Program) Graph(place func(token.Pos) string) Graph {
	g := &grapher{p: p, place: place, nodes: make(map[string]GraphNode), edges: make(map[[2]string]GraphEdge)}
	for _, name := range p.Names() {
		w := p.Workflows[name]
		id := g.node("workflow", name)
		items, answers := p.read(w)
		for _, it := range items {
			g.item(id, it, "once", false)
		}
		for _, it := range answers {
			g.link(g.node(it.Text, it.Name), id, GraphEdge{Times: "once", Position: g.place(it.Pos)})
		}
	}
	g.around()
	for _, name := range slices.Sorted(maps.Keys(p.Activities)) {
		if p.Activities[name].Registered {
			g.node("activity", name)
		}
	}
	out := Graph{Nodes: []GraphNode{}, Edges: []GraphEdge{}}
	for _, n := range g.nodes {
		out.Nodes = append(out.Nodes, n)
	}
	sort.Slice(out.Nodes, func(i, j int) bool { return out.Nodes[i].ID < out.Nodes[j].ID })
	for _, e := range g.edges {
		out.Edges = append(out.Edges, e)
	}
	sort.Slice(out.Edges, func(i, j int) bool {
		a, b := out.Edges[i], out.Edges[j]
		if a.From != b.From {
			return a.From < b.From
		}
		return a.To < b.To
	})
	return out
}

// Find adds a finding to the workflows and activities that reach it, by their keys, and to that in
// whose code it stands.
func (g *Graph) Find(p *Program, at token.Position, roots []string, f GraphFinding) {
	here := ""
	if f := p.functionAt(at); f != nil {
		here = f.key
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.key != "" && (n.key == here || slices.Contains(roots, "c:"+n.key)) && !slices.Contains(n.Findings, f) {
			n.Findings = append(n.Findings, f)
		}
	}
}

// functionAt is the function around a position, or nil.
func (p *Program) functionAt(at token.Position) *function {
	for _, f := range p.inFile[at.Filename] {
		if p.Fset.Position(f.decl.Pos()).Line <= at.Line && at.Line <= p.Fset.Position(f.decl.End()).Line {
			return f
		}
	}
	return nil
}

type grapher struct {
	p     *Program
	place func(token.Pos) string
	nodes map[string]GraphNode
	edges map[[2]string]GraphEdge
}

func (g *grapher) node(kind, name string) string {
	id := strings.TrimSpace(kind + " " + name)
	if _, ok := g.nodes[id]; ok {
		return id
	}
	n := GraphNode{ID: id, Kind: kind, Name: name}
	switch kind {
	case "workflow":
		if w := g.p.Workflows[name]; w != nil {
			n.Registered, n.Position, n.Signature = w.Registered, g.place(w.Pos), names.Signature(w.Sig)
			if w.fn != nil {
				n.Package, n.key = w.fn.pkg.Path(), w.fn.key
			}
		}
	case "activity":
		if a := g.p.Activities[name]; a.Sig != nil {
			n.Registered, n.Position, n.Signature = a.Registered, g.place(a.Pos), names.Signature(a.Sig)
			n.Package, n.key = a.pkg, a.key
		}
	}
	g.nodes[id] = n
	return id
}

// item draws a part of a workflow's structure.
func (g *grapher) item(from string, it structure.Item, times string, beside bool) {
	switch it.Kind {
	case structure.Command:
		g.edge(from, it, times, beside)
	case structure.Loop:
		if times == "once" && it.Turns > 0 {
			times = fmt.Sprintf("up to %d", it.Turns)
		} else {
			times = "loop"
		}
		g.items(from, it.Body, times, beside)
	case structure.Coroutine, structure.Callback:
		g.items(from, it.Body, times, true)
	case structure.Choice:
		if times == "once" && !it.Error {
			times = "branch"
		}
		for _, alt := range it.Alts {
			g.items(from, alt.Items, times, beside)
		}
	}
}

func (g *grapher) items(from string, items []structure.Item, times string, beside bool) {
	for _, it := range items {
		g.item(from, it, times, beside)
	}
}

// rank orders how often something runs.
func rank(times string) int {
	switch times {
	case "branch":
		return 0
	case "once":
		return 1
	case "loop":
		return 3
	}
	return 2
}

func (g *grapher) edge(from string, it structure.Item, times string, beside bool) {
	kind := it.Text
	switch kind {
	case "child workflow":
		kind = "workflow"
	case "local activity":
		kind = "activity"
	}
	to := g.node(kind, it.Name)
	key := [2]string{from, to}
	e, ok := g.edges[key]
	if !ok {
		e = GraphEdge{From: from, To: to, Times: times, Beside: beside, Options: it.Options, Position: g.place(it.Pos)}
	} else if rank(times) > rank(e.Times) {
		e.Times = times
	}
	g.edges[key] = e
}
