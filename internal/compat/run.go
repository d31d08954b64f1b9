package compat

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers/commands"
	"github.com/mediacloud/mcwflint/analyzers/wirebreak"
	"github.com/mediacloud/mcwflint/internal/lint"
	"github.com/mediacloud/mcwflint/internal/load"
)

// Options say what is compared.
type Options struct {
	Dir      string // the current folder
	From     string // a revision, or a folder
	Patterns []string
	Tags     []string
	Progress func(string)
}

// A Result is a report, and the packages of the old revision that could not be read.
type Result struct {
	*lint.Report
	Old []load.Skipped
}

// Run compares the program at a revision with the work tree.
func Run(ctx context.Context, opts Options) (_ *Result, err error) {
	old, err := Open(ctx, opts.Dir, opts.From)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closeErr := old.Close(); err == nil {
			err = closeErr
		}
	}()
	opts.Progress("loading packages")
	pkgs, skipped, err := load.Sound(ctx, load.Options{Dir: opts.Dir, Patterns: opts.Patterns, Tags: opts.Tags})
	if err != nil {
		return nil, err
	}
	opts.Progress("loading " + opts.From)
	oldPkgs, oldSkipped, err := loadOld(ctx, old, opts, pkgs, skipped)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", opts.From, err)
	}
	// What does not compile at one revision is compared at neither.
	oldPkgs = without(oldPkgs, skipped)
	pkgs = without(pkgs, oldSkipped)
	opts.Progress("comparing")
	programs, err := commands.ReadAll(oldPkgs, pkgs)
	if err != nil {
		return nil, err
	}
	from, to := programs[0], programs[1]
	c := comparison{old, from, to, pkgs, lint.NewReport(to.Fset, pkgs)}
	c.report.Skipped = skipped
	if to.Fset == nil || from.Fset == nil {
		return &Result{c.report, oldSkipped}, nil
	}
	for _, b := range commands.Compare(from, to) {
		c.add("replaybreak", b)
	}
	for _, b := range wirebreak.Compare(from, to) {
		c.add("wirebreak", b)
	}
	c.report.Finish()
	return &Result{c.report, oldSkipped}, nil
}

// loadOld loads the old revision: what is the same in the new one is shared.
func loadOld(ctx context.Context, old *Checkout, opts Options, pkgs []*packages.Package, skipped []load.Skipped) ([]*packages.Package, []load.Skipped, error) {
	if len(skipped) == 0 && old.Top != "" {
		shared, err := share(old.Top, old, opts.Tags, pkgs)
		if !errors.Is(err, errAlone) {
			return shared, nil, err
		}
	}
	return load.Sound(ctx, load.Options{Dir: old.Dir, Patterns: opts.Patterns, Tags: opts.Tags})
}

func without(pkgs []*packages.Package, skipped []load.Skipped) []*packages.Package {
	return slices.DeleteFunc(slices.Clone(pkgs), func(pkg *packages.Package) bool {
		return slices.ContainsFunc(skipped, func(s load.Skipped) bool { return s.Package == pkg.ID })
	})
}

type comparison struct {
	old      *Checkout
	from, to *commands.Program
	pkgs     []*packages.Package
	report   *lint.Report
}

// add reports a break where the new program has it, else where it has its package.
func (c *comparison) add(rule string, b commands.Break) {
	message := b.Message
	if b.Old.IsValid() {
		message += " (was at " + c.oldPlace(b.Old) + ")"
	}
	pos := b.Pos
	if !pos.IsValid() && b.Old.IsValid() {
		pos = c.nearest(c.from.Fset.Position(b.Old))
	}
	if !pos.IsValid() || c.to.Silences(rule, pos) {
		return
	}
	pkg := ""
	for _, p := range c.pkgs {
		for _, f := range p.Syntax {
			if f.FileStart <= pos && pos < f.FileEnd {
				pkg = p.ID
			}
		}
	}
	c.report.Add(rule, pkg, pos, message, b.Fixes)
}

// oldPlace is a place of the old revision, as git show wants it.
func (c *comparison) oldPlace(pos token.Pos) string {
	at := c.from.Fset.Position(pos)
	name := at.Filename
	name = filepath.ToSlash(c.old.relative(name))
	if c.old.Revision == "" {
		return fmt.Sprintf("%s:%d", name, at.Line)
	}
	return fmt.Sprintf("%.12s:%s:%d", c.old.Revision, name, at.Line)
}

// nearest is the place of the new program that is nearest to one that is gone: its file, else
// its folder, else any.
func (c *comparison) nearest(at token.Position) token.Pos {
	rel := c.old.relative(at.Filename)
	var folder, first token.Pos
	for _, p := range c.pkgs {
		for _, f := range p.Syntax {
			name := c.to.Fset.File(f.FileStart).Name()
			switch {
			case strings.HasSuffix(filepath.ToSlash(name), "/"+filepath.ToSlash(rel)):
				return f.Name.Pos()
			case !folder.IsValid() && strings.HasSuffix(filepath.ToSlash(filepath.Dir(name)), "/"+filepath.ToSlash(filepath.Dir(rel))):
				folder = f.Name.Pos()
			case !first.IsValid():
				first = f.Name.Pos()
			}
		}
	}
	if folder.IsValid() {
		return folder
	}
	return first
}
