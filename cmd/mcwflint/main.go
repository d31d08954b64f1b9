// Command mcwflint reports where Go programs on Temporal break the tips for safe
// workflows.
//
//	mcwflint [flags] [packages]
//	mcwflint help [rule]
//	go vet -vettool=$(which mcwflint) [packages]
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/lint"
)

// Exit statuses of the command.
const (
	clean    = 0
	findings = 1
	failed   = 2 // something could not be analysed
)

func main() {
	if calledByVet(os.Args[1:]) {
		vet()
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// calledByVet recognizes the protocol of go vet -vettool.
func calledByVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	return args[0] == "-V=full" || args[0] == "-flags" || strings.HasSuffix(last, ".cfg")
}

// vet analyses one package for go vet.
func vet() {
	selected, err := analyzers.Select(analyzers.Tips, nil, nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mcwflint:", err)
		os.Exit(failed)
	}
	if onlyFacts(os.Args[len(os.Args)-1]) {
		// The rules have no facts: they need not read what go vet will not print.
		for _, a := range selected {
			result := reflect.Zero(a.ResultType).Interface()
			a.Run = func(*analysis.Pass) (any, error) { return result, nil }
		}
	}
	unitchecker.Main(append(selected, analyzers.Effects)...)
}

func onlyFacts(config string) bool {
	data, err := os.ReadFile(config)
	if err != nil {
		return false
	}
	var unit struct{ VetxOnly bool }
	return json.Unmarshal(data, &unit) == nil && unit.VetxOnly
}

// run is the command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("mcwflint", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var (
		tests   = flags.Bool("tests", true, "also lint tests")
		tags    = flags.String("tags", "", "build `tags`, with commas between them")
		preset  = flags.String("preset", analyzers.Tips, "the `preset` of rules: tips, recommended or all")
		enable  = flags.String("enable", "", "more `rules` to run, with commas between them")
		disable = flags.String("disable", "", "`rules` not to run, with commas between them")
		asJSON  = flags.Bool("json", false, "print findings as go vet -json does")
		explain = flags.String("explain", "", "print what is known of a function, type or package whose path ends in `name`: roles, effects, open calls, bindings")
		version = flags.Bool("version", false, "print the version")
		dir     = flags.String("C", "", "change to `dir` first")
	)
	for _, a := range append([]*analysis.Analyzer{analyzers.Effects}, all()...) {
		a.Flags.VisitAll(func(f *flag.Flag) {
			name := a.Name + "." + f.Name
			if a == analyzers.Effects {
				name = f.Name
			}
			flags.Var(f.Value, name, f.Usage)
		})
	}
	flags.Usage = func() { usage(stderr, flags) }
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return clean
		}
		return failed
	}
	switch {
	case *version:
		fmt.Fprintln(stdout, versionText())
		return clean
	case flags.Arg(0) == "help":
		return help(flags.Args()[1:], stdout, stderr, flags)
	}
	selected, err := analyzers.Select(*preset, list(*enable), list(*disable))
	if err != nil {
		return fail(stderr, err)
	}
	if *dir != "" {
		if err := os.Chdir(*dir); err != nil {
			return fail(stderr, err)
		}
	}
	if *explain != "" {
		analyzers.KeepExplanations()
	}
	report, err := lint.Run(ctx, lint.Options{Patterns: flags.Args(), Tests: *tests, Tags: *tags, Analyzers: selected})
	if err != nil {
		return fail(stderr, err)
	}
	for _, s := range report.Skipped {
		fmt.Fprintln(stderr, "mcwflint:", s)
	}
	if *explain != "" {
		if !report.Explain(stdout, *explain) {
			return fail(stderr, fmt.Errorf("nothing in these packages is called %s", *explain))
		}
		return clean
	}
	write := report.PrintText
	if *asJSON {
		write = report.PrintJSON
	}
	if err := write(stdout); err != nil {
		return fail(stderr, err)
	}
	fmt.Fprintln(stderr, "mcwflint:", report.Summary())
	switch {
	case len(report.Skipped) > 0:
		return failed
	case len(report.Findings) > 0:
		return findings
	}
	return clean
}

func fail(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "mcwflint:", err)
	return failed
}

func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

func all() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, r := range analyzers.Suite {
		list = append(list, r.Analyzer)
	}
	return list
}

func usage(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprint(w, `mcwflint reports where Go programs on Temporal break the tips for safe workflows.

	mcwflint [flags] [packages]     lint packages, such as ./...
	mcwflint help [rule]            list the rules, or explain one
	go vet -vettool=$(which mcwflint) [packages]

Exit status: 0 no findings, 1 findings, 2 something could not be analysed.

Flags:
`)
	flags.SetOutput(w)
	flags.PrintDefaults()
}

// help lists the rules or prints the documentation of one.
func help(args []string, stdout, stderr io.Writer, flags *flag.FlagSet) int {
	if len(args) == 0 {
		usage(stdout, flags)
		fmt.Fprintln(stdout, "\nRules:")
		for _, a := range all() {
			title, _, _ := strings.Cut(a.Doc, "\n")
			fmt.Fprintf(stdout, "  %-16s %s\n", a.Name, title)
		}
		return clean
	}
	rule := analyzers.Lookup(args[0])
	if rule == nil {
		return fail(stderr, fmt.Errorf("unknown rule %q: want one of %s", args[0], strings.Join(analyzers.Names(), ", ")))
	}
	fmt.Fprintf(stdout, "%s: %s\n", rule.Analyzer.Name, rule.Analyzer.Doc)
	first := true
	rule.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		if first {
			fmt.Fprintln(stdout, "\nSettings:")
			first = false
		}
		fmt.Fprintf(stdout, "  -%s.%s  %s\n", rule.Analyzer.Name, f.Name, f.Usage)
	})
	fmt.Fprintf(stdout, "\n%s\n", rule.Analyzer.URL)
	return clean
}

// versionText is the module version that the go command recorded, and Go's.
func versionText() string {
	version := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	return fmt.Sprintf("mcwflint %s %s", version, runtime.Version())
}
