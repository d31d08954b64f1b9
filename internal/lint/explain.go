package lint

import (
	"fmt"
	"io"

	"github.com/mediacloud/mcwflint/analyzers"
)

// Explain writes what is known of every function whose name, as "path/to/pkg.Func"
// or "path/to/pkg.Type.Method", ends in name, and of the packages whose path does:
// roles, effects, open calls and what they may run. It reports whether there is
// any.
func (r *Report) Explain(w io.Writer, name string) bool {
	found := false
	seen := make(map[string]bool)
	for _, act := range r.graph.Roots {
		if act.Analyzer != analyzers.Program {
			continue
		}
		for _, text := range analyzers.Explain(act.Result, name) {
			if !seen[text] {
				seen[text] = true
				fmt.Fprint(w, text)
				found = true
			}
		}
	}
	return found
}
