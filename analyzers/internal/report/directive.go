package report

import (
	"go/ast"
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Directives reads the //mcwflint:ignore comments of a package, once for all rules.
var Directives = &analysis.Analyzer{
	Name:             "mcwdirectives",
	Doc:              "read //mcwflint:ignore comments for the rules of mcwflint",
	URL:              "https://github.com/mediacloud/mcwflint",
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*DirectiveSet](),
	Run: func(pass *analysis.Pass) (any, error) {
		return parseDirectives(pass.Fset, pass.Files), nil
	},
}

const ignorePrefix = "//mcwflint:ignore"

// A Directive is one //mcwflint:ignore comment.
type Directive struct {
	Pos, End token.Pos
	Rules    []string
	Reason   string

	file     string
	from, to int // the lines it covers
}

// A DirectiveSet holds the directives of a package. It does not change.
type DirectiveSet struct {
	fset *token.FileSet
	All  []*Directive
}

// Match returns the directive that silences rule at pos, or nil.
func (s *DirectiveSet) Match(rule string, pos token.Pos) *Directive {
	if len(s.All) == 0 || !pos.IsValid() {
		return nil
	}
	at := s.fset.Position(pos)
	for _, d := range s.All {
		if d.file == at.Filename && d.from <= at.Line && at.Line <= d.to && d.names(rule) && d.Reason != "" {
			return d
		}
	}
	return nil
}

func (d *Directive) names(rule string) bool {
	for _, r := range d.Rules {
		if r == rule {
			return true
		}
	}
	return false
}

func parseDirectives(fset *token.FileSet, files []*ast.File) *DirectiveSet {
	set := &DirectiveSet{fset: fset}
	for _, file := range files {
		docs := make(map[*ast.CommentGroup]*ast.FuncDecl)
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Doc != nil {
				docs[fn.Doc] = fn
			}
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				d, ok := parseDirective(c.Text)
				if !ok {
					continue
				}
				d.Pos, d.End = c.Pos(), c.End()
				at := fset.Position(c.Pos())
				d.file, d.from, d.to = at.Filename, at.Line, at.Line+1
				if fn := docs[group]; fn != nil {
					d.to = fset.Position(fn.End()).Line
				}
				set.All = append(set.All, d)
			}
		}
	}
	return set
}

// parseDirective reads "//mcwflint:ignore rule, rule -- reason".
func parseDirective(text string) (*Directive, bool) {
	rest, ok := strings.CutPrefix(text, ignorePrefix)
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return nil, false
	}
	names, reason, _ := strings.Cut(rest, "--")
	return &Directive{
		Rules:  strings.FieldsFunc(names, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\r' }),
		Reason: strings.TrimSpace(reason),
	}, true
}
