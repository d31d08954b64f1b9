package implnaming

import (
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// rename renames an object of this package everywhere, or returns nil if that cannot
// be done from here: something outside may use it, or the name is taken.
func (c *checker) rename(obj types.Object, name string) []analysis.SuggestedFix {
	if obj.Exported() && c.pass.Pkg.Name() != "main" || c.pass.Pkg.Scope().Lookup(name) != nil || !c.give(obj, name) || c.usedUnseen(obj) {
		return nil
	}
	var edits []analysis.TextEdit
	for id, def := range c.pass.TypesInfo.Defs {
		if v, ok := def.(*types.Var); ok && v.Embedded() && id.Name == obj.Name() {
			return nil // the field has the name as well
		}
		if def == obj {
			edits = append(edits, analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte(name)})
		}
	}
	for id, use := range c.pass.TypesInfo.Uses {
		if use != obj {
			continue
		}
		if scope := c.pass.Pkg.Scope().Innermost(id.Pos()); scope != nil {
			if _, other := scope.LookupParent(name, id.Pos()); other != nil {
				return nil // something nearer has the new name
			}
		}
		if file := c.file(id.Pos()); file == nil || report.IsGenerated(file, c.pass.Fset.File(id.Pos()).Name()) {
			return nil
		}
		edits = append(edits, analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte(name)})
	}
	sort.Slice(edits, func(i, j int) bool { return edits[i].Pos < edits[j].Pos })
	return []analysis.SuggestedFix{{Message: "rename it to " + name, TextEdits: edits}}
}

// usedUnseen reports whether a file next to the object's that is not part of the pass,
// a test or what another platform builds, mentions it: a rename from here would break
// that.
func (c *checker) usedUnseen(obj types.Object) bool {
	have := make(map[string]bool)
	for _, f := range c.pass.Files {
		have[c.pass.Fset.File(f.FileStart).Name()] = true
	}
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(obj.Name()) + `\b`)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(c.pass.Fset.Position(obj.Pos()).Filename), "*.go"))
	if err != nil {
		return true
	}
	for _, name := range files {
		if have[name] {
			continue
		}
		if text, err := os.ReadFile(name); err != nil || word.Match(text) {
			return true
		}
	}
	return false
}
