package callgraph

import (
	"fmt"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// Explain says what is known of the functions and the package that name fits: a
// suffix of "path/to/pkg.Type.Method" or of the package's path that starts at a
// name. One text each.
func (r *Result) Explain(name string) []string {
	if r.p == nil {
		return nil
	}
	var texts []string
	path := keys.Path(r.p.Pass.Pkg)
	if fits(path, name) {
		texts = append(texts, r.p.explainPackage())
	}
	for _, n := range r.p.Nodes {
		if n.Fn != nil && fits(keys.Func(n.Fn), name) {
			texts = append(texts, r.p.explainFunction(n))
		}
	}
	return texts
}

func fits(full, name string) bool {
	rest, ok := strings.CutSuffix(full, name)
	return ok && (rest == "" || strings.HasSuffix(rest, "/") || strings.HasSuffix(rest, "."))
}

func (p *Package) explainFunction(n *Node) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", keys.Func(n.Fn), p.Pass.Fset.Position(n.Fn.Pos()))
	if roles := p.roles["c:"+keys.Func(n.Fn)]; len(roles) > 0 {
		fmt.Fprintf(&b, "  role: %s\n", strings.Join(roles, ", "))
	}
	for _, s := range p.flow.Stores[n.Fn] {
		fmt.Fprintf(&b, "  stores its parameter %d in %s\n", s.Param, s.Key[2:])
	}
	for _, d := range p.domains {
		if d.hooks.Explain != nil {
			for _, line := range d.hooks.Explain(n) {
				fmt.Fprintf(&b, "  %s\n", line)
			}
		}
	}
	effects, opens := exportable(n.order)
	for _, e := range effects {
		fmt.Fprintf(&b, "  effect: %s %s at %s/%s%s\n", e.Effect.Kind, e.Effect.What, e.Effect.Pkg, e.Effect.Place(), through(e.Chain))
	}
	for _, o := range opens {
		fmt.Fprintf(&b, "  open call: %s%s\n", o.Describe(), through(o.Chain))
		p.explainOpen(&b, &o)
	}
	if len(effects)+len(opens) == 0 {
		b.WriteString("  no effects, no open calls\n")
	}
	return b.String()
}

func through(chain []string) string {
	if len(chain) == 0 {
		return ""
	}
	return " via " + strings.Join(keys.Display(chain), " -> ")
}

// explainOpen says what an open call may run, as far as this package can see.
func (p *Package) explainOpen(b *strings.Builder, o *facts.Open) {
	targets := p.closer.Resolve(o)
	for _, r := range targets {
		name := r.Impl.Name
		if name == "" {
			name = r.Impl.Key[2:] + " (promoted)"
		}
		fmt.Fprintf(b, "    may run %s: %d effects, %d open calls\n", name, len(r.Impl.Effects), len(r.Impl.Opens))
	}
	if len(targets) > 0 {
		return
	}
	bound := p.closer.Bound(o.Key)
	if len(bound) == 0 {
		b.WriteString("    nothing that this package can see is converted to it: the chain ends here, or goes on in an importer\n")
	}
	for _, bd := range bound {
		fmt.Fprintf(b, "    bound: %s, which does nothing of interest\n", bd.To[2:])
	}
}

func (p *Package) explainPackage() string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", keys.Path(p.Pass.Pkg))
	var names []string
	for key := range p.roles {
		names = append(names, key)
	}
	sort.Strings(names)
	for _, key := range names {
		fmt.Fprintf(&b, "  %s: %s\n", key[2:], strings.Join(p.roles[key], ", "))
	}
	var binds []string
	for bd, pos := range p.flow.Binds {
		if !strings.HasPrefix(bd.To, bindings.Otherwise) {
			binds = append(binds, fmt.Sprintf("  binds %s to %s at %s\n", bd.To[2:], bd.From[2:], p.Pass.Fset.Position(pos)))
		}
	}
	sort.Strings(binds)
	for _, s := range binds {
		b.WriteString(s)
	}
	for _, r := range p.wiring.Roots {
		fmt.Fprintf(&b, "  imports carry %s with %d open calls\n", r.Key[2:], len(r.Opens))
	}
	return b.String()
}
