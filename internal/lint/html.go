package lint

import (
	_ "embed"
	"html/template"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/load"
)

//go:embed report.html
var reportText string

var reportPage = template.Must(template.New("report").Parse(reportText))

// What the page shows.
type (
	htmlRule struct {
		Name, Title, URL string
		Findings         []htmlFinding
	}
	htmlFinding struct {
		Severity, Message, Position, Package, At, More, Mend string
		Chain, Related                                       []string
		Code                                                 []htmlLine
	}
	htmlLine struct {
		Number int
		Text   string
		Marked bool
	}
)

// PrintHTML writes the findings, conventions included, as a page that needs nothing else: by rule,
// with the code around them, the chain of calls and what mends them.
func (r *Report) PrintHTML(w io.Writer) error {
	page := struct {
		Summary  string
		Skipped  []load.Skipped
		Packages []string
		Rules    []*htmlRule
	}{Summary: r.Summary(), Skipped: r.Skipped}
	byName := make(map[string]*htmlRule)
	sources := make(map[string][]string)
	for i := range r.Findings {
		f := &r.Findings[i]
		rule := byName[f.Rule]
		if rule == nil {
			a := analyzers.Lookup(f.Rule).Analyzer
			title, _, _ := strings.Cut(a.Doc, "\n")
			rule = &htmlRule{Name: f.Rule, Title: title, URL: a.URL}
			byName[f.Rule] = rule
			page.Rules = append(page.Rules, rule)
		}
		pkg, _, _ := strings.Cut(f.Package, " ")
		page.Packages = append(page.Packages, pkg)
		rule.Findings = append(rule.Findings, r.htmlFinding(f, pkg, sources))
	}
	slices.SortFunc(page.Rules, func(a, b *htmlRule) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(page.Packages)
	page.Packages = slices.Compact(page.Packages)
	return reportPage.Execute(w, page)
}

func (r *Report) htmlFinding(f *Finding, pkg string, sources map[string][]string) htmlFinding {
	h := htmlFinding{
		Severity: r.severity(f), Message: f.Detail.Message, Position: shown(f.Pos).String(), Package: pkg,
		At: f.Detail.At, Chain: f.Detail.Chain, Code: around(f, sources),
	}
	if f.Detail.More > 0 {
		h.More = f.Detail.MoreText()
	}
	for _, rel := range f.Diagnostic.Related {
		if rel.Pos.IsValid() {
			h.Related = append(h.Related, shown(r.Fset.Position(rel.Pos)).String()+": "+rel.Message)
		}
	}
	if fixes := f.Diagnostic.SuggestedFixes; len(fixes) > 0 {
		h.Mend = fixes[0].Message + "; mcwflint -fix does it"
	}
	return h
}

// contextLines is how many lines of code are shown before and behind those of a finding.
const contextLines = 2

// around is the code of a finding and around it. A file that cannot be read has none.
func around(f *Finding, sources map[string][]string) []htmlLine {
	name := f.Pos.Filename
	if _, ok := sources[name]; !ok {
		data, err := os.ReadFile(name)
		if err != nil {
			data = nil
		}
		sources[name] = strings.Split(string(data), "\n")
	}
	lines := sources[name]
	var code []htmlLine
	last := min(max(f.End.Line, f.Pos.Line), f.Pos.Line+8) // of a whole function, its beginning
	for n := max(f.Pos.Line-contextLines, 1); n <= min(last+contextLines, len(lines)); n++ {
		code = append(code, htmlLine{n, lines[n-1], f.Pos.Line <= n && n <= last})
	}
	return code
}
