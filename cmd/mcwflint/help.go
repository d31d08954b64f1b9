package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
)

// runHelp lists the rules, or prints the documentation of one.
func runHelp(_ context.Context, c *call) (status int, err error) {
	if len(c.args) == 0 {
		usage(c.stdout, c.flags)
		fmt.Fprintln(c.stdout, "\nRules:")
		for _, rule := range analyzers.Suite {
			title, _, _ := strings.Cut(rule.Analyzer.Doc, "\n")
			fmt.Fprintf(c.stdout, "  %-16s %s\n", rule.Analyzer.Name, title)
		}
		return clean, nil
	}
	rule := analyzers.Lookup(c.args[0])
	if about, ok := beyond[c.args[0]]; ok {
		fmt.Fprintf(c.stdout, "%s: %s\n\nIt is no analyzer: mcwflint compat -from=REV finds it.\n\n%s\n", c.args[0], about, compatURL)
		return clean, nil
	}
	if rule == nil {
		return failed, misuse("unknown rule %q: want one of %s", c.args[0], strings.Join(analyzers.Names(), ", "))
	}
	fmt.Fprintf(c.stdout, "%s: %s\n", rule.Analyzer.Name, rule.Analyzer.Doc)
	first := true
	rule.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		if first {
			fmt.Fprintln(c.stdout, "\nSettings:")
			first = false
		}
		fmt.Fprintf(c.stdout, "  -%s.%s  %s\n", rule.Analyzer.Name, f.Name, f.Usage)
	})
	fmt.Fprintf(c.stdout, "\n%s\n", rule.Analyzer.URL)
	return clean, nil
}

// compatURL is the page of compat's rules.
const compatURL = "https://github.com/mediacloud/mcwflint/blob/main/docs/compat.md"

// beyond says what compat's rules report.
var beyond = map[string]string{
	"replaybreak": "report commands of a workflow that running executions do not expect: a change without workflow.GetVersion, a version that is gone, a workflow that is gone.",
	"wirebreak":   "report arguments, results and payloads that running executions and other workers cannot read: fields that are renamed or retyped, parameters in the middle, names that are gone.",
}

// usage lists the commands, the exit statuses and the flags.
func usage(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprint(w, "mcwflint reports where Go programs on Temporal break the tips for safe workflows.\n\n")
	for i, cmd := range commands() {
		name := cmd.name
		if i == 0 {
			name = "[" + name + "]"
		}
		fmt.Fprintf(w, "\tmcwflint [flags] %-23s  %s\n", name+" "+cmd.args, cmd.does)
	}
	fmt.Fprint(w, `	go vet -vettool=$(which mcwflint) [packages]

Exit status: 0 no findings, 1 findings (with -diff: something to fix), 2 something
could not be analysed, or the command line or the configuration is wrong.

Flags:
`)
	flags.SetOutput(w)
	flags.PrintDefaults()
}
