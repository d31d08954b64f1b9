package report

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"
)

// Doc returns the section "# Analyzer NAME" of the package comment of a rule's
// source, behind "NAME: ". The comment is the text of the rule's help and of its
// page; a source without it is a mistake in the rule.
func Doc(source string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil || f.Doc == nil {
		panic(fmt.Sprintf("source without a package comment: %v", err))
	}
	_, section, _ := strings.Cut(f.Doc.Text(), "# Analyzer "+f.Name.Name+"\n")
	_, doc, ok := strings.Cut(section, f.Name.Name+": ")
	if !ok {
		panic("package " + f.Name.Name + " has no heading # Analyzer " + f.Name.Name)
	}
	return strings.TrimSpace(doc)
}
