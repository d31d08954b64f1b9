package bindings

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Node records the implicit and explicit conversions to interfaces that a
// node of the syntax makes. Only what is really converted binds: that a type has
// the methods of an interface says nothing.
func (c *Collector) Node(in Function, x ast.Node) {
	c.flows.note(c, in, x)
	switch x := x.(type) {
	case *ast.CallExpr:
		c.callConversions(x)
	case *ast.AssignStmt:
		if len(x.Lhs) != len(x.Rhs) {
			c.tupleConversions(x)
			return
		}
		for i, lhs := range x.Lhs {
			if syntax.IsBlank(lhs) {
				continue
			}
			if t := c.Info.TypeOf(lhs); t != nil {
				c.convert(t, x.Rhs[i])
				c.assignFunc(lhs, t, x.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range x.Names {
			if i < len(x.Values) && name.Name != "_" {
				if obj := c.Info.Defs[name]; obj != nil {
					c.convert(obj.Type(), x.Values[i])
				}
			}
		}
	case *ast.ReturnStmt:
		c.returnConversions(in, x)
	case *ast.CompositeLit:
		c.literalConversions(in, x)
	case *ast.SendStmt:
		if ch, ok := syntax.Under[*types.Chan](c.Info.TypeOf(x.Chan)); ok {
			c.convert(ch.Elem(), x.Value)
		}
	case *ast.TypeAssertExpr:
		if x.Type != nil {
			c.link(c.Info.TypeOf(x.Type), c.Info.TypeOf(x.X), x.Pos())
		}
	case *ast.TypeSwitchStmt:
		c.switchConversions(x)
	}
}

func (c *Collector) callConversions(call *ast.CallExpr) {
	tv := c.Info.Types[call.Fun]
	if tv.IsType() {
		if len(call.Args) == 1 {
			c.convert(tv.Type, call.Args[0])
		}
		return
	}
	sig, ok := syntax.Under[*types.Signature](tv.Type)
	if !ok || len(call.Args) == 0 {
		return
	}
	c.dependencyInjection(call)
	params := sig.Params()
	if tuple, ok := c.Info.TypeOf(call.Args[0]).(*types.Tuple); ok { // f(g())
		for i := range min(params.Len(), tuple.Len()) {
			c.link(params.At(i).Type(), tuple.At(i).Type(), call.Pos())
		}
		return
	}
	for i, arg := range call.Args {
		var t types.Type
		switch {
		case sig.Variadic() && i >= params.Len()-1 && !call.Ellipsis.IsValid():
			if s, ok := syntax.Under[*types.Slice](params.At(params.Len() - 1).Type()); ok {
				t = s.Elem()
			}
		case i < params.Len():
			t = params.At(i).Type()
		}
		if t != nil {
			c.convert(t, arg)
		}
	}
}

// tupleConversions handles v, err = f().
func (c *Collector) tupleConversions(a *ast.AssignStmt) {
	tuple, ok := c.Info.TypeOf(a.Rhs[0]).(*types.Tuple)
	if !ok || tuple.Len() != len(a.Lhs) {
		return
	}
	for i, lhs := range a.Lhs {
		if t := c.Info.TypeOf(lhs); t != nil {
			c.link(t, tuple.At(i).Type(), a.Pos())
		}
	}
	c.assignFunc(a.Lhs[0], tuple.At(0).Type(), a.Rhs[0])
}

func (c *Collector) returnConversions(in Function, ret *ast.ReturnStmt) {
	if in.Sig == nil {
		return
	}
	results := in.Sig.Results()
	if len(ret.Results) == 1 && results.Len() > 1 {
		if tuple, ok := c.Info.TypeOf(ret.Results[0]).(*types.Tuple); ok && tuple.Len() == results.Len() {
			for i := range results.Len() {
				c.link(results.At(i).Type(), tuple.At(i).Type(), ret.Pos())
			}
		}
		return
	}
	for i, x := range ret.Results {
		if i >= results.Len() {
			return
		}
		c.convert(results.At(i).Type(), x)
		if in.Fn != nil {
			c.returnedTargets(in.Fn, results.At(i).Type(), x)
		}
	}
}

func (c *Collector) literalConversions(in Function, lit *ast.CompositeLit) {
	t := c.Info.TypeOf(lit)
	if t == nil {
		return
	}
	switch u := syntax.Deref(t).Underlying().(type) {
	case *types.Struct:
		for i, elt := range lit.Elts {
			var field *types.Var
			value := elt
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				value = kv.Value
				if id := syntax.Ident(kv.Key); id != nil {
					field, _ = c.Info.Uses[id].(*types.Var)
				}
			} else if i < u.NumFields() {
				field = u.Field(i)
			}
			if field != nil {
				c.convert(field.Type(), value)
				if key := keys.FieldOf(syntax.Deref(t), field.Name()); key != "" {
					c.bindFunc(key, field.Type(), value)
					if in.Kept != nil && syntax.IsFuncType(field.Type()) {
						in.Kept(value)
					}
				}
			}
		}
	case *types.Slice:
		c.elementConversions(u.Elem(), lit)
	case *types.Array:
		c.elementConversions(u.Elem(), lit)
	case *types.Map:
		c.elementConversions(u.Elem(), lit)
	}
}

func (c *Collector) elementConversions(elem types.Type, lit *ast.CompositeLit) {
	if !types.IsInterface(elem) {
		return
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		c.convert(elem, elt)
	}
}

func (c *Collector) switchConversions(s *ast.TypeSwitchStmt) {
	var from types.Type
	ast.Inspect(s.Assign, func(x ast.Node) bool {
		if a, ok := x.(*ast.TypeAssertExpr); ok {
			from = c.Info.TypeOf(a.X)
		}
		return from == nil
	})
	for _, clause := range s.Body.List {
		for _, x := range clause.(*ast.CaseClause).List {
			if tv := c.Info.Types[x]; tv.IsType() {
				c.link(tv.Type, from, x.Pos())
			}
		}
	}
}

// convert records that the value x flows into type t.
func (c *Collector) convert(t types.Type, x ast.Expr) {
	if !types.IsInterface(t) {
		return
	}
	tv, ok := c.Info.Types[x]
	if !ok || tv.IsNil() || tv.Type == nil {
		return
	}
	c.link(t, tv.Type, x.Pos())
}

// link records that values of type from flow into the interface to.
func (c *Collector) link(to, from types.Type, pos token.Pos) {
	if c.Testing || to == nil || from == nil || !types.IsInterface(to) {
		return
	}
	if i, ok := syntax.Under[*types.Interface](to); !ok || i.NumMethods() == 0 {
		return // everything flows into any; following that would connect everything
	}
	if types.Identical(to, from) {
		return
	}
	toKey := keys.Interface(to)
	if toKey == "" {
		return
	}
	var fromKey string
	if types.IsInterface(from) {
		fromKey = keys.Interface(from)
	} else {
		fromKey = concrete(from)
	}
	if fromKey == "" || fromKey == toKey {
		return
	}
	b := Bind{From: toKey, To: fromKey}
	if have, ok := c.Binds[b]; !ok || pos < have {
		c.Binds[b] = pos
	}
}

// concrete names a concrete type that is bound; a function type with methods is
// one too (http.HandlerFunc and its like).
func concrete(t types.Type) string {
	key := keys.Type(t)
	if key == "" || keys.Foreign(key[2:]) {
		return ""
	}
	return key
}

// TypeArgs records the type arguments of generic functions and types where reads says so:
// they flow into their constraints.
func (c *Collector) TypeArgs(reads func(token.Pos) bool) {
	for id, inst := range c.Info.Instances {
		if !reads(id.Pos()) {
			continue
		}
		var params *types.TypeParamList
		switch obj := c.Info.Uses[id].(type) {
		case *types.Func:
			params = obj.Origin().Signature().TypeParams()
		case *types.TypeName:
			switch t := obj.Type().(type) {
			case *types.Alias:
				params = t.Origin().TypeParams()
			case *types.Named:
				params = t.Origin().TypeParams()
			}
		}
		for i := 0; i < params.Len() && i < inst.TypeArgs.Len(); i++ {
			c.link(params.At(i).Constraint(), inst.TypeArgs.At(i), id.Pos())
		}
	}
}

// dependencyInjection knows the two libraries that bind types by naming them:
// wire.Bind(new(I), new(T)) and fx.Annotate(NewT, fx.As(new(I))).
func (c *Collector) dependencyInjection(call *ast.CallExpr) {
	fn := syntax.Callee(c.Info, call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	switch fn.Pkg().Path() + "." + fn.Name() {
	case "github.com/google/wire.Bind":
		if len(call.Args) == 2 {
			c.link(c.pointee(call.Args[0]), c.pointee(call.Args[1]), call.Pos())
		}
	case "go.uber.org/fx.Annotate":
		if len(call.Args) < 2 {
			return
		}
		sig, ok := syntax.Under[*types.Signature](c.Info.TypeOf(call.Args[0]))
		if !ok || sig.Results().Len() == 0 {
			return
		}
		for _, arg := range call.Args[1:] {
			as, ok := ast.Unparen(arg).(*ast.CallExpr)
			if !ok {
				continue
			}
			if f := syntax.Callee(c.Info, as); f != nil && f.Name() == "As" {
				for _, x := range as.Args {
					c.link(c.pointee(x), sig.Results().At(0).Type(), call.Pos())
				}
			}
		}
	}
}

// pointee is the type behind new(T) or (*T)(nil).
func (c *Collector) pointee(x ast.Expr) types.Type {
	if ptr, ok := syntax.Under[*types.Pointer](c.Info.TypeOf(x)); ok {
		return ptr.Elem()
	}
	return nil
}
