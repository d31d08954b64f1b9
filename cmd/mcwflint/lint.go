package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/lint"
	"github.com/mediacloud/mcwflint/internal/load"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// runLint prints the findings in packages, or mends or records them.
func runLint(ctx context.Context, c *call) (status int, err error) {
	if c.opts.explain != "" {
		return c.explain(ctx, c.opts.explain, c.args)
	}
	if err := c.enter(); err != nil {
		return failed, err
	}
	if err := c.checkCommand(ctx); err != nil {
		return failed, err
	}
	selected, err := c.configure(c.args)
	if err != nil {
		return failed, err
	}
	// What can be wrong without the packages is said before they are loaded.
	known, changes, err := c.old(ctx)
	if err != nil {
		return failed, err
	}
	report, err := c.analyse(ctx, selected, c.args)
	if err != nil {
		return failed, err
	}
	c.exclude(report)
	gone := report.Subtract(known)
	if changes != nil {
		report.KeepNew(changes)
	}
	switch {
	case c.opts.writeBaseline != "":
		return c.writeBaseline(report)
	case c.opts.diff:
		return c.diff(report)
	case c.opts.fix:
		if err := c.fix(report); err != nil {
			return failed, err
		}
	}
	return c.print(report, gone)
}

// exclude leaves out the findings in files that the configuration excludes.
func (c *call) exclude(report *lint.Report) {
	if len(c.set.Exclude) == 0 {
		return
	}
	report.Keep(func(f lint.Finding) bool {
		path, err := filepath.Rel(c.root, f.Pos.Filename)
		return err != nil || !c.set.Excludes(filepath.ToSlash(path))
	})
}

// checkCommand finds a first word that was meant to be a command. Packages have
// names of one word, too, in the standard library or where a module's path is one.
func (c *call) checkCommand(ctx context.Context) error {
	if len(c.args) == 0 || c.args[0] == "" || strings.ContainsAny(c.args[0], `./\-`) {
		return nil
	}
	out, err := exec.CommandContext(ctx, "go", "list", "-e", "-find", "-f={{.Dir}}", "--", c.args[0]).Output()
	if err != nil || len(strings.TrimSpace(string(out))) > 0 {
		return nil // what is wrong with the go command, loading says
	}
	return misuse("%q is neither a command (%s) nor a package", c.args[0], commandNames())
}

// configure reads the configuration and returns the selected rules.
func (c *call) configure(packages []string) ([]*analysis.Analyzer, error) {
	for _, arg := range packages {
		if strings.HasPrefix(arg, "-") {
			return nil, misuse("%s stands behind the packages: flags come first", arg)
		}
	}
	c.set.Parsed(c.flags)
	if err := readConfig(c.set, c.opts.config, c.root); err != nil {
		return nil, err
	}
	return c.set.Analyzers()
}

// readConfig reads the file that is named, or the one at the module's root.
func readConfig(set *settings.Set, name, root string) error {
	if name != "" {
		return set.ReadFile(name)
	}
	err := set.ReadFile(lint.Relative(filepath.Join(root, settings.FileName)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// old reads what findings are not to be printed: those of a baseline, and those on
// lines that have not changed.
func (c *call) old(ctx context.Context) (known lint.Baseline, changes lint.Changes, err error) {
	if c.opts.baseline != "" {
		if known, err = lint.ReadBaseline(c.opts.baseline); err != nil {
			return nil, nil, err
		}
	}
	if c.opts.newFrom != "" {
		changes, err = lint.ChangesSince(ctx, c.wd, c.opts.newFrom)
	}
	return known, changes, err
}

// analyse runs rules on packages, and says which of these could not be analysed.
func (c *call) analyse(ctx context.Context, rules []*analysis.Analyzer, packages []string) (*lint.Report, error) {
	progress := progressLine(c.stderr)
	type outcome struct {
		report *lint.Report
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		report, err := lint.Run(ctx, lint.Options{Patterns: packages, Tests: c.set.Tests, Tags: c.set.Tags, Analyzers: rules, Progress: progress})
		done <- outcome{report, err}
	}()
	var o outcome
	select {
	case o = <-done:
	case <-ctx.Done(): // analysis does not look at it
	}
	progress("")
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if o.err != nil {
		return nil, o.err
	}
	c.warn("", o.report.Skipped)
	o.report.Warnings = c.set.Warn
	o.report.Fold = c.set.Preset == analyzers.Standard
	return o.report, nil
}

// warn says which packages could not be analysed, and where, if that is not the work tree.
func (c *call) warn(where string, skipped []load.Skipped) {
	for _, s := range skipped {
		fmt.Fprintf(c.stderr, "mcwflint: %s%s\n", where, s)
	}
}

func (c *call) writeBaseline(report *lint.Report) (status int, err error) {
	if len(report.Skipped) > 0 {
		return failed, errors.New("no baseline written: it would lack the findings of the packages above")
	}
	if err := report.WriteBaseline(c.opts.writeBaseline); err != nil {
		return failed, err
	}
	fmt.Fprintf(c.stderr, "mcwflint: %s written to %s\n", report.Summary(), c.opts.writeBaseline)
	return clean, nil
}

// fixes computes the fixes, and says which are not made.
func (c *call) fixes(report *lint.Report) (*lint.Fixes, error) {
	fixes, err := report.Fixes()
	if err != nil {
		return nil, err
	}
	for _, left := range fixes.Left {
		fmt.Fprintf(c.stderr, "mcwflint: not fixed: %s:%d: %s\n", lint.Relative(left.Finding.Pos.Filename), left.Finding.Pos.Line, left.Why)
	}
	return fixes, nil
}

func (c *call) diff(report *lint.Report) (status int, err error) {
	fixes, err := c.fixes(report)
	if err != nil {
		return failed, err
	}
	changes, err := fixes.Diff(c.stdout)
	if err != nil {
		return failed, err
	}
	fmt.Fprintf(c.stderr, "mcwflint: %s, %d with a fix\n", report.Summary(), len(fixes.Findings))
	return statusOf(report, changes), nil
}

// fix makes the fixes and leaves the other findings in the report.
func (c *call) fix(report *lint.Report) error {
	fixes, err := c.fixes(report)
	if err != nil {
		return err
	}
	if err := fixes.Write(); err != nil {
		return err
	}
	fixed := make(map[string]bool)
	for _, f := range fixes.Findings {
		fixed[f.Fingerprint] = true
	}
	report.Keep(func(f lint.Finding) bool { return !fixed[f.Fingerprint] })
	fmt.Fprintf(c.stderr, "mcwflint: fixed %d\n", len(fixed))
	return nil
}

// print prints the findings and a summary; gone is the number of the baseline's
// findings that are not there.
func (c *call) print(report *lint.Report, gone int) (status int, err error) {
	if err := printFindings(report, c.opts.format, c.stdout); err != nil {
		return failed, err
	}
	fmt.Fprintln(c.stderr, "mcwflint:", report.Summary())
	if n := report.Conventions(); n > 0 && (c.set.Preset == analyzers.Standard || c.set.Preset == analyzers.Tips) {
		fmt.Fprintf(c.stderr, "mcwflint: %s of the guide, not defects; -preset=recommended prints the rest\n", lint.Count(n, "convention"))
	}
	if gone > 0 && slices.Contains(c.args, "./...") {
		fmt.Fprintf(c.stderr, "mcwflint: %d of %s are no longer found: write it anew\n", gone, c.opts.baseline)
	}
	return statusOf(report, report.Defects(c.set.FailOn == settings.Error) > 0), nil
}

// statusOf is the exit status of a run: found says that there is something to mend.
func statusOf(report *lint.Report, found bool) int {
	switch {
	case len(report.Skipped) > 0:
		return failed
	case found:
		return findings
	}
	return clean
}
