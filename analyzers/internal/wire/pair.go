package wire

import (
	"go/types"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Pair judges a value of type from that is read as type to: the reason why the
// converter cannot carry one into the other, or "". Interfaces, whose values are
// not known here, and whatever brings its own JSON are not judged.
func Pair(from, to types.Type) string { return Revisions(from, to, nil) }

// Revisions is [Pair] for types of two revisions of a program. same reports whether a type is the
// same at both although it was loaded twice.
func Revisions(from, to types.Type, same func(from, to types.Type) bool) string {
	if from == nil || to == nil || !valid(from) || !valid(to) {
		return ""
	}
	if types.Identical(from, to) || same != nil && same(from, to) || types.IsInterface(from) && Root(from) == JSON {
		return ""
	}
	sent, read := Root(from), Root(to)
	switch {
	case sent == Raw || read == Raw || sent == Proto && read == Proto:
		return ""
	case sent == Binary:
		return fromBytes(to)
	case sent == Proto:
		if types.IsInterface(to) || read != Proto {
			return "a protobuf message is read as " + name(to)
		}
	case read == Proto:
		if k := kindOf(from, false); k != object && k != opaque {
			return name(from) + " is read as a protobuf message"
		}
		return ""
	}
	p := pair{seen: make(map[[2]types.Type]bool), same: same}
	return p.json(from, to, false)
}

func name(t types.Type) string {
	return types.TypeString(t, func(pkg *types.Package) string { return pkg.Name() })
}

// fromBytes judges a []byte, which is carried as it is.
func fromBytes(to types.Type) string {
	switch u := to.Underlying().(type) {
	case *types.Interface:
		if u.Empty() {
			return ""
		}
	case *types.Slice:
		if b, ok := u.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Uint8 {
			return ""
		}
	}
	if _, ok := types.Unalias(to).(*types.TypeParam); ok {
		return ""
	}
	return "a []byte is read as " + name(to)
}

// A kind is what a type is in JSON.
type kind byte

const (
	opaque  kind = '?' // brings its own JSON, or an interface
	text    kind = 's'
	number  kind = 'n'
	boolean kind = 'b'
	array   kind = 'a'
	object  kind = 'o'
	base64  kind = 'B' // a string that holds bytes
	numeric kind = 'N' // json.Number: written as a number, read from both
	broken  kind = '-' // cannot be written at all
)

// kindOf says how a value is written, or read if reading.
func kindOf(t types.Type, reading bool) kind {
	if isNamed(t, "encoding/json", "Number") {
		return numeric
	}
	if isNamed(t, "time", "Time") {
		return text // in a form of its own: what is no text is never a time, and the other way
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok || types.IsInterface(t) {
		return opaque
	}
	m := marshals(t, true)
	if reading {
		m = unmarshals(t)
	}
	switch m {
	case byJSON:
		return opaque
	case byText:
		return text
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return text
		case u.Info()&types.IsBoolean != 0:
			return boolean
		case u.Info()&(types.IsInteger|types.IsFloat) != 0:
			return number
		}
		return broken
	case *types.Pointer:
		if t = through(t); isPointer(t) {
			return broken // type P *P
		}
		return kindOf(t, reading)
	case *types.Slice:
		if isByteSlice(u) {
			return base64
		}
		return array
	case *types.Array:
		return array
	case *types.Map, *types.Struct:
		return object
	}
	return broken
}

func carries(from, to kind) bool {
	switch {
	case from == opaque || to == opaque || from == broken || to == broken || from == to:
		return true
	case from == numeric:
		return to == number
	case to == numeric:
		return from == number
	case from == base64:
		return to == text // as garbage, but without an error
	case to == base64:
		return from == array
	}
	return false
}

type pair struct {
	seen map[[2]types.Type]bool
	same func(from, to types.Type) bool // nil unless they are of two revisions
}

// json compares what is written with what can be read; nested says that the two
// are parts of the values.
func (p *pair) json(from, to types.Type, nested bool) string {
	key := [2]types.Type{from, to}
	if p.seen[key] || len(p.seen) > maxTypes || types.Identical(from, to) || p.same != nil && p.same(from, to) {
		return ""
	}
	p.seen[key] = true
	if i, ok := to.Underlying().(*types.Interface); ok && i.NumMethods() > 0 {
		if _, isParam := types.Unalias(to).(*types.TypeParam); !isParam {
			return name(to) + " is an interface with methods, which cannot be read back"
		}
	}
	sent, read := kindOf(from, false), kindOf(to, true)
	if !carries(sent, read) {
		return name(from) + " is read as " + name(to)
	}
	from, to = through(from), through(to)
	// One value may be a whole number; of all that executions have written some are not.
	if p.same != nil && isFloat(from) && syntax.IsInteger(to) {
		return name(from) + " is read as " + name(to) + ", which takes no fractions"
	}
	if marshals(from, true) != byKind || unmarshals(to) != byKind {
		return ""
	}
	switch f := from.Underlying().(type) {
	case *types.Slice:
		if e := element(to); e != nil && sent == array {
			return p.json(f.Elem(), e, true)
		}
	case *types.Array:
		if e := element(to); e != nil && f.Len() > 0 {
			return p.json(f.Elem(), e, true)
		}
	case *types.Map:
		return p.fromMap(f, to)
	case *types.Struct:
		return p.fromStruct(from, f, to, nested)
	}
	return ""
}

// through follows pointers; what points to itself stays a pointer.
func through(t types.Type) types.Type {
	for range 8 {
		ptr, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = ptr.Elem()
	}
	return t
}

func element(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		if u.Len() > 0 {
			return u.Elem()
		}
	}
	return nil
}

func (p *pair) fromMap(from *types.Map, to types.Type) string {
	switch t := to.Underlying().(type) {
	case *types.Map:
		if syntax.IsString(from.Key()) && syntax.IsInteger(t.Key()) && !textUnmarshaler(types.NewPointer(t.Key())) {
			return "keys of type " + name(from.Key()) + " are read as " + name(t.Key())
		}
		return p.json(from.Elem(), t.Elem(), true)
	case *types.Struct:
		if syntax.IsInteger(from.Key()) && !textMarshaler(from.Key()) && !hasNumberedField(t) {
			return "numbers as keys fill no field of " + name(to)
		}
	}
	return ""
}

func hasNumberedField(st *types.Struct) bool {
	for _, f := range fields(st) {
		if _, err := strconv.Atoi(f.name); err == nil {
			return true
		}
	}
	return false
}

func isFloat(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0
}

func (p *pair) fromStruct(from types.Type, st *types.Struct, to types.Type, nested bool) string {
	sent := fields(st)
	switch t := to.Underlying().(type) {
	case *types.Map:
		if len(sent) > 0 && syntax.IsInteger(t.Key()) && !textUnmarshaler(types.NewPointer(t.Key())) {
			return "the names of the fields of " + name(from) + " are read as " + name(t.Key())
		}
		return p.fieldsToElements(sent, t.Elem())
	case *types.Struct:
		read := fields(t)
		reason, common := p.fieldsToFields(sent, read)
		// What is left out of a part may be meant; an argument that arrives empty is not.
		if !common && !nested && len(sent) > 0 && len(read) > 0 {
			return name(from) + " and " + name(to) + " have no field in common"
		}
		return reason
	}
	return ""
}

// fieldsToElements judges a struct that is read as a map.
func (p *pair) fieldsToElements(sent []field, elem types.Type) string {
	for _, f := range sent {
		if f.quoted {
			if !carries(text, kindOf(elem, true)) {
				return "field " + f.v.Name() + ", with the option string, is read as " + name(elem)
			}
			continue
		}
		if reason := p.json(f.v.Type(), elem, true); reason != "" {
			return "field " + f.v.Name() + ": " + reason
		}
	}
	return ""
}

// fieldsToFields judges a struct that is read as another; common says that they share a name.
func (p *pair) fieldsToFields(sent, read []field) (reason string, common bool) {
	for _, f := range sent {
		g := match(read, f.name)
		if g == nil {
			continue
		}
		common = true
		if f.quoted || g.quoted {
			reason = quoted(&f, g)
		} else {
			reason = p.json(f.v.Type(), g.v.Type(), true)
		}
		if reason != "" {
			return "field " + f.v.Name() + ": " + reason, true
		}
	}
	return "", common
}

// match finds the field that a name in JSON fills: exactly, else without regard to
// case.
func match(list []field, name string) *field {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	for i := range list {
		if strings.EqualFold(list[i].name, name) {
			return &list[i]
		}
	}
	return nil
}

// quoted judges fields with the option "string": it must be on both sides, unless
// the other side takes text.
func quoted(from, to *field) string {
	sent, read := kindOf(from.v.Type(), false), kindOf(to.v.Type(), true)
	switch {
	case sent == opaque || read == opaque, from.quoted && to.quoted && carries(sent, read):
		return ""
	case from.quoted && !to.quoted && carries(text, read) && read != base64:
		return ""
	}
	return name(from.v.Type()) + " is read as " + name(to.v.Type()) + " and only one of them has the option string"
}

// Shape is what can be told of a type to packages that do not load it: a letter
// for its JSON, or for what else carries it.
func Shape(t types.Type) string {
	if t == nil || !valid(t) || types.IsInterface(t) {
		return string(opaque)
	}
	switch Root(t) {
	case Raw:
		return string(opaque)
	case Binary:
		return "y"
	case Proto:
		return "p"
	}
	if s, ok := t.Underlying().(*types.Slice); ok && isByteSlice(s) {
		return string(opaque)
	}
	return string(kindOf(t, false))
}

// Fits is Pair on shapes, which know less.
func Fits(from, to string) bool {
	if from == to || from == string(opaque) || to == string(opaque) || from == "" || to == "" {
		return true
	}
	if from == "y" || to == "y" || from == "p" || to == "p" {
		return from == "o" && to == "p"
	}
	return carries(kind(from[0]), kind(to[0]))
}

// HasField reports whether a struct, or what t points to, has a field for one of
// the keys of a JSON object. Types that are no plain struct have every field.
func HasField(t types.Type, keys []string) bool {
	t = through(t)
	st, ok := t.Underlying().(*types.Struct)
	if !ok || unmarshals(t) != byKind || Root(t) != JSON {
		return true
	}
	list := fields(st)
	for _, key := range keys {
		if match(list, key) != nil {
			return true
		}
	}
	return false
}
