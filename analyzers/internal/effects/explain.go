package effects

import (
	"fmt"
	"sort"
	"strings"
)

// Explain says what is known of the functions and the package that name fits: a
// suffix of "path/to/pkg.Type.Method" or of the package's path that starts at a
// name. One text each.
func (r *Result) Explain(name string) []string {
	if r.p == nil {
		return nil
	}
	var texts []string
	path := pkgPath(r.p.pass.Pkg)
	if fits(path, name) {
		texts = append(texts, r.p.explainPackage())
	}
	for _, n := range r.p.nodes {
		if n.fn != nil && fits(funcKey(n.fn), name) {
			texts = append(texts, r.p.explainFunction(n))
		}
	}
	return texts
}

func fits(full, name string) bool {
	if !strings.HasSuffix(full, name) {
		return false
	}
	rest := strings.TrimSuffix(full, name)
	return rest == "" || strings.HasSuffix(rest, "/") || strings.HasSuffix(rest, ".")
}

func (p *pkg) explainFunction(n *node) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", funcKey(n.fn), p.pass.Fset.Position(n.fn.Pos()))
	if roles := p.rolesOf["c:"+funcKey(n.fn)]; len(roles) > 0 {
		fmt.Fprintf(&b, "  role: %s\n", strings.Join(roles, ", "))
	}
	for _, fw := range p.finder.Forwards[n.fn] {
		if fw.Field != "" {
			fmt.Fprintf(&b, "  stores its parameter %d in %s\n", fw.Param, fw.Field[2:])
		} else {
			fmt.Fprintf(&b, "  registers or executes its parameter %d\n", fw.Param)
		}
	}
	effects, opens := exportable(n.order)
	for _, e := range effects {
		fmt.Fprintf(&b, "  effect: %s %s at %s/%s%s\n", e.Effect.Kind, e.Effect.What, e.Effect.Pkg, e.Effect.Place(), via(e.Chain))
	}
	for _, o := range opens {
		fmt.Fprintf(&b, "  open call: %s%s\n", o.describe(), via(o.Chain))
		p.explainOpen(&b, &o)
	}
	if len(effects)+len(opens) == 0 {
		b.WriteString("  no effects, no open calls\n")
	}
	return b.String()
}

func (o *open) describe() string {
	s := o.Key[2:]
	if o.Method != "" {
		s += "." + o.Method
	}
	if o.Mask&Insert != 0 {
		s += " (a duplicate is accepted)"
	}
	if o.Mask&Exit != 0 {
		s += " (runs once a process)"
	}
	return s
}

func via(chain []string) string {
	if len(chain) == 0 {
		return ""
	}
	return " via " + strings.Join(Display(chain), " -> ")
}

// explainOpen says what an open call may run, as far as this package can see.
func (p *pkg) explainOpen(b *strings.Builder, o *open) {
	targets := p.closer.resolve(o)
	for _, r := range targets {
		name := r.impl.Name
		if name == "" {
			name = r.impl.Key[2:] + " (promoted)"
		}
		fmt.Fprintf(b, "    may run %s: %d effects, %d open calls\n", name, len(r.impl.Effects), len(r.impl.Opens))
	}
	if len(targets) > 0 {
		return
	}
	bound := p.closer.binds[o.Key]
	if len(bound) == 0 {
		b.WriteString("    nothing that this package can see is converted to it: the chain ends here, or goes on in an importer\n")
	}
	for _, bd := range bound {
		fmt.Fprintf(b, "    bound: %s, which does nothing of interest\n", bd.To[2:])
	}
}

func (p *pkg) explainPackage() string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", pkgPath(p.pass.Pkg))
	var keys []string
	for key := range p.rolesOf {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		fmt.Fprintf(&b, "  %s: %s\n", key[2:], strings.Join(p.rolesOf[key], ", "))
	}
	var binds []string
	for bd, pos := range p.binds {
		binds = append(binds, fmt.Sprintf("  binds %s to %s at %s\n", bd.To[2:], bd.From[2:], p.pass.Fset.Position(pos)))
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
