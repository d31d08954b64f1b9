package effects

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// mayDial reports whether a body of this package can hold a Temporal client: a
// package that never sees the SDK's types has none to keep.
func (p *pkg) mayDial() bool { return sdk.Imports(p.pass.Pkg) }

// A storage is what a function does with what outlives it: fields, elements and
// package variables. A place is the object that names it.
type storage struct {
	locks bool
	looks map[types.Object]bool // places where it looks whether something is there
	gives map[types.Object]bool // places whose content it returns
	puts  []put
	holds map[*types.Var][]*ast.CallExpr // local variables, and the calls they may have the result of
	calls []*ast.CallExpr
}

// A put is a value, a variable or a call, that is stored in a place.
type put struct {
	at    types.Object
	value ast.Expr
	among bool // others: it is an element
}

// cachedCalls returns the calls of a function whose result is kept: stored by code
// that holds a lock, or that looks first whether there is something in the place.
// A client that is made this way is made once. Looking, storing, and making and
// storing in one may be left to functions of the package.
func (p *pkg) cachedCalls(n *node) []mark {
	s := p.storageOf(n)
	looks := maps.Clone(s.looks)
	puts := s.puts
	helpers := make(map[*ast.CallExpr]*storage)
	seen := make(map[*storage]bool)
	for _, call := range s.calls {
		fn := roles.Callee(p.info, call)
		if fn == nil || p.byFn[fn] == nil {
			continue
		}
		h := p.storageOf(p.byFn[fn])
		helpers[call] = h
		if !seen[h] {
			seen[h] = true
			maps.Copy(looks, h.looks)
			maps.Copy(looks, h.gives)
		}
		for _, x := range h.puts {
			if v := p.localVar(x.value); v != nil {
				if of, i, ok := p.finder.ParamOf(v); ok && of == fn && i < len(call.Args) {
					puts = append(puts[:len(puts):len(puts)], put{at: x.at, value: call.Args[i]})
				}
			}
		}
	}
	guarded := func(at types.Object) bool { return s.locks || looks[at] }
	var marks []mark
	for _, x := range puts {
		if guarded(x.at) {
			for _, call := range s.makers(p, x.value) {
				marks = append(marks, mark{call.Pos(), call.End(), Dial})
			}
		}
	}
	for _, call := range s.calls {
		if h := helpers[call]; h != nil && h.keepsClient(p, guarded) {
			marks = append(marks, mark{call.Pos(), call.End(), Dial})
		}
	}
	return marks
}

// makers are the calls that a value may be the result of.
func (s *storage) makers(p *pkg, value ast.Expr) []*ast.CallExpr {
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
		return []*ast.CallExpr{call}
	}
	return s.holds[p.localVar(value)]
}

// keepsClient reports whether a function makes a client and keeps it in one of some
// places.
func (s *storage) keepsClient(p *pkg, in func(types.Object) bool) bool {
	for _, x := range s.puts {
		if !in(x.at) {
			continue
		}
		for _, call := range s.makers(p, x.value) {
			if fn := roles.Callee(p.info, call); fn != nil && (sdk.IsClientConstructor(fn) || p.byFn[fn] != nil) {
				return true
			}
		}
	}
	return false
}

// collects reports whether the client that a call returns, or what holds it, becomes
// one of several that are kept: a pool.
func (p *pkg) collects(n *node, call *ast.CallExpr) bool {
	t := p.info.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(0).Type()
	}
	if _, basic := under[*types.Basic](t); basic || t == nil || isErrorType(t) {
		return false
	}
	for n.outer != nil {
		n = n.outer
	}
	s := p.storageOf(n)
	return slices.ContainsFunc(s.puts, func(x put) bool {
		return x.among && slices.Contains(s.makers(p, x.value), call)
	})
}

func (p *pkg) storageOf(n *node) *storage {
	if n.storage == nil {
		n.storage = p.readStorage(n.body)
	}
	return n.storage
}

func (p *pkg) readStorage(body ast.Node) *storage {
	s := &storage{
		looks: make(map[types.Object]bool),
		gives: make(map[types.Object]bool),
		holds: make(map[*types.Var][]*ast.CallExpr),
	}
	copies := make(map[*types.Var]types.Object) // "c := s.client"
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for i, lhs := range x.Lhs {
				rhs := x.Rhs[0]
				if len(x.Rhs) == len(x.Lhs) {
					rhs = x.Rhs[i]
				}
				v := p.localVar(lhs)
				switch call, ok := ast.Unparen(rhs).(*ast.CallExpr); {
				case p.outlives(lhs) || isAppend(rhs):
					_, among := ast.Unparen(lhs).(*ast.IndexExpr)
					s.put(p.object(lhs), rhs, among)
				case v == nil || i > 0 && len(x.Rhs) == 1:
				case ok:
					s.holds[v] = append(s.holds[v], call)
				case p.outlives(rhs):
					copies[v] = p.object(rhs)
				}
			}
			if len(x.Lhs) == 2 && len(x.Rhs) == 1 {
				if index, ok := ast.Unparen(x.Rhs[0]).(*ast.IndexExpr); ok {
					s.looks[p.object(index)] = true // v, ok := cache[key]
				}
			}
		case *ast.BinaryExpr:
			other := x.X
			if isNil(x.X) {
				other = x.Y
			} else if !isNil(x.Y) {
				break
			}
			if p.outlives(other) {
				s.looks[p.object(other)] = true
			} else if at := copies[p.localVar(other)]; at != nil {
				s.looks[at] = true
			}
		case *ast.ReturnStmt:
			for _, result := range x.Results {
				if p.outlives(result) {
					s.gives[p.object(result)] = true
				}
			}
		case *ast.CallExpr:
			s.calls = append(s.calls, x)
			sel, ok := x.Fun.(*ast.SelectorExpr)
			if !ok {
				break
			}
			at := p.object(sel.X)
			switch sel.Sel.Name {
			case "Lock":
				s.locks = true
			case "Store", "LoadOrStore", "Add", "Set", "Put", "CompareAndSwap", "Swap":
				for _, arg := range x.Args {
					s.put(at, arg, false)
				}
				if sel.Sel.Name == "LoadOrStore" || sel.Sel.Name == "CompareAndSwap" {
					s.looks[at] = true
				}
			case "Load", "Get":
				s.looks[at] = true
			}
		}
		return true
	})
	delete(s.looks, nil)
	return s
}

// put notes a value that is stored, alone or as part of a new one.
func (s *storage) put(at types.Object, x ast.Expr, among bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		if isAppend(x) && len(x.Args) > 0 {
			for _, arg := range x.Args[1:] {
				s.put(at, arg, true)
			}
			break
		}
		s.puts = append(s.puts, put{at, x, among})
	case *ast.Ident:
		s.puts = append(s.puts, put{at, x, among})
	case *ast.UnaryExpr:
		s.put(at, x.X, among)
	case *ast.KeyValueExpr:
		s.put(at, x.Value, among)
	case *ast.CompositeLit:
		for _, elt := range x.Elts {
			s.put(at, elt, among)
		}
	}
}

// outlives reports whether x is a field, an element, or a package variable.
func (p *pkg) outlives(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		_, ok := p.info.ObjectOf(x.Sel).(*types.Var)
		return ok
	case *ast.IndexExpr:
		return true
	case *ast.Ident:
		v, ok := p.info.ObjectOf(x).(*types.Var)
		return ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
	case *ast.StarExpr:
		return true
	}
	return false
}

// object names a place: the variable or field, the one that an element is in, or the
// function that returns it.
func (p *pkg) object(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return p.info.ObjectOf(x)
	case *ast.SelectorExpr:
		if v, ok := p.info.ObjectOf(x.Sel).(*types.Var); ok {
			return v.Origin()
		}
		return p.info.ObjectOf(x.Sel)
	case *ast.IndexExpr:
		return p.object(x.X)
	case *ast.StarExpr:
		return p.object(x.X)
	case *ast.CallExpr:
		return p.object(x.Fun)
	}
	return nil
}
