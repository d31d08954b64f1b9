package report

import (
	"go/ast"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Directives reads the //mcwflint: comments of a package, once for all rules.
var Directives = &analysis.Analyzer{
	Name:             "mcwdirectives",
	Doc:              "read //mcwflint: comments for the rules of mcwflint",
	URL:              "https://github.com/mediacloud/mcwflint",
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*DirectiveSet](),
	Run: func(pass *analysis.Pass) (any, error) {
		return ReadDirectives(pass.Fset, pass.Files), nil
	},
}

const (
	prefix = "//mcwflint:"
	ignore = "ignore"
)

// A Directive is one //mcwflint: comment.
type Directive struct {
	Pos, End token.Pos
	Name     string   // ignore, unless it is another's or a mistake
	Rules    []string // words, to those that do not ignore
	Reason   string
	Func     *ast.FuncDecl // whose comment it is in, or nil

	file     string
	from, to int // the lines it covers
}

// A DirectiveSet holds the directives of a package. It does not change.
type DirectiveSet struct {
	fset *token.FileSet
	All  []*Directive
}

// Match returns the directive that silences rule at pos, the nearest of several, or nil.
func (s *DirectiveSet) Match(rule string, pos token.Pos) *Directive {
	if len(s.All) == 0 || !pos.IsValid() {
		return nil
	}
	at := s.fset.Position(pos)
	var nearest *Directive
	for _, d := range s.All {
		if d.file == at.Filename && d.from <= at.Line && at.Line <= d.to && d.names(rule) && d.Reason != "" && (nearest == nil || nearest.from < d.from) {
			nearest = d
		}
	}
	return nearest
}

func (d *Directive) names(rule string) bool {
	return d.Name == ignore && slices.Contains(d.Rules, rule)
}

// ReadDirectives finds the directives in the files of a package.
func ReadDirectives(fset *token.FileSet, files []*ast.File) *DirectiveSet {
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
				if d.Func = docs[group]; d.Func != nil {
					d.to = fset.Position(d.Func.End()).Line
				}
				set.All = append(set.All, d)
			}
		}
	}
	return set
}

// parseDirective reads "//mcwflint:ignore rule, rule -- reason" and its like.
func parseDirective(text string) (*Directive, bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok {
		return nil, false
	}
	name := rest
	if i := strings.IndexAny(rest, " \t\r"); i >= 0 {
		name = rest[:i]
	}
	names, reason, _ := strings.Cut(rest[len(name):], "--")
	return &Directive{
		Name:   name,
		Rules:  strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune(" ,:\t\r", r) }),
		Reason: strings.TrimSpace(reason),
	}, true
}
