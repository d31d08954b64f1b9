package main

import (
	"context"
	"fmt"

	"github.com/mediacloud/mcwflint/analyzers"
)

// runExplain is the same as the flag -explain.
func runExplain(ctx context.Context, c *call) (status int, err error) {
	if len(c.args) == 0 || c.args[0] == "" {
		return failed, misuse("explain wants a name: that of a function, type or package")
	}
	if c.opts.explain != "" {
		return failed, misuse("explain and -explain do not go together")
	}
	c.opts.explain = c.args[0] // other flags do not go together with it
	return c.explain(ctx, c.args[0], c.args[1:])
}

// explain prints what the analysis knows of a name in packages.
func (c *call) explain(ctx context.Context, name string, packages []string) (status int, err error) {
	if err := c.enter(); err != nil {
		return failed, err
	}
	selected, err := c.configure(packages)
	if err != nil {
		return failed, err
	}
	analyzers.KeepExplanations()
	report, err := c.analyse(ctx, selected, packages)
	if err != nil {
		return failed, err
	}
	if !report.Explain(c.stdout, name) {
		return failed, fmt.Errorf("nothing in these packages is called %s", name)
	}
	return clean, nil
}
