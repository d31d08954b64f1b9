package callgraph

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
)

// A Domain is one thing that functions do: what it looks like, what hides it, and what
// a caller needs to know of it. It registers itself, so that a rule that imports the
// domain finds it computed.
type Domain struct {
	Name    string // of its sections in facts
	Version int    // of its sections; it changes with their meaning

	open func(*Package) (reader any, hooks Hooks)
}

var domains []*Domain

// Register adds a domain. open starts to read a package; the reader is what other domains
// get from [Package.Reader]. It is for functions init: domains are opened in the order in
// which they register, so that one that imports another comes after it.
func Register(d *Domain, open func(*Package) (reader any, hooks Hooks)) {
	d.open = open
	domains = append(domains, d)
}

// Hooks are what a domain does while a package is read, and what it answers. One that is nil is
// not needed.
type Hooks struct {
	// The steps, in this order. Import reads the section of the wiring of a direct import, which
	// has what its own imports' wiring has. Imports come in the order of their paths.
	Import func(imp *types.Package, w *Wiring)
	// Prepare comes before any body is read. Not called for packages with errors.
	Prepare func()
	// Enter comes before a body is read, Leave after it.
	Enter, Leave func(n *Node)
	// Visit sees the nodes of a body's syntax, but not those of closures, which have bodies
	// of their own.
	Visit func(n *Node, x ast.Node, stack []ast.Node)
	// Sink sees every reference to a function. It reports whether that is an effect, so
	// that nothing behind it is followed.
	Sink func(n *Node, ref *Reference) bool
	// Summarize comes when all bodies have been read.
	Summarize func()
	// Solved comes when it is known what every function reaches. It reports whether it
	// has added effects or taken some away.
	Solved func() (changed bool)
	// Function returns the section of a function's fact, a pointer to a struct as package
	// codec takes it, or nil.
	Function func(n *Node) any
	// Roots returns the roots of this package.
	Roots func() []*Root
	// Closed comes when the chains of this package are closed.
	Closed func()
	// Wiring returns the section of the package's wiring, as Function does.
	Wiring func() any
	// Result returns what rules get from [Result.Get].
	Result func() any

	// The questions, whenever they come up. Target says of an identifier or a function literal
	// whether it is in target position of a call that registers or executes it, so that naming it
	// calls nothing; and whether it handles requests to the workflow that sets it.
	Target func(x ast.Node) (target, handler bool)
	// MaskOpen returns the kinds that nothing behind an open call can have, by the name of
	// the method, which is "" for a function value, and the type.
	MaskOpen func(method string, t types.Type) facts.Kind
	// Passes reports whether an effect behind an edge is one of the edge's node.
	Passes func(n *Node, e *Edge, effect *facts.Effect) bool
	// Starts says which parameters of a function become roots: it registers or executes them.
	Starts func(fn *types.Func) []facts.Start
	// RootKind says which kind of root a function can be. One domain has it.
	RootKind func(sig *types.Signature) facts.RootKind
	// Suits returns the kinds for which a function, or a closure without one, is meant where an
	// open call may run it and others, see [facts.Resolved].
	Suits func(fn *types.Func, n *Node) facts.Kind
	// Inherent returns the effects that a function has only as a root of its own.
	Inherent func(fn *types.Func) []*Entry
	// Whole returns the effects that a root has by all that it reaches together.
	Whole func(r *Root) []*Entry
	// MaskRoot returns the kinds that do not matter to a root that reaches some effects and
	// open calls.
	MaskRoot func(r *Root, reach facts.Reach) facts.Kind
	// Explain returns lines about a function, for people.
	Explain func(n *Node) []string
}
