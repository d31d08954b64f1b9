// Package report builds every diagnostic of mcwflint: wording, category, URL and
// what silences it.
package report

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

const (
	// PageBase is the address of the rules' pages; a rule's name follows.
	PageBase = "https://github.com/mediacloud/mcwflint/blob/main/docs/rules/"
	pageExt  = ".md"
)

// URL is the address of a rule's page.
func URL(rule string) string { return PageBase + rule + pageExt }

// A Finding is what a rule reports.
type Finding struct {
	Pos, End token.Pos
	Message  string   // the symbol and the consequence
	Chain    []string // from the activity or workflow to the effect; may be empty
	At       string   // where the effect stands if not at Pos: "store.go:12"
	More     int      // how many more activities reach the effect
	// Workflows: what reaches the effect are workflows.
	Workflows bool
	Related   []analysis.RelatedInformation
	Fixes     []analysis.SuggestedFix

	// Roots are the activities and workflows that reach the effect, as far as this package
	// knows: "c:example.com/pkg.Type.Method".
	Roots []string

	// Convention: the finding is a matter of taste, which preset "recommended" leaves
	// out.
	Convention bool

	// Misses is what the finding says that nothing registers on the task queues of the
	// command, nil for queues that are not known.
	Misses string
	Queues []string

	// Stands is where the mend goes, if that is not Pos: the command line reports there.
	Stands Place
	// Effect names the effect in all packages that may report it; the command line
	// prints one finding an effect. Empty if there is no other place to report it.
	Effect string
	// Origin says where the effect stands and what it is, without file and line: it
	// stays the same when code moves. Empty if the effect is the finding.
	Origin string
}

// A Place is a position that need not be in a file that is loaded.
type Place struct {
	Pkg       string // path
	File      string // base name
	Line, Col int
}

// PlaceOf is the place of a position in the package with a path, as package keys gives it.
func PlaceOf(pass *analysis.Pass, path string, pos token.Pos) Place {
	at := pass.Fset.Position(pos)
	return Place{path, filepath.Base(at.Filename), at.Line, at.Column}
}

// Short is the file and the line, for people.
func (p Place) Short() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// ID names the place in every package that sees it.
func (p Place) ID() string { return fmt.Sprintf("%s/%s:%d:%d", p.Pkg, p.File, p.Line, p.Col) }

// Put sets where a finding is reported, which is not where it stands if that is elsewhere, in
// another package. It reports whether there is such a position.
func (f *Finding) Put(pos token.Pos, at Place, elsewhere bool) bool {
	f.Pos, f.End = pos, pos
	if elsewhere {
		f.Stands, f.At = at, at.Short()
	}
	return pos.IsValid()
}

// Text is the message of the diagnostic, chain included: some drivers show
// nothing else.
func (f Finding) Text() string {
	var notes []string
	if len(f.Chain) > 0 || f.At != "" {
		notes = append(notes, strings.Join(f.Chain, " -> "))
	}
	if f.At != "" {
		notes[0] = strings.TrimSpace(notes[0] + " at " + f.At)
	}
	if f.More > 0 {
		notes = append(notes, f.MoreText())
	}
	if len(notes) == 0 {
		return f.Message
	}
	return f.Message + " (" + strings.Join(notes, "; ") + ")"
}

// MoreText says how many more activities, or workflows, reach the effect.
func (f Finding) MoreText() string {
	one, many := "activity", "activities"
	if f.Workflows {
		one, many = "workflow", "workflows"
	}
	if f.More == 1 {
		return "1 more " + one + " reaches it"
	}
	return fmt.Sprintf("%d more %s reach it", f.More, many)
}

// A Result is what a rule's analyzer returns: the findings that became
// diagnostics, in the order of the diagnostics. Drivers of others ignore it.
type Result struct {
	Findings []Finding
	// Registers are what a command registers. Another command's finding that misses it is
	// none, if both are looked at.
	Registers []Registered
}

// Registered is what a command serves on one of its task queues.
type Registered struct {
	Queue string // "" if it is not known
	What  string // "activity Charge", "activity *" for any
}

// ResultType is the ResultType of every rule.
var ResultType = reflect.TypeFor[*Result]()

// A Reporter reports for one rule and one package.
type Reporter struct {
	pass   *analysis.Pass
	rule   string
	set    *DirectiveSet
	used   map[*Directive]bool
	result Result
}

// New returns the reporter of the pass's analyzer, which is a rule.
func New(pass *analysis.Pass) *Reporter {
	return &Reporter{
		pass: pass,
		rule: pass.Analyzer.Name,
		set:  pass.ResultOf[Directives].(*DirectiveSet),
	}
}

// Rule is the name of the rule.
func (r *Reporter) Rule() string { return r.rule }

// Registers notes what the command that is looked at registers.
func (r *Reporter) Registers(what Registered) {
	r.result.Registers = append(r.result.Registers, what)
}

// Use counts a directive as used: it silenced something before it could become
// a finding.
func (r *Reporter) Use(d *Directive) {
	if r.used == nil {
		r.used = make(map[*Directive]bool) // few packages have a directive
	}
	r.used[d] = true
}

// Silenced reports whether a directive silences the rule at pos, and counts it as used.
func (r *Reporter) Silenced(pos token.Pos) bool {
	d := r.set.Match(r.rule, pos)
	if d != nil {
		r.Use(d)
	}
	return d != nil
}

// Report reports a finding unless a directive silences it, or it stands in a
// generated file, which nobody mends by hand.
func (r *Reporter) Report(f Finding) {
	if r.generated(f.Pos) || r.Silenced(f.Pos) {
		return
	}
	if f.End < f.Pos {
		f.End = f.Pos
	}
	f = f.printable()
	f.Fixes = r.applicable(f.Fixes)
	r.result.Findings = append(r.result.Findings, f)
	r.pass.Report(analysis.Diagnostic{
		Pos:            f.Pos,
		End:            f.End,
		Category:       r.rule,
		Message:        f.Text(),
		URL:            URL(r.rule),
		SuggestedFixes: f.Fixes,
		Related:        f.Related,
	})
}

// applicable returns the fixes whose edits are all in files that somebody wrote: what
// cgo made of a file has other offsets.
func (r *Reporter) applicable(fixes []analysis.SuggestedFix) []analysis.SuggestedFix {
	return slices.DeleteFunc(fixes, func(fix analysis.SuggestedFix) bool {
		return slices.ContainsFunc(fix.TextEdits, func(edit analysis.TextEdit) bool {
			return r.pass.Fset.File(edit.Pos).Name() != r.pass.Fset.Position(edit.Pos).Filename
		})
	})
}

func (r *Reporter) generated(pos token.Pos) bool {
	for _, f := range r.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return IsGenerated(f, r.pass.Fset.Position(f.Package).Filename)
		}
	}
	return false
}

// cgoHeader is above what cgo made of a file that somebody wrote, which is all that a
// pass has of it; the file's own header follows, if it has one.
const cgoHeader = "// Code generated by cmd/cgo; DO NOT EDIT."

// IsGenerated also knows the generators that forget the comment.
func IsGenerated(f *ast.File, name string) bool {
	for _, suffix := range []string{"_gen.go", ".gen.go", ".pb.go"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	if !ast.IsGenerated(f) {
		return false
	}
	rest := *f
	rest.Comments = slices.DeleteFunc(slices.Clone(f.Comments), func(group *ast.CommentGroup) bool {
		return group.Pos() < f.Package && group.List[0].Text == cgoHeader
	})
	return ast.IsGenerated(&rest)
}

// inert are the generators whose code does nothing that a rule looks for: it carries values, or hands
// them to a library.
var inert = regexp.MustCompile(`^// Code generated by (?:ent|protoc-gen-go|protoc-gen-gogo|protoc-gen-gofast|protoc-gen-go-vtproto|protoc-gen-validate|MockGen|mockery|counterfeiter|stringer|"stringer|deepcopy-gen|controller-gen|easyjson)\b[,. "]`)

// models is what OpenAPI Generator writes about types; its clients send requests.
const models = "Code generated by OpenAPI Generator"

// IsInert reports whether a file is of such a generator: its functions need not be read.
func IsInert(f *ast.File, name string) bool {
	isModel := strings.HasPrefix(filepath.Base(name), "model_")
	for _, group := range f.Comments {
		if group.Pos() > f.Package {
			break
		}
		if isModel && strings.Contains(group.Text(), models) || slices.ContainsFunc(group.List, func(c *ast.Comment) bool { return inert.MatchString(c.Text) }) {
			return true
		}
	}
	return false
}

// Done reports the directives outside tests and generated files that silenced nothing
// and returns the analyzer's result.
func (r *Reporter) Done() (any, error) {
	for _, d := range r.set.All {
		if d.names(r.rule) && d.Reason != "" && !r.used[d] && !strings.HasSuffix(d.file, "_test.go") && !r.generated(d.Pos) {
			f := Finding{Pos: d.Pos, End: d.End, Message: fmt.Sprintf("unused directive: %s reports nothing here", r.rule)}
			r.result.Findings = append(r.result.Findings, f)
			r.pass.Report(analysis.Diagnostic{Pos: f.Pos, End: f.End, Category: r.rule, Message: f.Message, URL: URL(r.rule)})
		}
	}
	return &r.result, nil
}
