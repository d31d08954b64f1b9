package wire

import (
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// LostParts returns the exported parts of t that arrive empty although the whole
// does not: structs without a field that JSON sees.
func LostParts(t types.Type) []Verdict {
	if t == nil || !valid(t) || Root(t) != JSON {
		return nil
	}
	c := &checker{seen: make(map[visit]bool), parts: true}
	c.walk(t, false, rootName(t))
	return c.lost
}

func lostReason(t types.Type) string {
	if st, ok := syntax.Deref(t).Underlying().(*types.Struct); ok && len(fields(st)) == 0 {
		return "has no exported field and no marshaler: it arrives empty"
	}
	return "arrives empty: no part of it is exported"
}

// state of a type whose losses are being computed.
type state int

const (
	unknown state = iota
	running
	kept  // some of the data arrives
	gone  // there is data, and none arrives
	empty // there is no data
)

type losses struct{ seen map[types.Type]state }

// lost reports whether t has data of which nothing arrives.
func (l *losses) lost(t types.Type, addr bool) bool { return l.of(t, addr) == gone }

func (l *losses) of(t types.Type, addr bool) state {
	if s := l.seen[t]; s != unknown {
		return s
	}
	if len(l.seen) > maxTypes {
		return kept
	}
	l.seen[t] = running
	s := l.compute(t, addr)
	l.seen[t] = s
	return s
}

func (l *losses) compute(t types.Type, addr bool) state {
	if types.IsInterface(t) || marshals(t, addr) != byKind || unmarshals(t) != byKind {
		return kept
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return l.of(u.Elem(), true)
	case *types.Slice:
		return l.of(u.Elem(), true)
	case *types.Array:
		if u.Len() == 0 {
			return empty
		}
		return l.of(u.Elem(), addr)
	case *types.Map:
		if s := l.of(u.Elem(), false); s != empty {
			return s
		}
		return kept // a set: the keys are the data
	case *types.Struct:
		return l.structure(u, addr)
	}
	return kept
}

func (l *losses) structure(st *types.Struct, addr bool) state {
	result := empty
	for _, f := range fields(st) {
		switch l.of(f.v.Type(), addr || f.viaPointer) {
		case kept:
			return kept
		case gone:
			result = gone
		}
	}
	if result == empty && hasData(st, make(map[types.Type]bool)) {
		return gone
	}
	return result
}

// hasData reports whether a filled value of type t holds anything.
func hasData(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return hasData(u.Elem(), seen)
	case *types.Slice:
		return hasData(u.Elem(), seen)
	case *types.Array:
		return u.Len() > 0 && hasData(u.Elem(), seen)
	case *types.Struct:
		for f := range u.Fields() {
			if f.Name() != "_" && hasData(f.Type(), seen) {
				return true
			}
		}
		return false
	}
	return true
}
