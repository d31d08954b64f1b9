package main

import (
	"bytes"
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	workflows "github.com/mediacloud/mcwflint/analyzers/commands"
	"github.com/mediacloud/mcwflint/internal/graph"
	"github.com/mediacloud/mcwflint/internal/lint"
)

// runGraph draws what workflows run.
func runGraph(ctx context.Context, c *call) (status int, err error) {
	format := c.opts.format
	if format == "text" {
		format = graph.Formats[0]
	}
	if !slices.Contains(graph.Formats, format) {
		return failed, misuse("unknown -format %q of graph: want %s", format, strings.Join(graph.Formats, ", "))
	}
	c.opts.format = "text" // that of findings, which there are none of
	if err := c.enter(); err != nil {
		return failed, err
	}
	if _, err := c.configure(c.args); err != nil {
		return failed, err
	}
	g, skipped, err := c.readGraph(ctx)
	if err != nil {
		return failed, err
	}
	if c.opts.root != "" {
		var ok bool
		if g, ok = graph.From(g, c.opts.root, c.opts.depth); !ok {
			return failed, fmt.Errorf("no workflow or activity in these packages is called %s", c.opts.root)
		}
	}
	var out bytes.Buffer
	if err := graph.Print(&out, g, format); err != nil {
		return failed, err
	}
	status = clean
	if skipped > 0 {
		status = failed
	}
	if c.opts.check != "" {
		old, err := os.ReadFile(c.opts.check)
		if err != nil {
			return failed, err
		}
		if !bytes.Equal(old, out.Bytes()) {
			fmt.Fprintf(c.stderr, "mcwflint: %s is not what the program is: write it anew\n", c.opts.check)
			return findings, nil
		}
		return status, nil
	}
	_, err = c.stdout.Write(out.Bytes())
	return status, err
}

// readGraph loads the packages and draws them.
func (c *call) readGraph(ctx context.Context) (g workflows.Graph, skipped int, err error) {
	progress := progressLine(c.stderr)
	progress("loading packages")
	pkgs, bad, err := lint.Load(ctx, lint.Options{Dir: c.wd, Patterns: c.args, Tags: c.set.Tags})
	progress("")
	if err != nil {
		return g, 0, err
	}
	c.warn("", bad)
	p, err := workflows.Read(pkgs)
	if err != nil {
		return g, 0, err
	}
	// Paths below the module, so that the picture is the same everywhere.
	g = p.Graph(func(pos token.Pos) string {
		if p.Fset == nil || !pos.IsValid() {
			return ""
		}
		at := p.Fset.Position(pos)
		name, err := filepath.Rel(c.root, at.Filename)
		if err != nil || !filepath.IsLocal(name) {
			return ""
		}
		return fmt.Sprintf("%s:%d", filepath.ToSlash(name), at.Line)
	})
	return g, len(bad), nil
}
