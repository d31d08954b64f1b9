package lint

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

// NewReport is the outcome of something else than rules on packages.
func NewReport(fset *token.FileSet, pkgs []*packages.Package) *Report {
	r := &Report{Fset: fset, Packages: len(pkgs), own: make(map[string]bool), registered: make(map[analyzers.Registered]bool)}
	for _, pkg := range pkgs {
		for _, name := range pkg.GoFiles {
			r.own[name] = true
		}
	}
	return r
}

// Add adds a finding at a position of a package, with what fixes it.
func (r *Report) Add(rule, pkg string, pos token.Pos, message string, fixes []analysis.SuggestedFix) {
	place := message
	if i := strings.IndexByte(message, ':'); i > 0 {
		place = message[:i]
	}
	r.Findings = append(r.Findings, Finding{
		Rule: rule, Package: pkg, Pos: r.Fset.Position(pos), End: r.Fset.Position(pos),
		Diagnostic: analysis.Diagnostic{Pos: pos, End: pos, Category: rule, Message: message, URL: analyzers.URL(rule), SuggestedFixes: fixes},
		Detail:     analyzers.Finding{Message: message},
		place:      pkg + "." + place,
	})
}

// Finish sorts the findings and gives them fingerprints.
func (r *Report) Finish() {
	r.sort()
	r.fingerprint()
}
