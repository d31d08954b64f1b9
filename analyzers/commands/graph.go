package commands

import (
	"go/token"
	"sort"
	"strings"
)

// A Graph is what the workflows of a program run.
type Graph struct {
	Nodes []GraphNode `json:"nodes"` // by kind and name
	Edges []GraphEdge `json:"edges"` // by their ends
}

// A GraphNode is a workflow, or what one runs.
type GraphNode struct {
	ID   string `json:"id"`   // "workflow Pay"
	Kind string `json:"kind"` // "workflow", "activity", "timer", "signal" and the like
	Name string `json:"name"` // "" for what has none, such as timers
	// Registered: the program registers it.
	Registered bool   `json:"registered"`
	Position   string `json:"position,omitempty"` // "file.go:12" of a workflow or activity whose code is here
	Signature  string `json:"signature,omitempty"`
}

// A GraphEdge says that a workflow runs something.
type GraphEdge struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Times is "once", "branch" for what runs on some ways only, and "loop" for what runs in a
	// loop.
	Times string `json:"times"`
	// Beside: it runs in a coroutine, a selector's function, or a handler.
	Beside   bool   `json:"beside,omitempty"`
	Position string `json:"position"`
}

// Graph draws the workflows of the program. place turns positions into text.
func (p *Program) Graph(place func(token.Pos) string) Graph {
	g := &grapher{p: p, place: place, nodes: make(map[string]GraphNode), edges: make(map[[2]string]GraphEdge)}
	for _, name := range p.Names() {
		w := p.Workflows[name]
		id := g.node("workflow", name)
		for _, it := range p.structure(w) {
			g.item(id, it, "once", false)
		}
	}
	for _, name := range sortedNames(p.Activities) {
		if p.Activities[name].Registered {
			g.node("activity", name)
		}
	}
	var out Graph
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
			n.Registered, n.Position, n.Signature = w.Registered, g.place(w.Pos), signature(w.Sig)
		}
	case "activity":
		if a := g.p.Activities[name]; a.Sig != nil {
			n.Registered, n.Position, n.Signature = a.Registered, g.place(a.Pos), signature(a.Sig)
		}
	}
	g.nodes[id] = n
	return id
}

// item draws a part of a workflow's structure.
func (g *grapher) item(from string, it item, times string, beside bool) {
	switch it.kind {
	case command:
		g.edge(from, it, times, beside)
	case loop:
		g.items(from, it.body, "loop", beside)
	case coroutine, callback:
		g.items(from, it.body, times, true)
	case choice:
		if times == "once" && !it.error {
			times = "branch"
		}
		for _, alt := range it.alts {
			g.items(from, alt.items, times, beside)
		}
	}
}

func (g *grapher) items(from string, items []item, times string, beside bool) {
	for _, it := range items {
		g.item(from, it, times, beside)
	}
}

// rank orders how often something runs.
var rank = map[string]int{"branch": 0, "once": 1, "loop": 2}

func (g *grapher) edge(from string, it item, times string, beside bool) {
	kind := it.text
	switch kind {
	case "child workflow":
		kind = "workflow"
	case "local activity":
		kind = "activity"
	}
	to := g.node(kind, it.name)
	key := [2]string{from, to}
	e, ok := g.edges[key]
	if !ok {
		e = GraphEdge{From: from, To: to, Times: times, Beside: beside, Position: g.place(it.pos)}
	} else if rank[times] > rank[e.Times] {
		e.Times = times
	}
	g.edges[key] = e
}
