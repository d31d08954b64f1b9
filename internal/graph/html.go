package graph

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html"
	"io"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/commands"
)

var (
	//go:embed assets/graph.html
	template string
	// Cytoscape.js draws; its extension lays out with dagre. Both under the MIT licence, see
	// assets/LICENCES.
	//
	//go:embed assets/cytoscape.min.js
	cytoscape string
	//go:embed assets/cytoscape-dagre.min.js
	dagre string
)

// page writes a page that needs nothing else: the graph as data, and what draws it.
func page(w io.Writer, g commands.Graph, title string) error {
	// The encoder escapes <, > and &, so that no name of the program ends the script.
	var data bytes.Buffer
	if err := json.NewEncoder(&data).Encode(g); err != nil {
		return err
	}
	_, err := strings.NewReplacer("{{.Title}}", html.EscapeString(title), "{{.Data}}", data.String(), "{{.Cytoscape}}", cytoscape, "{{.Dagre}}", dagre).WriteString(w, template)
	return err
}
