// Package wire says what becomes of a value on its way through Temporal's default
// data converter, judging by its type alone: what cannot be encoded, what cannot
// be decoded again, and what arrives empty.
//
// The converter chooses by the root type: nil, []byte, protobuf, and for all the
// rest encoding/json, whose rules for fields, tags, marshalers and map keys are
// repeated here on go/types. A test holds the package to what the converter
// really does.
package wire

import (
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An Outcome is what becomes of a filled value.
type Outcome int

const (
	OK     Outcome = iota
	Encode         // encoding fails
	Decode         // decoding fails
	Lost           // it arrives without any of its data
)

// A Verdict says what becomes of a value, and why.
type Verdict struct {
	Outcome Outcome
	// Path leads from the root type to the offending part: "Order.Customer.notify";
	// it is the root's name if that is the part.
	Path string
	// Reason describes the part: "is a func".
	Reason string
}

// String is the path with the reason.
func (v Verdict) String() string {
	if v.Outcome == OK {
		return "ok"
	}
	return v.Path + " " + v.Reason
}

// Check judges the round trip of a value of type t.
func Check(t types.Type) Verdict {
	if t == nil || !valid(t) {
		return Verdict{}
	}
	if Root(t) != JSON {
		return Verdict{}
	}
	c := &checker{seen: make(map[visit]bool)}
	c.walk(t, false, rootName(t))
	switch {
	case c.encode != nil:
		return *c.encode
	case c.decode != nil:
		return *c.decode
	}
	l := losses{seen: make(map[types.Type]state)}
	if l.lost(t, false) {
		return Verdict{Lost, rootName(t), lostReason(t)}
	}
	return Verdict{}
}

// An Encoding is how the converter carries a value, decided by its root type.
type Encoding int

const (
	JSON   Encoding = iota
	Binary          // []byte as it is
	Proto           // a protobuf message
	Raw             // RawValue, or a type with a transfer type of its own: not judged
)

// Root decides between the converters.
func Root(t types.Type) Encoding {
	switch {
	case isRaw(t):
		return Raw
	case isBytes(t):
		return Binary
	case isProto(t):
		return Proto
	}
	return JSON
}

// isBytes reports whether t is exactly []byte, as the converter's type assertion
// asks for.
func isBytes(t types.Type) bool {
	s, ok := types.Unalias(t).(*types.Slice)
	if !ok {
		return false
	}
	b, ok := types.Unalias(s.Elem()).(*types.Basic)
	return ok && b.Kind() == types.Uint8
}

// isProto reports whether t, or a pointer to it, is a message of either protobuf
// library.
func isProto(t types.Type) bool {
	if types.IsInterface(t) {
		return hasMethod(t, "ProtoReflect") || hasMethod(t, "ProtoMessage")
	}
	if _, ok := t.Underlying().(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	return hasMethod(t, "ProtoReflect") || hasMethod(t, "ProtoMessage") && hasMethod(t, "Reset") && hasMethod(t, "String")
}

func isRaw(t types.Type) bool {
	if isNamed(syntax.Deref(t), "go.temporal.io/sdk/converter", "RawValue") {
		return true
	}
	return hasMethod(t, "TransferTypeConverter") || hasMethod(types.NewPointer(t), "TransferTypeConverter")
}

func hasMethod(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}

func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path && named.Obj().Name() == name
}

func rootName(t types.Type) string {
	return types.TypeString(t, func(pkg *types.Package) string { return pkg.Name() })
}

// valid reports whether the type checker understood t.
func valid(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return !ok || b.Kind() != types.Invalid
}

// visit is a type at a place where values are addressable or not: marshalers of
// the pointer count only where they are.
type visit struct {
	t     types.Type
	addr  bool
	write bool // only the writing is judged: something above reads it in its own way
}

type checker struct {
	seen           map[visit]bool
	write          bool
	encode, decode *Verdict
	parts          bool
	lost           []Verdict
}

func (c *checker) fail(o Outcome, path, reason string) {
	v := &Verdict{o, path, reason}
	switch {
	case o == Encode && c.encode == nil:
		c.encode = v
	case o == Decode && c.decode == nil && !c.write:
		c.decode = v
	}
}

// walk looks for what fails in t. Types that are met again, as in recursive ones,
// have been judged.
func (c *checker) walk(t types.Type, addr bool, path string) {
	key := visit{t, addr, c.write}
	if c.seen[key] || len(c.seen) > maxTypes {
		return
	}
	c.seen[key] = true
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return
	}
	if types.IsInterface(t) {
		c.iface(t, path)
		return
	}
	// A handle with marshalers of its own is not judged by its name.
	if reason := handle(t); reason != "" && marshals(t, addr) == byKind {
		c.fail(Encode, path, reason)
		return
	}
	switch m := marshals(t, addr); {
	case m == byJSON:
		return
	case m == byText:
		if unmarshals(t) == byKind && !readsText(t) {
			c.fail(Decode, path, "is written with MarshalText and has no UnmarshalText to be read with")
		}
		return
	}
	if unmarshals(t) != byKind && !c.write {
		c.write = true
		defer func() { c.write = false }()
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsComplex != 0:
			c.fail(Encode, path, "is a complex number")
		case u.Kind() == types.UnsafePointer:
			c.fail(Encode, path, "is an unsafe pointer")
		}
	case *types.Chan:
		c.fail(Encode, path, "is a channel")
	case *types.Signature:
		c.fail(Encode, path, "is a func")
	case *types.Pointer:
		c.walk(u.Elem(), true, path)
	case *types.Slice:
		if !isByteSlice(u) {
			c.walk(u.Elem(), true, path+"[]")
		}
	case *types.Array:
		if u.Len() > 0 {
			c.walk(u.Elem(), addr, path+"[]")
		}
	case *types.Map:
		c.key(u.Key(), path)
		c.walk(u.Elem(), false, path+"[]")
	case *types.Struct:
		c.structure(t, u, addr, path)
	}
}

func ofSDK(v *types.Var) bool {
	return v.Pkg() != nil && strings.HasPrefix(v.Pkg().Path(), "go.temporal.io/")
}

// maxTypes bounds the work on generic types that grow as they recurse.
const maxTypes = 2000

func (c *checker) iface(t types.Type, path string) {
	i := t.Underlying().(*types.Interface)
	if i.NumMethods() == 0 {
		return
	}
	switch {
	case syntax.IsErrorType(t):
		c.fail(Decode, path, "is an error, which is written as {} and cannot be read back")
	case isNamed(t, "context", "Context"):
		c.fail(Decode, path, "is a context, which does not travel")
	default:
		c.fail(Decode, path, "is an interface with methods, which cannot be read back")
	}
}

func (c *checker) key(k types.Type, path string) {
	switch {
	case isStringOrInt(k):
	case types.IsInterface(k):
		c.fail(Encode, path, "has map keys of an interface type")
	case !textMarshaler(k):
		c.fail(Encode, path, "has map keys that are neither strings nor integers and have no MarshalText")
	}
	if !isStringOrInt(k) && !textUnmarshaler(types.NewPointer(k)) {
		c.fail(Decode, path, "has map keys without UnmarshalText")
	}
}

func (c *checker) structure(t types.Type, st *types.Struct, addr bool, path string) {
	for _, f := range fields(st) {
		if f.throughPointer {
			c.fail(Decode, path+"."+f.embedded, "is an embedded pointer to an unexported struct, which cannot be filled")
		}
		if f.quoted && marshals(f.v.Type(), addr || f.viaPointer) == byText {
			c.fail(Decode, path+"."+f.v.Name(), "has the option string, which its MarshalText does not follow")
		}
		if types.IsInterface(f.v.Type()) && ofSDK(f.v) {
			continue // the SDK's own, such as an option that is nearly always nil
		}
		c.walk(f.v.Type(), addr || f.viaPointer, path+"."+f.v.Name())
	}
	if c.parts && path != rootName(t) {
		l := losses{seen: make(map[types.Type]state)}
		if l.lost(t, addr) {
			c.lost = append(c.lost, Verdict{Lost, path, lostReason(t)})
		}
	}
}

// handle describes types that stand for something outside the value: locks,
// connections, files. encoding/json may well write them, as {}.
func handle(t types.Type) string {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	path, name := named.Obj().Pkg().Path(), named.Obj().Name()
	switch path {
	case "sync":
		return "is a sync." + name + ", which does not travel"
	case "sync/atomic":
		return "is an atomic." + name + ", which does not travel"
	case "database/sql":
		switch name {
		case "DB", "Tx", "Conn", "Stmt", "Rows", "Row":
			return "is a database handle"
		}
	case "os":
		if name == "File" {
			return "is an open file"
		}
	case "net/http":
		switch name {
		case "Client", "Request", "Response", "Server", "Transport":
			return "is an http." + name + ", which does not travel"
		}
	case "net":
		switch name {
		case "TCPConn", "UDPConn", "UnixConn", "TCPListener", "Dialer":
			return "is a network connection"
		}
	}
	switch {
	case strings.HasPrefix(path, "github.com/jackc/pgx/") && (name == "Pool" || name == "Conn" || name == "Tx"),
		path == "github.com/jmoiron/sqlx" && (name == "DB" || name == "Tx" || name == "Conn"),
		path == "gorm.io/gorm" && name == "DB",
		path == "github.com/uptrace/bun" && (name == "DB" || name == "Tx" || name == "Conn"):
		return "is a database handle"
	}
	return ""
}
