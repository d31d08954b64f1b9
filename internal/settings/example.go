package settings

import (
	"bytes"
	"flag"
	"fmt"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
)

// Example returns a configuration file with every key, as a comment where its
// value is the default.
func Example() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# yaml-language-server: $schema=%s\n", SchemaURL)
	b.WriteString("# The keys are the command line's flags, which win over this file.\n\n")
	fmt.Fprintf(&b, "# %s\npreset: %s\n", usage(New().flags.Lookup("preset")), analyzers.Standard)
	rule := ""
	// The flags that have no dot come first.
	for _, nested := range []bool{false, true} {
		New().flags.VisitAll(func(f *flag.Flag) {
			name, key, dot := strings.Cut(f.Name, ".")
			if dot != nested || f.Name == "preset" {
				return
			}
			if !nested {
				fmt.Fprintf(&b, "\n# %s\n# %s: %s\n", usage(f), f.Name, defaultText(f))
				return
			}
			if name != rule {
				fmt.Fprintf(&b, "\n# %s:\n", name)
				rule = name
			}
			fmt.Fprintf(&b, "#   # %s\n#   %s: %s\n", usage(f), key, defaultText(f))
		})
	}
	return b.Bytes()
}

func usage(f *flag.Flag) string {
	return strings.TrimSuffix(strings.ReplaceAll(f.Usage, "`", ""), ", with commas between them")
}

func defaultText(f *flag.Flag) string {
	switch {
	case kindOf(f) == texts:
		return "[]"
	case f.DefValue == "":
		return `""`
	}
	return f.DefValue
}

// A Snippet is the text of an example file for another program.
type Snippet struct{ File, Text string }

// Version is the release that examples name.
const Version = "v0.1.0"

// GolangciVersion is the release of golangci-lint that the plugin is tested with.
const GolangciVersion = "v2.15.0"

// Snippets returns what golangci-lint and pre-commit want to be told.
func Snippets() []Snippet {
	return []Snippet{
		{".custom-gcl.yml", fmt.Sprintf(`# golangci-lint custom builds ./custom-gcl from this; it needs Go and git.
version: %s
plugins:
  - module: github.com/mediacloud/mcwflint
    version: %s
`, GolangciVersion, Version)},
		{".golangci.yml", `version: "2"
linters:
  enable:
    - mcwflint
  settings:
    custom:
      mcwflint:
        type: module
        description: the tips for safe Temporal workflows
        original-url: github.com/mediacloud/mcwflint
        # The keys of .mcwflint.yml; an unknown one is an error.
        settings:
          preset: standard
issues:
  # The defaults hide findings: three of a text, fifty of a linter, one of a line.
  max-same-issues: 0
  max-issues-per-linter: 0
  uniq-by-line: false
`},
		{".pre-commit-config.yaml", fmt.Sprintf(`repos:
  - repo: https://github.com/mediacloud/mcwflint
    rev: %s
    hooks:
      - id: mcwflint
`, Version)},
	}
}

// A Key is a key of the configuration file, for documentation.
type Key struct{ Name, Usage, Default string }

// Keys returns the keys by name.
func Keys() []Key {
	var keys []Key
	New().flags.VisitAll(func(f *flag.Flag) { keys = append(keys, Key{f.Name, usage(f), defaultText(f)}) })
	return keys
}
