package callgraph

import (
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// A Chain is one effect that roots reach, closed in this package.
type Chain struct {
	Kind     facts.Kind
	Effect   *facts.Effect
	Pos, End token.Pos      // where to report it
	Hops     []string       // shortened for display; the first is the root
	Roots    int            // how many roots reach the effect
	Keys     []string       // of all functions that do, in order
	Root     facts.RootKind // of the chain
	Here     bool           // the effect stands at Pos
	Related  token.Pos      // where the effect stands, if that is known
	Site     *Site          // the effect, if it is in this package
}

// Finding turns a chain into a finding with the given message.
func (c *Chain) Finding(message string) report.Finding {
	f := report.Finding{Pos: c.Pos, End: c.End, Message: message, Chain: c.Hops, Effect: c.Effect.ID(),
		Origin: c.Effect.Pkg + "." + c.Effect.Owner + " " + c.Effect.What, Roots: c.Keys}
	if c.Root == facts.ActivityRoot || c.Root == facts.WorkflowRoot && c.Kind.Info().Own != nil {
		f.More, f.Workflows = max(c.Roots-1, 0), c.Root == facts.WorkflowRoot
	}
	if c.Here {
		return f
	}
	e := c.Effect
	f.At, f.Stands = e.Place(), report.Place{Pkg: e.Pkg, File: e.File, Line: e.Line, Col: e.Col}
	if c.Related.IsValid() {
		f.Related = []analysis.RelatedInformation{{Pos: c.Related, Message: c.Effect.Owner + ": here"}}
	}
	return f
}

// A Result is what the rules read of a package.
type Result struct {
	Chains []Chain // in the order of their positions
	// Used holds the directives that silence an effect where it stands.
	Used map[*report.Directive]facts.Kind

	ignored map[string][]*report.Directive // see Package.Ignores

	of map[*Domain]any
	p  *Package // for explanations only: with it, all that was read would stay in memory
}

// Of returns the chains of some kinds, in the order of their positions.
func (r *Result) Of(kinds facts.Kind) []Chain {
	var some []Chain
	for _, c := range r.Chains {
		if c.Kind&kinds != 0 {
			some = append(some, c)
		}
	}
	return some
}

// Get returns what a domain says of the package, nil for a package that was not read.
func (r *Result) Get(d *Domain) any { return r.of[d] }

// Ignores reports whether a directive silences a rule at a place of this package, of which
// another package would report, and counts it as used. Reports here need not ask.
func (p *Package) Ignores(rule string, pos token.Pos) bool {
	d := p.directives.Match(rule, pos)
	if d != nil {
		p.ignored[rule] = append(p.ignored[rule], d)
	}
	return d != nil
}

// Ignoring reports whether a directive of this package names a rule.
func (p *Package) Ignoring(rule string) bool {
	return slices.ContainsFunc(p.directives.All, func(d *report.Directive) bool { return slices.Contains(d.Rules, rule) })
}

// Silenced tells a reporter which directives silenced its rule, or an effect of some kinds,
// where that stands.
func (r *Result) Silenced(rep *report.Reporter, kinds facts.Kind) {
	for d, k := range r.Used {
		if k&kinds != 0 {
			rep.Use(d)
		}
	}
	for _, d := range r.ignored[rep.Rule()] {
		rep.Use(d)
	}
}

// Chains returns the chains of this package that have been closed so far.
func (p *Package) Chains() []Chain { return p.chains }

// AddChain adds a chain that no root has.
func (p *Package) AddChain(c Chain) { p.chains = append(p.chains, c) }

// place turns what was found into chains with a place.
func (p *Package) place(c *closer) {
	for _, f := range c.order {
		b := f.best
		if n := p.boundNode(b.key); n != nil && b.root.Node == nil {
			// Registered through a list or a table; the function itself is here.
			r := *b.root
			r.Node = n
			b.root, b.entry = &r, n.entries[f.effect.ID()]
		}
		ch := Chain{Kind: f.effect.Kind, Effect: f.effect, Hops: keys.Display(facts.Cut(b.hops)), Roots: f.count(), Keys: slices.Sorted(maps.Keys(f.roots)), Root: b.root.Kind}
		if f.effect.Pkg == keys.Path(p.Pass.Pkg) {
			ch.Site = p.sites[f.effect.ID()]
		}
		switch own := ch.Site; {
		case b.root.Node != nil && own != nil && !p.Generated(own.Pos):
			ch.Pos, ch.End, ch.Here = own.Pos, own.End, true
		case b.root.Node != nil && b.entry != nil && b.entry.exit.IsValid() && !p.Generated(b.entry.exit):
			ch.Pos, ch.End = b.entry.exit, b.entry.exitEnd
		case b.root.Pos.IsValid():
			ch.Pos, ch.End = b.root.Pos, b.root.End
		default:
			ch.Pos, ch.End = p.bindingPos(b)
		}
		if !ch.Pos.IsValid() || p.Generated(ch.Pos) {
			continue
		}
		if ch.Site != nil {
			ch.Related = ch.Site.Pos
		} else {
			ch.Related = p.EffectPos(f.effect)
		}
		p.chains = append(p.chains, ch)
	}
	sort.SliceStable(p.chains, func(i, j int) bool { return p.chains[i].Pos < p.chains[j].Pos })
}

// boundNode returns the function of this package with a key, if it is bound to a place.
func (p *Package) boundNode(key string) *Node {
	for _, b := range p.flow.Bound {
		if b.Fn != nil && "c:"+keys.Func(b.Fn) == key {
			return p.byFn[b.Fn]
		}
	}
	return nil
}

// bindingPos is the conversion of this package that completes a chain, else the
// import that brings it.
func (p *Package) bindingPos(b candidate) (pos, end token.Pos) {
	for _, bd := range b.binds {
		if at := p.flow.Binds[bd]; at.IsValid() && !p.Generated(at) {
			if _, imported := p.via[bd]; !imported {
				return at, at
			}
		}
	}
	for _, bd := range b.binds {
		if at, ok := p.via[bd]; ok && at.IsValid() && (!pos.IsValid() || at < pos) {
			pos = at
		}
	}
	if !pos.IsValid() && len(p.Pass.Files) > 0 {
		pos = p.Pass.Files[0].Name.Pos()
	}
	return pos, pos
}

// EffectPos finds where an effect of another package stands, if the function that
// contains it is loaded: export data knows the file and line of every function.
func (p *Package) EffectPos(e *facts.Effect) token.Pos {
	obj := keys.FindObject(p.Pass.Pkg, e.Pkg+"."+e.Owner)
	if obj == nil {
		return token.NoPos
	}
	return linePos(p.Pass.Fset, obj, e)
}

func linePos(fset *token.FileSet, in types.Object, e *facts.Effect) token.Pos {
	file := fset.File(in.Pos())
	if file == nil || filepath.Base(file.Name()) != e.File || e.Line > file.LineCount() {
		return token.NoPos
	}
	pos := file.LineStart(e.Line)
	if col := token.Pos(e.Col - 1); pos+col < token.Pos(file.Base()+file.Size()) && fset.Position(pos+col).Line == e.Line {
		pos += col
	}
	return pos
}
