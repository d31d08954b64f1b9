package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/internal/settings"
)

// options are the flags that are no settings: they say what to do with the
// findings.
type options struct {
	format, from, root, pkg, check, newFrom, baseline, writeBaseline, explain, config, dir string
	depth                                                                                  int
	fix, diff, json, findings, workers, version                                            bool
}

func (o *options) register(flags *flag.FlagSet) {
	flags.StringVar(&o.format, "format", "text", "`form` of the findings: "+strings.Join(formats, ", "))
	flags.BoolVar(&o.json, "json", false, "the same as -format=json")
	flags.BoolVar(&o.fix, "fix", false, "make the fixes that the findings suggest, and print the rest")
	flags.BoolVar(&o.diff, "diff", false, "print what -fix would change, and no findings")
	flags.StringVar(&o.from, "from", "", "of compat: the git `revision`, or the folder, of the program that is running")
	flags.StringVar(&o.root, "root", "", "of graph: draw only what the workflow of this `name` runs")
	flags.IntVar(&o.depth, "depth", 0, "of graph: how far from -root, if it is not 0")
	flags.StringVar(&o.pkg, "package", "", "of graph: draw only what is in the package with this `path`, and what its workflows run")
	flags.BoolVar(&o.findings, "findings", false, "of graph: mark what has findings, as -format=html does")
	flags.BoolVar(&o.workers, "workers", false, "of graph: draw the workers in mermaid and dot, too")
	flags.StringVar(&o.check, "check", "", "of graph: fail if this `file` is not the graph, and print nothing")
	flags.StringVar(&o.newFrom, "new-from", "", "print only findings on lines that are new since the work tree left git's `revision`")
	flags.StringVar(&o.baseline, "baseline", "", "do not print the findings in this `file`")
	flags.StringVar(&o.writeBaseline, "write-baseline", "", "write the findings to this `file` for -baseline, and print none")
	flags.StringVar(&o.explain, "explain", "", "print what is known of a function, type or package whose path ends in `name`: roles, effects, open calls, bindings")
	flags.StringVar(&o.config, "config", "", "the configuration `file` (default "+settings.FileName+" beside go.mod, if it is there)")
	flags.BoolVar(&o.version, "version", false, "print the version")
	flags.StringVar(&o.dir, "C", "", "change to `dir` first")
}

// formats are the values of -format.
var formats = []string{"text", "json", "sarif", "github", "gitlab", "junit", "html"}

// validate finds flags that do not go together.
func (o *options) validate() error {
	if o.json {
		o.format = "json"
	}
	if !slices.Contains(formats, o.format) {
		return fmt.Errorf("unknown -format %q: want %s", o.format, strings.Join(formats, ", "))
	}
	var does []string
	for name, set := range map[string]bool{"-fix": o.fix, "-diff": o.diff, "-write-baseline": o.writeBaseline != "", "-explain": o.explain != ""} {
		if set {
			does = append(does, name)
		}
	}
	slices.Sort(does)
	switch {
	case len(does) > 1:
		return fmt.Errorf("%s do not go together", strings.Join(does, " and "))
	case o.writeBaseline != "" && o.baseline != "":
		return errors.New("-baseline and -write-baseline do not go together")
	case o.writeBaseline != "" && o.newFrom != "":
		return errors.New("-new-from and -write-baseline do not go together")
	}
	return nil
}
