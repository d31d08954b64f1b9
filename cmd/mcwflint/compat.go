package main

import (
	"context"

	"github.com/mediacloud/mcwflint/internal/compat"
)

// runCompat compares the program at a revision with the work tree.
func runCompat(ctx context.Context, c *call) (status int, err error) {
	if c.opts.from == "" {
		return failed, misuse("compat wants -from: the revision, or the folder, that is running")
	}
	if c.opts.newFrom != "" {
		return failed, misuse("compat does not go together with -new-from")
	}
	if err := c.enter(); err != nil {
		return failed, err
	}
	if _, err := c.configure(c.args); err != nil {
		return failed, err
	}
	known, _, err := c.old(ctx)
	if err != nil {
		return failed, err
	}
	progress := progressLine(c.stderr)
	result, err := compat.Run(ctx, compat.Options{Dir: c.wd, From: c.opts.from, Patterns: c.args, Tags: c.set.Tags, Progress: func(step string) { progress(step) }})
	progress("")
	if ctx.Err() != nil {
		return failed, context.Cause(ctx)
	}
	if err != nil {
		return failed, err
	}
	c.warn("at "+c.opts.from+": ", result.Old)
	c.warn("", result.Skipped)
	result.Warnings = c.set.Warn
	gone := result.Subtract(known)
	switch {
	case c.opts.writeBaseline != "":
		return c.writeBaseline(result.Report)
	case c.opts.diff:
		return c.diff(result.Report)
	case c.opts.fix:
		if err := c.fix(result.Report); err != nil {
			return failed, err
		}
	}
	status, err = c.print(result.Report, gone)
	if err == nil && len(result.Old) > 0 {
		status = failed // what could not be read is not compared
	}
	return status, err
}
