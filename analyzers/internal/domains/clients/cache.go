package clients

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A storage is what a function does with what outlives it: fields, elements and
// package variables. A place is the object that names it. To look at one field of a
// struct is to look at all: they are filled together.
type storage struct {
	locks bool
	looks map[types.Object]bool // places where it looks whether something is there, and the types whose fields they are
	gives map[types.Object]bool // places whose content it returns
	puts  []put
	holds map[*types.Var][]*ast.CallExpr // local variables, and the calls they may have the result of
	calls []*ast.CallExpr

	copies map[*types.Var]ast.Expr // "c := s.client", while the function is read
}

// A put is a value, a variable or a call, that is stored in a place.
type put struct {
	at    types.Object
	of    types.Object // the type whose field it is, if it is one
	value ast.Expr
	among bool // others: it is an element
}

// cachedCalls returns the calls of a function whose result is kept: stored by code
// that holds a lock, or that looks first whether there is something in the place.
// A client that is made this way is made once. Looking, storing, and making and
// storing in one may be left to functions of the package.
func (p *reader) cachedCalls(n *callgraph.Node) []callgraph.Mark {
	s := p.storageOf(n)
	looks := maps.Clone(s.looks)
	puts := slices.Clone(s.puts)
	helpers := make(map[*ast.CallExpr]*storage)
	seen := make(map[*storage]bool)
	for _, call := range s.calls {
		fn := syntax.Callee(p.Info, call)
		if fn == nil || p.NodeOf(fn) == nil {
			continue
		}
		h := p.storageOf(p.NodeOf(fn))
		helpers[call] = h
		if !seen[h] {
			seen[h] = true
			maps.Copy(looks, h.looks)
			maps.Copy(looks, h.gives)
		}
		puts = append(puts, h.given(p, fn, call)...)
	}
	guarded := func(x put) bool { return s.locks || looks[x.at] || looks[x.of] }
	var marks []callgraph.Mark
	for _, x := range puts {
		if guarded(x) {
			for _, call := range s.makers(p, x.value) {
				marks = append(marks, callgraph.Mark{Pos: call.Pos(), End: call.End(), Mask: Dial})
			}
		}
	}
	for _, call := range s.calls {
		if h := helpers[call]; h != nil && h.keepsClient(p, guarded) {
			marks = append(marks, callgraph.Mark{Pos: call.Pos(), End: call.End(), Mask: Dial})
		}
	}
	return marks
}

// given are the arguments of a call that the function fn stores.
func (s *storage) given(p *reader, fn *types.Func, call *ast.CallExpr) []put {
	var puts []put
	for _, x := range s.puts {
		v := syntax.Var(p.Info, x.value)
		if v == nil {
			continue
		}
		if of, i, ok := p.ParamOf(v); ok && of == fn && i < len(call.Args) {
			puts = append(puts, put{at: x.at, of: x.of, value: call.Args[i]})
		}
	}
	return puts
}

// makers are the calls that a value may be the result of.
func (s *storage) makers(p *reader, value ast.Expr) []*ast.CallExpr {
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
		return []*ast.CallExpr{call}
	}
	return s.holds[syntax.Var(p.Info, value)]
}

// keepsClient reports whether a function makes a client and keeps it in one of some
// places.
func (s *storage) keepsClient(p *reader, in func(put) bool) bool {
	for _, x := range s.puts {
		if !in(x) {
			continue
		}
		for _, call := range s.makers(p, x.value) {
			if fn := syntax.Callee(p.Info, call); fn != nil && (sdk.IsClientConstructor(fn) || p.NodeOf(fn) != nil) {
				return true
			}
		}
	}
	return false
}

// collects reports whether the client that a call returns, or what holds it, becomes
// one of several that are kept: a pool.
func (p *reader) collects(n *callgraph.Node, call *ast.CallExpr) bool {
	t := syntax.FirstType(p.Info, call)
	if _, basic := syntax.Under[*types.Basic](t); basic || t == nil || syntax.IsErrorType(t) {
		return false
	}
	s := p.storageOf(n.Top())
	return slices.ContainsFunc(s.puts, func(x put) bool {
		return x.among && slices.Contains(s.makers(p, x.value), call)
	})
}

func (p *reader) storageOf(n *callgraph.Node) *storage {
	s := p.storages[n]
	if s == nil {
		s = p.readStorage(n.Body)
		p.storages[n] = s
	}
	return s
}

func (p *reader) readStorage(body ast.Node) *storage {
	s := &storage{
		looks:  make(map[types.Object]bool),
		gives:  make(map[types.Object]bool),
		holds:  make(map[*types.Var][]*ast.CallExpr),
		copies: make(map[*types.Var]ast.Expr),
	}
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			s.assignment(p, x)
		case *ast.BinaryExpr:
			if syntax.IsNil(x.X) {
				s.look(p, s.kept(p, x.Y))
			} else if syntax.IsNil(x.Y) {
				s.look(p, s.kept(p, x.X))
			}
		case *ast.ReturnStmt:
			for _, result := range x.Results {
				if place := s.kept(p, result); place != nil {
					s.gives[syntax.Place(p.Info, place)] = true
				}
			}
		case *ast.CallExpr:
			s.calls = append(s.calls, x)
			if sel, ok := x.Fun.(*ast.SelectorExpr); ok {
				s.method(p, sel, x.Args)
			}
		}
		return true
	})
	s.copies = nil
	return s
}

// kept is the place that x is, or whose value the variable x has, or nil.
func (s *storage) kept(p *reader, x ast.Expr) ast.Expr {
	if p.outlives(x) {
		return x
	}
	return s.copies[syntax.Var(p.Info, x)]
}

// look notes that there is a look at what is in a place.
func (s *storage) look(p *reader, place ast.Expr) {
	for _, at := range []types.Object{syntax.Place(p.Info, place), p.fieldOf(place)} {
		if at != nil {
			s.looks[at] = true
		}
	}
}

func (s *storage) assignment(p *reader, x *ast.AssignStmt) {
	for lhs, rhs := range syntax.Definitions(x) {
		v := syntax.Var(p.Info, lhs)
		switch call, ok := ast.Unparen(rhs).(*ast.CallExpr); {
		case p.outlives(lhs) || syntax.Append(p.Info, rhs) != nil:
			_, among := ast.Unparen(lhs).(*ast.IndexExpr)
			s.put(p, put{syntax.Place(p.Info, lhs), p.fieldOf(lhs), rhs, among})
		case v == nil || lhs != x.Lhs[0] && len(x.Rhs) == 1:
		case ok:
			s.holds[v] = append(s.holds[v], call)
		case p.outlives(rhs):
			s.copies[v] = rhs
		}
	}
	if len(x.Lhs) == 2 && len(x.Rhs) == 1 {
		if index, ok := ast.Unparen(x.Rhs[0]).(*ast.IndexExpr); ok {
			s.look(p, index) // v, ok := cache[key]
		}
	}
}

// method notes what a method does to a cache, by the names that caches give them.
func (s *storage) method(p *reader, sel *ast.SelectorExpr, args []ast.Expr) {
	switch sel.Sel.Name {
	case "Lock":
		s.locks = true
	case "Store", "LoadOrStore", "Add", "Set", "Put", "CompareAndSwap", "Swap":
		for _, arg := range args {
			s.put(p, put{at: syntax.Place(p.Info, sel.X), value: arg})
		}
		if sel.Sel.Name == "LoadOrStore" || sel.Sel.Name == "CompareAndSwap" {
			s.look(p, sel.X)
		}
	case "Load", "Get":
		s.look(p, sel.X)
	}
}

// put notes a value that is stored, alone or as part of a new one.
func (s *storage) put(p *reader, x put) {
	part := func(value ast.Expr, among bool) { s.put(p, put{x.at, x.of, value, among}) }
	switch value := ast.Unparen(x.value).(type) {
	case *ast.CallExpr:
		if syntax.Append(p.Info, value) != nil {
			for _, arg := range value.Args[1:] {
				part(arg, true)
			}
			break
		}
		s.puts = append(s.puts, x)
	case *ast.Ident:
		s.puts = append(s.puts, x)
	case *ast.UnaryExpr:
		part(value.X, x.among)
	case *ast.KeyValueExpr:
		part(value.Value, x.among)
	case *ast.CompositeLit:
		for _, elt := range value.Elts {
			part(elt, x.among)
		}
	}
}

// outlives reports whether x is a field, an element, or a package variable.
func (p *reader) outlives(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		_, ok := p.Info.ObjectOf(x.Sel).(*types.Var)
		return ok
	case *ast.IndexExpr:
		return true
	case *ast.Ident:
		v, ok := p.Info.ObjectOf(x).(*types.Var)
		return ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
	case *ast.StarExpr:
		return true
	}
	return false
}

// fieldOf is the type whose field, or an element of whose field, a place is, or nil.
func (p *reader) fieldOf(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		return p.fieldOf(x.X)
	case *ast.StarExpr:
		return p.fieldOf(x.X)
	case *ast.SelectorExpr:
		if s := p.Info.Selections[x]; s != nil {
			if named, ok := types.Unalias(syntax.Deref(s.Recv())).(*types.Named); ok {
				return named.Obj()
			}
		}
	}
	return nil
}
