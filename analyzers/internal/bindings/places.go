package bindings

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An interface's method runs whatever is converted to the interface, anywhere. Where every
// assignment to what it is called on is seen, much less than that: a decorator calls the one
// that it was made with, and none of its siblings. So fields are places that values flow into
// (variable type analysis, in the small): those that only this package can assign.

// A Source is what a value may be: of a concrete type, or whatever a place holds.
type Source struct {
	Type types.Type
	Key  string // of the place
}

// key names a source for a binding; "" for a type whose methods are not followed.
func (s Source) key() string {
	if s.Key != "" {
		return s.Key
	}
	return concrete(s.Type)
}

// assigned is what a variable or field is assigned: index tells the results of a call
// apart.
type assigned struct {
	x     ast.Expr
	index int
}

// flows are the assignments of a package to variables and fields.
type flows struct {
	values  map[*types.Var][]assigned    // of local variables and of fields
	shared  map[*types.Var]string        // the keys of fields that other packages can assign, too
	escaped map[*types.Var]bool          // whose address is taken
	returns map[*types.Func][][]ast.Expr // the values of each return; nil for one without
	calls   map[*types.Func][]*ast.CallExpr
	asValue map[*types.Func]bool // functions that are used other than by calling them
	known   map[*types.Var]int   // see knownField
	settled []*types.Var         // fields that are known, in the order in which that was found
	wanted  []*types.Var         // fields whose bindings are needed
	needed  map[*types.Var]bool

	functions map[*types.Var][]ast.Expr // that local variables or their elements are assigned
	bare      map[*types.Var]int        // see bareUses; nil until it is asked for
}

func newFlows() flows {
	return flows{
		values:  make(map[*types.Var][]assigned),
		shared:  make(map[*types.Var]string),
		escaped: make(map[*types.Var]bool),
		returns: make(map[*types.Func][][]ast.Expr),
		calls:   make(map[*types.Func][]*ast.CallExpr),
		asValue: make(map[*types.Func]bool),
		known:   make(map[*types.Var]int),
		needed:  make(map[*types.Var]bool),

		functions: make(map[*types.Var][]ast.Expr),
	}
}

// note records what a node of the syntax assigns.
func (f *flows) note(c *Collector, in Function, x ast.Node) {
	switch x := x.(type) {
	case *ast.AssignStmt:
		for i, lhs := range x.Lhs {
			if len(x.Lhs) == len(x.Rhs) {
				f.assign(c, lhs, assigned{x.Rhs[i], 0})
			} else {
				f.assign(c, lhs, assigned{x.Rhs[0], i})
			}
		}
	case *ast.ValueSpec:
		for i, name := range x.Names {
			f.declare(c, x, name, i)
		}
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			if v := c.placeOf(x.X); v != nil {
				f.escaped[v] = true
			}
		}
	case *ast.RangeStmt:
		for _, lhs := range []ast.Expr{x.Key, x.Value} {
			if v := c.placeOf(lhs); v != nil {
				f.escaped[v] = true // an element of something
			}
		}
	case *ast.ReturnStmt:
		if in.Fn != nil {
			f.returns[in.Fn] = append(f.returns[in.Fn], x.Results)
		}
	case *ast.CompositeLit:
		f.literal(c, x)
	}
}

func (f *flows) declare(c *Collector, spec *ast.ValueSpec, name *ast.Ident, i int) {
	switch len(spec.Values) {
	case len(spec.Names):
		f.assign(c, name, assigned{spec.Values[i], 0})
	case 1:
		f.assign(c, name, assigned{spec.Values[0], i})
	default:
		if v, ok := c.Info.Defs[name].(*types.Var); ok && types.IsInterface(v.Type()) {
			f.values[v] = append(f.values[v], assigned{}) // nil
		}
	}
}

func (f *flows) assign(c *Collector, lhs ast.Expr, a assigned) {
	f.assignFunction(c, lhs, a)
	if v := c.placeOf(lhs); v != nil && types.IsInterface(v.Type()) {
		f.values[v] = append(f.values[v], a)
		if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok && c.Info.Selections[sel] != nil {
			f.share(v, keys.Field(c.Info.Selections[sel]))
		}
	}
}

// share notes a field that other packages can assign, too.
func (f *flows) share(v *types.Var, key string) {
	if isShared(v, key) {
		f.shared[v] = key
	}
}

// isShared reports whether other packages than its own can assign a field of an interface.
func isShared(v *types.Var, key string) bool {
	return key != "" && v.IsField() && v.Exported() && ast.IsExported(keys.OwnerOf(key)) && !keys.Foreign(keys.Path(v.Pkg())) && keys.Interface(v.Type()) != ""
}

// literal records the fields of a struct's literal.
func (f *flows) literal(c *Collector, lit *ast.CompositeLit) {
	t := c.Info.TypeOf(lit)
	if t == nil {
		return
	}
	st, ok := syntax.StructOf(t)
	if !ok {
		return
	}
	for i, elt := range lit.Elts {
		var field *types.Var
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
			if id := syntax.Ident(kv.Key); id != nil {
				field, _ = c.Info.Uses[id].(*types.Var)
			}
		} else if i < st.NumFields() {
			field = st.Field(i)
		}
		if field != nil && types.IsInterface(field.Type()) {
			field = field.Origin()
			f.values[field] = append(f.values[field], assigned{elt, 0})
			f.share(field, keys.FieldOf(syntax.Deref(t), field.Name()))
		}
	}
}

// placeOf is the local variable or the field that an expression names, or nil.
func (c *Collector) placeOf(x ast.Expr) *types.Var {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if v, ok := c.Info.ObjectOf(x).(*types.Var); ok && (v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope()) {
			return v.Origin()
		}
	case *ast.SelectorExpr:
		if s := c.Info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
			return s.Obj().(*types.Var).Origin()
		}
	}
	return nil
}

// Receiver returns what the interface value is on which a selection calls a method. It
// reports false if that is not known: then it is whatever is converted to the interface. It
// must not be called before all bodies are read.
func (c *Collector) Receiver(sel *ast.SelectorExpr) ([]Source, bool) {
	s := c.Info.Selections[sel]
	if s == nil || c.Testing {
		return nil, false
	}
	var sources []Source
	ok := false
	if len(s.Index()) > 1 {
		// The method of an embedded interface.
		if field, key := c.embedded(s); field != nil {
			sources, ok = c.field(field, key)
		}
	} else {
		sources, ok = c.sources(sel.X, 0)
	}
	if !ok {
		return nil, false
	}
	for _, s := range sources {
		if s.Type == nil {
			c.want(s.Key)
		}
	}
	return sources, true
}

// Promoted returns the key of the embedded interface whose method a type has, if the place
// is known.
func (c *Collector) Promoted(s *types.Selection) (string, bool) {
	field, key := c.embedded(s)
	if field == nil || c.Testing {
		return "", false
	}
	if _, ok := c.field(field, key); !ok {
		return "", false
	}
	c.want(key)
	return key, true
}

// embedded is the embedded field that a promoted method belongs to, with its key.
func (c *Collector) embedded(s *types.Selection) (*types.Var, string) {
	t := s.Recv()
	index := s.Index()
	for depth, i := range index[:len(index)-1] {
		st, ok := syntax.StructOf(t)
		if !ok {
			return nil, ""
		}
		field := st.Field(i)
		if depth == len(index)-2 {
			return field.Origin(), keys.FieldOf(syntax.Deref(t), field.Name())
		}
		t = field.Type()
	}
	return nil, ""
}

// into reports whether a value that is assigned to a field is known. Of the parameter of a
// function that other packages call, they say what it is.
func (c *Collector) into(a assigned) bool {
	if fn, _, ok := c.openParam(a); ok {
		return fn.Signature().Recv() == nil && !c.flows.asValue[fn]
	}
	_, ok := c.value(a, 0)
	return ok
}

// openParam is the parameter of an exported function that a value is.
func (c *Collector) openParam(a assigned) (*types.Func, int, bool) {
	if a.x == nil || a.index > 0 {
		return nil, 0, false
	}
	v := c.placeOf(a.x)
	if v == nil || !types.IsInterface(v.Type()) || c.flows.escaped[v] || len(c.flows.values[v]) > 0 {
		return nil, 0, false
	}
	fn, i, ok := c.ParamOf(v)
	if !ok || !fn.Exported() || fn.Signature().Variadic() && i == fn.Signature().Params().Len()-1 {
		return nil, 0, false
	}
	return fn, i, true
}

// want notes a place whose bindings are needed.
func (c *Collector) want(key string) {
	if v := c.fields[key]; v != nil && !c.flows.needed[v] {
		c.flows.needed[v] = true
		c.bindPlace(v, key)
	}
}

// bindPlace binds what a known field may hold, and has callers of constructors bind the rest.
func (c *Collector) bindPlace(v *types.Var, key string) {
	if isShared(v, key) {
		c.bindInterface(key, Otherwise+keys.Interface(v.Type()), v.Pos())
		return
	}
	for _, a := range c.flows.values[v] {
		if fn, i, ok := c.openParam(a); ok {
			c.bindParam(fn, i, key, v.Type())
			continue
		}
		list, _ := c.value(a, 0)
		c.bindSources(key, list, a.x)
	}
}

// bindShared binds what this package assigns to fields that others can assign, too.
func (c *Collector) bindShared() {
	if c.Testing {
		return
	}
	fields := slices.SortedFunc(maps.Keys(c.flows.shared), func(a, b *types.Var) int { return strings.Compare(c.flows.shared[a], c.flows.shared[b]) })
	for _, v := range fields {
		key := c.flows.shared[v]
		for _, a := range c.flows.values[v] {
			switch {
			case a.x == nil: // nil
			case c.flows.escaped[v]:
				c.bindInterface(key, keys.Interface(v.Type()), a.x.Pos())
			default:
				c.bindAssigned(key, v.Type(), a)
			}
		}
	}
}

// bindParam binds what a parameter holds that flows into a place: what the calls of this
// package give it, and what those of importers do.
func (c *Collector) bindParam(fn *types.Func, i int, key string, iface types.Type) {
	s := Store{Param: i, Key: key, Iface: keys.Interface(iface)}
	if slices.Contains(c.Stores[fn], s) {
		return
	}
	c.Stores[fn] = append(c.Stores[fn], s)
	for _, call := range c.flows.calls[fn] {
		if i < len(call.Args) {
			c.bindAssigned(key, iface, assigned{call.Args[i], 0})
		}
	}
	if fn.Signature().Recv() != nil || c.flows.asValue[fn] {
		c.bindInterface(key, s.Iface, fn.Pos())
	}
}

func (c *Collector) bindSources(key string, list []Source, at ast.Expr) {
	for _, s := range list {
		if to := s.key(); to != "" && to != key {
			if b := (Bind{From: key, To: to}); !c.has(b) {
				c.Binds[b] = at.Pos()
			}
		}
		if s.Type == nil {
			c.want(s.Key)
		}
	}
}

func (c *Collector) has(b Bind) bool {
	_, ok := c.Binds[b]
	return ok
}

// bindAssigned binds a value, such as an argument, to a place, or whatever is converted to the
// interface if the value is not known.
func (c *Collector) bindAssigned(key string, iface types.Type, a assigned) {
	if fn, i, ok := c.openParam(a); ok {
		c.bindParam(fn, i, key, iface)
	} else if list, ok := c.value(a, -1); ok { // the value itself is no step
		c.bindSources(key, list, a.x)
	} else {
		c.bindInterface(key, keys.Interface(iface), a.x.Pos())
	}
}

func (c *Collector) bindInterface(key, iface string, pos token.Pos) {
	if b := (Bind{From: key, To: iface}); iface != "" && !c.has(b) {
		c.Binds[b] = pos
	}
}

// AsValue notes that a function is used other than by calling it: what its parameters get
// then is not seen.
func (c *Collector) AsValue(fn *types.Func, pos token.Pos) {
	if fn.Pkg() == c.Pkg {
		c.flows.asValue[fn] = true
		return
	}
	if c.Testing {
		return
	}
	for _, s := range c.Imported(fn) {
		c.bindInterface(s.Key, s.Iface, pos)
	}
}
