// Package graph draws what the workflows of a program run.
package graph

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/commands"
)

// Formats are the forms of a graph.
var Formats = []string{"mermaid", "dot", "json", "html"}

// From leaves in a graph what can be reached from a node, by its name or id. It reports false if
// there is no such node.
func From(g commands.Graph, root string, depth int) (commands.Graph, bool) {
	reached := make(map[string]int)
	var queue []string
	for _, n := range g.Nodes {
		if n.Name == root || n.ID == root {
			reached[n.ID] = 0
			queue = append(queue, n.ID)
		}
	}
	if len(queue) == 0 {
		return g, false
	}
	out := commands.Graph{Nodes: []commands.GraphNode{}, Edges: []commands.GraphEdge{}}
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		if depth > 0 && reached[from] >= depth {
			continue
		}
		for _, e := range g.Edges {
			if e.From != from {
				continue
			}
			out.Edges = append(out.Edges, e)
			if _, ok := reached[e.To]; !ok {
				reached[e.To] = reached[from] + 1
				queue = append(queue, e.To)
			}
		}
	}
	for _, n := range g.Nodes {
		if _, ok := reached[n.ID]; ok {
			out.Nodes = append(out.Nodes, n)
		}
	}
	return out, true
}

// In leaves in a graph what is in a package, and what has no package that its workflows run. It
// reports false if nothing is in the package.
func In(g commands.Graph, path string) (commands.Graph, bool) {
	out := commands.Graph{Nodes: []commands.GraphNode{}, Edges: []commands.GraphEdge{}}
	inside, near := make(map[string]bool), make(map[string]bool)
	for _, n := range g.Nodes {
		inside[n.ID] = n.Package == path
		near[n.ID] = n.Package == ""
	}
	keep := make(map[string]bool)
	for _, e := range g.Edges {
		if inside[e.From] && (inside[e.To] || near[e.To]) || near[e.From] && inside[e.To] {
			keep[e.From], keep[e.To] = true, true
			out.Edges = append(out.Edges, e)
		}
	}
	found := false
	for _, n := range g.Nodes {
		if inside[n.ID] || keep[n.ID] {
			found = found || inside[n.ID]
			out.Nodes = append(out.Nodes, n)
		}
	}
	return out, found
}

// WithoutWorkers leaves out workers: they have an edge to all that they register.
func WithoutWorkers(g commands.Graph) commands.Graph {
	worker := make(map[string]bool)
	out := commands.Graph{Nodes: []commands.GraphNode{}, Edges: []commands.GraphEdge{}}
	for _, n := range g.Nodes {
		if worker[n.ID] = n.Kind == "worker"; !worker[n.ID] {
			out.Nodes = append(out.Nodes, n)
		}
	}
	for _, e := range g.Edges {
		if !worker[e.From] {
			out.Edges = append(out.Edges, e)
		}
	}
	return out
}

// Print writes a graph. A page has a title.
func Print(w io.Writer, g commands.Graph, format, title string) error {
	switch format {
	case "html":
		return page(w, g, title)
	case "dot":
		return dot(w, g)
	case "json":
		data, err := json.MarshalIndent(g, "", "  ")
		if err == nil {
			_, err = w.Write(append(data, '\n'))
		}
		return err
	}
	return mermaid(w, g)
}

// label is what a node is called.
func label(n commands.GraphNode) string {
	if n.Name == "" {
		return n.Kind
	}
	if n.Kind == "workflow" || n.Kind == "activity" {
		return n.Name
	}
	if len(n.Queues) > 0 {
		return n.Kind + " " + n.Name + " on " + strings.Join(n.Queues, ", ")
	}
	return n.Kind + " " + n.Name
}

// escape keeps names of the program from ending a label.
var escape = strings.NewReplacer(`"`, "#quot;", "\n", " ", "\r", " ", "<", "#lt;", ">", "#gt;")

// mermaid writes what GitHub shows: workflows as boxes with round corners, activities as boxes.
func mermaid(w io.Writer, g commands.Graph) error {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	index := make(map[string]int)
	for i, n := range g.Nodes {
		index[n.ID] = i
		left, right := `["`, `"]`
		switch n.Kind {
		case "workflow":
			left, right = `(["`, `"])`
		case "activity":
		default:
			left, right = `{{"`, `"}}`
		}
		fmt.Fprintf(&b, "  n%d%s%s%s\n", i, left, escape.Replace(label(n)), right)
	}
	bad := ""
	for i, n := range g.Nodes {
		if len(n.Findings) > 0 {
			bad += fmt.Sprintf(",n%d", i)
		}
	}
	for _, e := range g.Edges {
		arrow := "-->"
		if e.Beside {
			arrow = "-.->"
		}
		text := ""
		if e.Times != "once" {
			text = "|" + e.Times + "|"
		}
		fmt.Fprintf(&b, "  n%d %s%s n%d\n", index[e.From], arrow, text, index[e.To])
	}
	if bad != "" {
		fmt.Fprintf(&b, "  classDef finding stroke:#cf222e,stroke-width:3px\n  class %s finding\n", bad[1:])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// dot writes the language of Graphviz.
func dot(w io.Writer, g commands.Graph) error {
	var b strings.Builder
	b.WriteString("digraph workflows {\n\trankdir=LR;\n\tnode [shape=box];\n")
	for _, n := range g.Nodes {
		style := ""
		if n.Kind == "workflow" {
			style = ", style=rounded"
		} else if n.Kind != "activity" {
			style = ", shape=hexagon"
		}
		if len(n.Findings) > 0 {
			style += ", color=red, penwidth=3"
		}
		fmt.Fprintf(&b, "\t%q [label=%q%s];\n", n.ID, label(n), style)
	}
	for _, e := range g.Edges {
		var attributes []string
		if e.Times != "once" {
			attributes = append(attributes, fmt.Sprintf("label=%q", e.Times))
		}
		if e.Beside {
			attributes = append(attributes, "style=dashed")
		}
		fmt.Fprintf(&b, "\t%q -> %q", e.From, e.To)
		if len(attributes) > 0 {
			b.WriteString(" [" + strings.Join(attributes, ", ") + "]")
		}
		b.WriteString(";\n")
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}
