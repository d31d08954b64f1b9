// Package docs makes the rules' pages from the rules.
package docs

import (
	"flag"
	"fmt"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
)

// Page returns the text of a rule's page: its documentation, its settings and how to
// silence it.
func Page(r analyzers.Rule) string {
	a := r.Analyzer
	var b strings.Builder
	title, body, _ := strings.Cut(a.Doc, "\n\n")
	fmt.Fprintf(&b, "# %s\n\n%s.\n", a.Name, strings.ToUpper(title[:1])+title[1:])
	if r.Tip != "" {
		fmt.Fprintf(&b, "\nThe tip: %s.\n", r.Tip)
	}
	fmt.Fprintf(&b, "Presets: %s, all. Since %s.\n\n%s", strings.Join(r.Presets, ", "), r.Since, markdown(body))
	settings := ""
	a.Flags.VisitAll(func(f *flag.Flag) {
		usage := strings.ReplaceAll(f.Usage, "`", "")
		value := f.DefValue
		if value == "" {
			value = "none"
		}
		settings += fmt.Sprintf("| `-%s.%s` | %s | %s |\n", a.Name, f.Name, usage, value)
	})
	if settings != "" {
		b.WriteString("\n## Settings\n\n| flag | | default |\n| --- | --- | --- |\n" + settings)
	}
	if a.Name != "directive" {
		fmt.Fprintf(&b, "\n## Silencing it\n\n```go\n//mcwflint:ignore %s -- the reason\n```\n\non the line, on the line above, or in the function's comment. The reason is required.\n", a.Name)
	}
	return b.String()
}

// markdown turns the conventions of doc comments into Markdown's: indented code
// into fences, and list items to the margin.
func markdown(doc string) string {
	var b strings.Builder
	code := false
	lines := strings.Split(doc, "\n")
	for i, line := range lines {
		indented := strings.HasPrefix(line, "\t")
		blank := line == ""
		switch {
		case !code && indented:
			b.WriteString("```go\n")
			code = true
		case code && !indented && !(blank && i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\t")):
			b.WriteString("```\n")
			code = false
		}
		switch {
		case code:
			line = strings.TrimPrefix(line, "\t")
		case strings.HasPrefix(line, "  - "):
			line = line[2:]
		case strings.HasPrefix(line, "    "):
			line = line[2:]
		}
		b.WriteString(line + "\n")
	}
	if code {
		b.WriteString("```\n")
	}
	return b.String()
}
