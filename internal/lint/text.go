package lint

import (
	"fmt"
	"go/token"
	"io"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
)

// PrintText writes a line for each finding: file, line, column, message, rule.
func (r *Report) PrintText(w io.Writer) error {
	shownFindings, rest := r.folded()
	for _, f := range shownFindings {
		pos := shown(f.Pos)
		if _, err := fmt.Fprintf(w, "%s: %s (%s)\n", pos, f.Diagnostic.Message, f.Rule); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, rest)
	return err
}

// conventionsShown is how many conventions of a rule are printed one by one for people who
// have not asked for conventions.
const conventionsShown = 3

// folded are the findings to print one by one, and a line for each rule that has more: on a
// program that never had the guide, its conventions would hide the defects.
func (r *Report) folded() (list []Finding, rest string) {
	if !r.Fold {
		return r.Findings, ""
	}
	count := make(map[string]int)
	var rules []string
	for _, f := range r.Findings {
		if f.Detail.Convention {
			if count[f.Rule]++; count[f.Rule] > conventionsShown {
				if count[f.Rule] == conventionsShown+1 {
					rules = append(rules, f.Rule)
				}
				continue
			}
		}
		list = append(list, f)
	}
	sort.Strings(rules)
	for _, rule := range rules {
		rest += fmt.Sprintf("%s: %d more, -preset=tips lists them\n", rule, count[rule]-conventionsShown)
	}
	return list, rest
}

// Defects is the number of findings that are no conventions, and, if errors is set, no
// warnings.
func (r *Report) Defects(errors bool) int {
	n := 0
	for i := range r.Findings {
		f := &r.Findings[i]
		if !(r.Fold && f.Detail.Convention) && !(errors && r.IsWarning(f)) {
			n++
		}
	}
	return n
}

// shown is a position as people read it, below the current directory if it is there. A line
// must not begin with "::": GitHub's runner takes that for a command.
func shown(pos token.Position) token.Position {
	pos.Filename = analyzers.Printable(Relative(pos.Filename))
	if strings.HasPrefix(pos.Filename, "::") {
		pos.Filename = "./" + pos.Filename
	}
	return pos
}

// PrintTree writes the findings for people: the chain is a tree below the message.
func (r *Report) PrintTree(w io.Writer, colour bool) error {
	paint := func(code, s string) string {
		if !colour || s == "" {
			return s
		}
		return "\x1b[" + code + "m" + s + "\x1b[0m"
	}
	const bold, yellow, dim = "1", "33", "2"
	var b strings.Builder
	shownFindings, rest := r.folded()
	for _, f := range shownFindings {
		pos := shown(f.Pos)
		d := f.Detail
		place := ""
		if d.At != "" {
			place = "  " + paint(dim, d.At)
		}
		if len(d.Chain) == 0 && d.At != "" {
			place = " at " + d.At
		}
		fmt.Fprintf(&b, "%s %s", paint(bold, pos.String()+":"), paint(yellow, d.Message))
		if len(d.Chain) == 0 {
			b.WriteString(place)
		}
		fmt.Fprintf(&b, " %s\n", paint(dim, "("+f.Rule+")"))
		indent := "    "
		for i, hop := range d.Chain {
			if i > 0 {
				b.WriteString(indent + paint(dim, "└─ "))
				indent += "   "
			} else {
				b.WriteString(indent)
			}
			b.WriteString(hop)
			if i == len(d.Chain)-1 {
				b.WriteString(place)
			}
			b.WriteString("\n")
		}
		if d.More > 0 {
			fmt.Fprintf(&b, "    %s\n", paint(dim, d.MoreText()))
		}
	}
	b.WriteString(paint(dim, rest))
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary is the last line of a run, without a line break.
func (r *Report) Summary() string {
	if r.Packages == 0 && r.Unrelated > 0 && len(r.Skipped) == 0 {
		return fmt.Sprintf("no findings: no package of %d uses Temporal", r.Unrelated)
	}
	s := fmt.Sprintf("%s in %s", Count(len(r.Findings), "finding"), Count(r.Packages, "package"))
	if r.Unrelated > 0 {
		s += fmt.Sprintf("; %d without Temporal", r.Unrelated)
	}
	if n := len(r.Skipped); n > 0 {
		s += fmt.Sprintf("; %s not analysed", Count(n, "package"))
	}
	return s
}

// Conventions is the number of findings that are house conventions, not defects.
func (r *Report) Conventions() int {
	n := 0
	for _, f := range r.Findings {
		if f.Detail.Convention {
			n++
		}
	}
	return n
}

// Count is a number and what it is of: "no findings", "1 finding", "2 findings".
func Count(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
