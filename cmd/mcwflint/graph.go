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

	"golang.org/x/tools/go/packages"

	workflows "github.com/mediacloud/mcwflint/analyzers/commands"
	"github.com/mediacloud/mcwflint/internal/graph"
	"github.com/mediacloud/mcwflint/internal/lint"
	"github.com/mediacloud/mcwflint/internal/load"
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
	selected, err := c.configure(c.args)
	if err != nil {
		return failed, err
	}
	var report *lint.Report // of findings
	if c.opts.findings || format == "html" {
		if report, err = c.analyse(ctx, selected, c.args); err != nil {
			return failed, err
		}
		c.exclude(report)
	}
	g, skipped, err := c.readGraph(ctx, report)
	if err != nil {
		return failed, err
	}
	if !c.opts.workers && (format == "mermaid" || format == "dot") {
		g = graph.WithoutWorkers(g)
	}
	if c.opts.pkg != "" {
		var ok bool
		if g, ok = graph.In(g, c.opts.pkg); !ok {
			return failed, fmt.Errorf("no workflow or activity is in a package %s", c.opts.pkg)
		}
	}
	if c.opts.root != "" {
		var ok bool
		if g, ok = graph.From(g, c.opts.root, c.opts.depth); !ok {
			return failed, fmt.Errorf("no workflow or activity in these packages is called %s", c.opts.root)
		}
	}
	var out bytes.Buffer
	if err := graph.Print(&out, g, format, "Workflows of "+filepath.Base(c.root)); err != nil {
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

// load loads the packages, unless they were loaded for findings, and counts those that could
// not be.
func (c *call) load(ctx context.Context, report *lint.Report) (pkgs []*packages.Package, skipped int, err error) {
	if report != nil {
		for _, s := range report.Skipped {
			if !s.Test() {
				skipped++
			}
		}
		return report.Program, skipped, nil
	}
	progress := progressLine(c.stderr)
	progress("loading packages")
	pkgs, bad, err := load.Sound(ctx, load.Options{Dir: c.wd, Patterns: c.args, Tags: c.set.Tags})
	progress("")
	c.warn("", bad)
	return pkgs, len(bad), err
}

// readGraph draws the packages, with findings if they are not nil.
func (c *call) readGraph(ctx context.Context, report *lint.Report) (g workflows.Graph, skipped int, err error) {
	pkgs, skipped, err := c.load(ctx, report)
	if err != nil {
		return g, 0, err
	}
	p, err := workflows.Read(pkgs)
	if err != nil {
		return g, 0, err
	}
	// Paths below the module, so that the picture is the same everywhere.
	g = p.Graph(func(pos token.Pos) string {
		if p.Fset == nil || !pos.IsValid() {
			return ""
		}
		return c.shortPlace(p.Fset.Position(pos))
	})
	if report != nil {
		for i := range report.Findings {
			f := &report.Findings[i]
			if f.Detail.Convention {
				continue // of a name, not of what it does
			}
			g.Find(p, f.Pos, f.Detail.Roots, workflows.GraphFinding{Rule: f.Rule, Message: f.Diagnostic.Message, Position: c.shortPlace(f.Pos)})
		}
	}
	return g, skipped, nil
}

// shortPlace is a line of a file below the module, or "".
func (c *call) shortPlace(at token.Position) string {
	name, err := filepath.Rel(c.root, at.Filename)
	if err != nil || !filepath.IsLocal(name) {
		return ""
	}
	return fmt.Sprintf("%s:%d", filepath.ToSlash(name), at.Line)
}
