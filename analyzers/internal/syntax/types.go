package syntax

import (
	"go/ast"
	"go/types"
)

// IsContext reports whether t is context.Context.
func IsContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// IsTask reports whether a function takes a context first and returns an error last.
func IsTask(sig *types.Signature) bool {
	n := sig.Results().Len()
	return sig.Params().Len() > 0 && IsContext(sig.Params().At(0).Type()) && n > 0 && IsErrorType(sig.Results().At(n-1).Type())
}

// FirstType is the type of x, or of its first result if it is a call of several; nil if it has none.
func FirstType(info *types.Info, x ast.Expr) types.Type {
	t := info.TypeOf(x)
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return nil
		}
		t = tuple.At(0).Type()
	}
	return t
}

// Under returns the underlying type of t, which may be nil, if that is a T.
func Under[T types.Type](t types.Type) (T, bool) {
	var zero T
	if t == nil {
		return zero, false
	}
	u, ok := t.Underlying().(T)
	return u, ok
}

// Deref returns what t points to, or t if that is no pointer.
func Deref(t types.Type) types.Type {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}

// StructOf returns the struct that t is, or points to.
func StructOf(t types.Type) (*types.Struct, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// IsFuncType reports whether values of type t are functions.
func IsFuncType(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// Function returns the type of the functions that a value of type t is, or that a list or map has;
// nil if there are none.
func Function(t types.Type) *types.Signature {
	sig, _ := Element(t).Underlying().(*types.Signature)
	return sig
}

// Element is the type of what lists and maps, and those in them, hold in the end; t for anything else.
func Element(t types.Type) types.Type {
	for range 4 { // type L []L has no end
		switch u := t.Underlying().(type) {
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		}
	}
	return t
}

// Unnamed is a signature without the names of what it takes and returns, which do not tell types
// apart.
func Unnamed(sig *types.Signature) *types.Signature {
	without := func(tuple *types.Tuple) *types.Tuple {
		var all []*types.Var
		for v := range tuple.Variables() {
			all = append(all, types.NewParam(v.Pos(), v.Pkg(), "", v.Type()))
		}
		return types.NewTuple(all...)
	}
	return types.NewSignatureType(nil, nil, nil, without(sig.Params()), without(sig.Results()), sig.Variadic())
}

// IsErrorType reports whether t is the type error.
func IsErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// IsErrorLike reports whether values of t are errors: of type error, or of one that implements it.
func IsErrorLike(t types.Type) bool {
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// IsString reports whether t is a type of strings.
func IsString(t types.Type) bool { return isBasic(t, types.IsString) }

// IsBool reports whether t is a type of booleans.
func IsBool(t types.Type) bool { return isBasic(t, types.IsBoolean) }

// IsInteger reports whether t is a type of integers.
func IsInteger(t types.Type) bool { return isBasic(t, types.IsInteger) }

func isBasic(t types.Type, info types.BasicInfo) bool {
	b, ok := Under[*types.Basic](t)
	return ok && b.Info()&info != 0
}

// Receiver is the type whose method or field a selection ends at, behind embedded fields.
func Receiver(s *types.Selection) types.Type {
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		st, ok := StructOf(t)
		if !ok {
			return t
		}
		t = st.Field(i).Type()
	}
	return t
}

// IsSized reports whether a type has a number of elements.
func IsSized(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Array:
		return true
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

// MentionsTypeParam reports whether a type parameter is a part of t, so that t is another type in
// each instance.
func MentionsTypeParam(t types.Type) bool {
	inTuple := func(list *types.Tuple) bool {
		for v := range list.Variables() {
			if MentionsTypeParam(v.Type()) {
				return true
			}
		}
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case interface{ Elem() types.Type }: // pointers, slices, arrays, channels, maps
		m, isMap := t.(*types.Map)
		return MentionsTypeParam(t.Elem()) || isMap && MentionsTypeParam(m.Key())
	case *types.Signature:
		return inTuple(t.Params()) || inTuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			if MentionsTypeParam(f.Type()) {
				return true
			}
		}
	case *types.Named:
		for a := range t.TypeArgs().Types() {
			if MentionsTypeParam(a) {
				return true
			}
		}
	}
	return false
}
