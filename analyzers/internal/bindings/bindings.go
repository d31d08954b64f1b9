// Package bindings reads what flows where in a package: which types are converted to which
// interfaces, and which functions are assigned to which variables, fields and results. What
// calls one of those places may run what is bound to it.
package bindings

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// A Bind says that what calls From may run To: a type's method, a function, or
// whatever is bound to another interface.
type Bind struct{ From, To string }

// Otherwise stands before the key of an interface in a binding that counts only where the place
// has no other: nobody is seen to assign it.
const Otherwise = "?"

// Unfollowed is the key of all types whose methods do nothing that is followed.
const Unfollowed = "t:"

// Less orders bindings.
func (b Bind) Less(other Bind) bool {
	return b.From < other.From || b.From == other.From && b.To < other.To
}

// A Collector collects the bindings of a package.
type Collector struct {
	Info *types.Info
	Pkg  *types.Package
	// Files are those of the program.
	Files []*ast.File
	// Testing: the package is about tests, and binds nothing.
	Testing bool
	// ParamOf returns the declared function whose parameter a variable is, and its index.
	ParamOf func(*types.Var) (*types.Func, int, bool)
	// Imported returns what a function of another package stores, and ImportedResults what
	// its first result may be.
	Imported        func(*types.Func) []Store
	ImportedResults func(*types.Func) ([]Source, bool)

	// Binds has the bindings of types and places, with one place where each is made. Bound
	// has the function values; their keys depend on what else is known of them.
	Binds  map[Bind]token.Pos
	Bound  []Func
	Stores map[*types.Func][]Store

	local   []*ast.CallExpr // calls of functions of this package
	foreign []*ast.CallExpr // calls of other packages' that store an argument
	flows   flows
	fields  map[string]*types.Var   // places, by their keys
	bound   map[string][]types.Type // see boundTo
}

// New returns a collector; the caller sets the functions.
func New(info *types.Info, pkg *types.Package) *Collector {
	return &Collector{
		Info: info, Pkg: pkg,
		Binds: make(map[Bind]token.Pos), Stores: make(map[*types.Func][]Store),
		flows: newFlows(), fields: make(map[string]*types.Var),
	}
}

// A Function is the body that a node of the syntax is in.
type Function struct {
	Fn  *types.Func // nil for closures and initializers
	Sig *types.Signature
	// Kept, if not nil, is told of functions in fields of literals: in an initializer, whoever
	// calls the field runs it, and not whoever uses the variable.
	Kept func(ast.Expr)
}

// Variable records what the initializer of a package variable binds.
func (c *Collector) Variable(v *types.Var, value ast.Expr) {
	if v.Name() != "_" {
		c.convert(v.Type(), value)
		c.bindFunc(keys.Var(v), v.Type(), value)
	}
}
