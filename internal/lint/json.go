package lint

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/token"
	"io"

	"golang.org/x/tools/go/analysis"
)

// The form of go vet -json.
type (
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
	jsonDiagnostic struct {
		Category string        `json:"category,omitempty"`
		Posn     string        `json:"posn"`
		End      string        `json:"end"`
		Message  string        `json:"message"`
		URL      string        `json:"url,omitempty"`
		Fixes    []jsonFix     `json:"suggested_fixes,omitempty"`
		Related  []jsonRelated `json:"related,omitempty"`
	}
)

// PrintJSON writes what go vet -json writes: package, analyzer, diagnostics.
func (r *Report) PrintJSON(w io.Writer) error {
	tree := make(map[string]map[string][]jsonDiagnostic)
	for _, f := range r.Findings {
		if tree[f.Package] == nil {
			tree[f.Package] = make(map[string][]jsonDiagnostic)
		}
		tree[f.Package][f.Rule] = append(tree[f.Package][f.Rule], r.jsonDiagnostic(f))
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", data)
	return err
}

func (r *Report) jsonDiagnostic(f Finding) jsonDiagnostic {
	posn := func(pos, or token.Pos) string { return r.Fset.Position(cmp.Or(pos, or)).String() }
	d := f.Diagnostic
	out := jsonDiagnostic{Category: d.Category, Posn: f.Pos.String(), End: posn(d.End, d.Pos), Message: d.Message, URL: d.URL}
	for _, fix := range d.SuggestedFixes {
		out.Fixes = append(out.Fixes, jsonFix{fix.Message, r.jsonEdits(fix)})
	}
	for _, rel := range d.Related {
		out.Related = append(out.Related, jsonRelated{posn(rel.Pos, 0), posn(rel.End, rel.Pos), rel.Message})
	}
	return out
}

func (r *Report) jsonEdits(fix analysis.SuggestedFix) []jsonEdit {
	var edits []jsonEdit
	for _, e := range fix.TextEdits {
		start := r.Fset.Position(e.Pos)
		edits = append(edits, jsonEdit{start.Filename, start.Offset, r.Fset.Position(cmp.Or(e.End, e.Pos)).Offset, string(e.NewText)})
	}
	return edits
}
