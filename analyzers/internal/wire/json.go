package wire

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A method is how a value is written or read.
type method int

const (
	byKind method = iota
	byJSON        // MarshalJSON, UnmarshalJSON
	byText        // MarshalText, UnmarshalText
)

// marshals says how encoding/json writes a value of type t.
func marshals(t types.Type, addr bool) method {
	ptr := types.NewPointer(t)
	switch {
	case has(t, "MarshalJSON", jsonMarshaler) || addr && !isPointer(t) && has(ptr, "MarshalJSON", jsonMarshaler):
		return byJSON
	case textMarshaler(t) || addr && !isPointer(t) && textMarshaler(ptr):
		return byText
	}
	return byKind
}

// unmarshals says how encoding/json reads a value of type t. A pointer is
// followed: what it points to decides.
func unmarshals(t types.Type) method {
	for range 4 {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		if m := reads(t); m != byKind {
			return m
		}
		t = p.Elem()
	}
	return reads(types.NewPointer(t))
}

func reads(t types.Type) method {
	switch {
	case has(t, "UnmarshalJSON", unmarshaler):
		return byJSON
	case textUnmarshaler(t):
		return byText
	}
	return byKind
}

func textMarshaler(t types.Type) bool   { return has(t, "MarshalText", jsonMarshaler) }
func textUnmarshaler(t types.Type) bool { return has(t, "UnmarshalText", unmarshaler) }

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// has reports whether the method set of t has the method, promoted or not.
func has(t types.Type, name string, shape func(*types.Signature) bool) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
	fn, ok := obj.(*types.Func)
	return ok && shape(fn.Signature())
}

// jsonMarshaler is func() ([]byte, error).
func jsonMarshaler(sig *types.Signature) bool {
	return sig.Params().Len() == 0 && sig.Results().Len() == 2 && isBytes(sig.Results().At(0).Type()) && syntax.IsErrorType(sig.Results().At(1).Type())
}

// unmarshaler is func([]byte) error.
func unmarshaler(sig *types.Signature) bool {
	return sig.Params().Len() == 1 && sig.Results().Len() == 1 && isBytes(sig.Params().At(0).Type()) && syntax.IsErrorType(sig.Results().At(0).Type())
}

// readsText reports whether a JSON string can be read into t by its kind.
func readsText(t types.Type) bool {
	switch u := syntax.Deref(t).Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Interface:
		return u.Empty()
	}
	return false
}

func isStringOrInt(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsString|types.IsInteger) != 0 && b.Kind() != types.UnsafePointer
}

// isByteSlice reports whether a slice is written in base64: its elements are bytes
// without marshalers.
func isByteSlice(s *types.Slice) bool {
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uint8 && marshals(types.NewPointer(s.Elem()), false) == byKind
}

// A field is one that encoding/json sees, embedded structs flattened.
type field struct {
	name   string // in JSON
	v      *types.Var
	quoted bool // the option "string", where it has a meaning
	// viaPointer: an embedded pointer is on the way, so that the field is addressable.
	viaPointer bool
	// throughPointer: that pointer is to an unexported struct, which cannot be set.
	throughPointer bool
	embedded       string

	tagged bool
	depth  int
}

// fields are the fields of a struct by the rules of encoding/json: of several with
// one name the least nested wins, then the tagged one; if there are still several,
// none is used.
func fields(st *types.Struct) []field {
	var all []field
	visited := make(map[*types.Struct]bool)
	current := []embedded{{st: st}}
	counts := map[*types.Struct]int{st: 1} // how often a struct is embedded at a level
	for depth := 0; len(current) > 0; depth++ {
		var next []embedded
		nextCounts := make(map[*types.Struct]int)
		for _, e := range current {
			if visited[e.st] {
				continue
			}
			visited[e.st] = true
			for i := range e.st.NumFields() {
				f, inner, ok := e.field(i, depth)
				switch {
				case !ok:
				case inner != nil:
					if nextCounts[inner.st]++; nextCounts[inner.st] == 1 {
						next = append(next, *inner)
					}
				default:
					all = append(all, f)
					if counts[e.st] > 1 {
						all = append(all, f) // embedded twice: it annihilates itself
					}
				}
			}
		}
		current, counts = next, nextCounts
	}
	return dominant(all)
}

// An embedded struct lends its fields to the one around it.
type embedded struct {
	st                         *types.Struct
	viaPointer, throughPointer bool
	name                       string
}

// field is the i-th field: one that is written, or, with inner, a struct whose fields are.
func (e embedded) field(i, depth int) (f field, inner *embedded, ok bool) {
	v := e.st.Field(i)
	elem := v.Type()
	ptr, isPtr := types.Unalias(elem).(*types.Pointer)
	if isPtr && v.Embedded() {
		elem = ptr.Elem()
	}
	st, isStruct := elem.Underlying().(*types.Struct)
	tag := reflect.StructTag(e.st.Tag(i)).Get("json")
	if tag == "-" || !v.Exported() && (!v.Embedded() || !isStruct) {
		return f, nil, false
	}
	name, options, _ := strings.Cut(tag, ",")
	if !validName(name) {
		name = ""
	}
	if v.Embedded() && isStruct && name == "" {
		return f, &embedded{
			st: st, viaPointer: e.viaPointer || isPtr,
			throughPointer: e.throughPointer || isPtr && !v.Exported(), name: v.Name(),
		}, true
	}
	f = field{
		name: name, v: v, depth: depth, tagged: name != "", viaPointer: e.viaPointer,
		throughPointer: e.throughPointer, embedded: e.name,
		quoted: hasOption(options, "string") && quotable(v.Type()),
	}
	if name == "" {
		f.name = v.Name()
	}
	if v.Embedded() && isPtr && !v.Exported() {
		f.throughPointer, f.embedded = true, v.Name()
	}
	return f, nil, true
}

// Travels reports whether a field of the struct t, or of what it points to, is known to
// be written: not if it is unexported or tagged "-", or the type has a JSON of its own.
func Travels(t types.Type, v *types.Var) bool {
	t = through(t)
	st, ok := t.Underlying().(*types.Struct)
	switch {
	case !ok || v == nil:
		return false
	case Root(t) == Proto:
		return v.Exported()
	case Root(t) != JSON || marshals(t, true) != byKind:
		return false
	}
	for i := range st.NumFields() {
		if st.Field(i) == v && v.Embedded() {
			return reflect.StructTag(st.Tag(i)).Get("json") != "-"
		}
	}
	return slices.ContainsFunc(fields(st), func(f field) bool { return f.v == v })
}

// dominant keeps, for each name, the field that wins.
func dominant(all []field) []field {
	byName := make(map[string][]field)
	var names []string
	for _, f := range all {
		if byName[f.name] == nil {
			names = append(names, f.name)
		}
		byName[f.name] = append(byName[f.name], f)
	}
	var kept []field
	for _, name := range names {
		best, ties := byName[name][0], 0
		for _, f := range byName[name][1:] {
			switch {
			case f.depth < best.depth || f.depth == best.depth && f.tagged && !best.tagged:
				best, ties = f, 0
			case f.depth == best.depth && f.tagged == best.tagged:
				ties++
			}
		}
		if ties == 0 {
			kept = append(kept, best)
		}
	}
	return kept
}

// validName is encoding/json's isValidTag.
func validName(s string) bool {
	for _, c := range s {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
	}
	return s != ""
}

func hasOption(options, name string) bool {
	for o := range strings.SplitSeq(options, ",") {
		if o == name {
			return true
		}
	}
	return false
}

// quotable reports whether the option "string" applies to a type.
func quotable(t types.Type) bool {
	b, ok := syntax.Deref(t).Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsBoolean|types.IsInteger|types.IsFloat|types.IsString) != 0
}
