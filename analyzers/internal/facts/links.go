package facts

import (
	"slices"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
)

// Links are what interfaces, variables and fields are bound to, and what the
// functions at their ends do.
type Links struct {
	binds map[string][]bindings.Bind // by the key that is bound
	// What instances of a generic interface are bound to, by the interface: an open call inside
	// generic code may run it.
	instances map[string][]bindings.Bind
	impls     map[[2]string]*Impl // by key and method
}

// NewLinks indexes functions that are bound.
func NewLinks(lists ...[]Impl) Links {
	l := Links{binds: make(map[string][]bindings.Bind), instances: make(map[string][]bindings.Bind), impls: make(map[[2]string]*Impl)}
	for _, impls := range lists {
		for i := range impls {
			key := [2]string{impls[i].Key, impls[i].Method}
			if have := l.impls[key]; have != nil {
				impls[i].Suits |= have.Suits // as another package knows it
			}
			l.impls[key] = &impls[i]
		}
	}
	return l
}

// Bind adds a binding.
func (l Links) Bind(b bindings.Bind) {
	l.binds[b.From] = append(l.binds[b.From], b)
	if generic, ok := instantiates(b.From); ok {
		l.instances[generic] = append(l.instances[generic], b)
	}
}

// instantiates returns the key of the generic interface that the one with a key is an instance of.
func instantiates(key string) (generic string, ok bool) {
	if !strings.HasSuffix(key, "]") {
		return "", false
	}
	generic, _, ok = strings.Cut(key, "[")
	return generic, ok
}

// Bound returns what a key is bound to.
func (l Links) Bound(key string) []bindings.Bind {
	list := l.binds[key]
	if more := l.instances[key]; len(more) > 0 {
		list = slices.Concat(list, more)
	}
	otherwise := func(b bindings.Bind) bool { return strings.HasPrefix(b.To, bindings.Otherwise) }
	switch i := slices.IndexFunc(list, otherwise); {
	case i < 0:
		return list
	case len(list) > 1:
		return slices.DeleteFunc(slices.Clone(list), otherwise)
	default:
		return l.Bound(strings.TrimPrefix(list[i].To, bindings.Otherwise))
	}
}

// Arguments are the keys of the arguments of interfaces' methods that something is bound to.
func (l Links) Arguments() []string {
	var keys []string
	for key := range l.binds {
		if key[0] == 'a' {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	return keys
}

// A Resolved is a function that an open call may run, and what says so.
type Resolved struct {
	Impl  *Impl
	Binds []bindings.Bind
	// Mask has the kinds that do not matter here, because another function suits them and this
	// one does not: of two clocks, workflow code is given the one that asks the workflow.
	Mask Kind
}

// Resolve returns what an open call may run.
func (l Links) Resolve(o *Open) []Resolved {
	var all []Resolved
	var suited Kind
	seen := make(map[string]bool)
	var visit func(key string, binds []bindings.Bind)
	visit = func(key string, binds []bindings.Bind) {
		if seen[key] || len(seen) > 200 {
			return
		}
		seen[key] = true
		list := l.Bound(key)
		if generic, ok := instantiates(key); ok && len(list) == 0 {
			list = l.binds[generic] // inside generic code, of whichever instance
		}
		if key[0] == 'r' && len(list) == 0 {
			list = l.results(key)
		}
		for _, b := range list {
			path := append(binds[:len(binds):len(binds)], b)
			if im := l.impls[[2]string{b.To, o.Method}]; im != nil {
				all = append(all, Resolved{Impl: im, Binds: path})
				suited |= im.Suits
				continue
			}
			switch b.To[0] {
			case 'i', 'v', 'f', 'r', 'a':
				visit(b.To, path)
			}
		}
	}
	if im := l.impls[[2]string{o.Key, o.Method}]; im != nil {
		return []Resolved{{Impl: im}} // the key is a type's
	}
	visit(o.Key, nil)
	for i := range all {
		all[i].Mask = suited &^ all[i].Impl.Suits
	}
	return all
}

// results binds what an interface's method returns to what the methods of the types return that
// are bound to the interface.
func (l Links) results(key string) []bindings.Bind {
	dot := strings.LastIndexByte(key, '.')
	if dot < 2 {
		return nil
	}
	var all []bindings.Bind
	for _, t := range l.Types("i:" + key[2:dot]) {
		all = append(all, bindings.Bind{From: key, To: "r:" + t[2:] + key[dot:]})
	}
	return all
}

// Types are the keys of the types that are bound to an interface.
func (l Links) Types(iface string) []string {
	var all []string
	seen := make(map[string]bool)
	var visit func(from string)
	visit = func(from string) {
		if seen[from] || len(seen) > 200 {
			return
		}
		seen[from] = true
		for _, b := range l.Bound(from) {
			switch b.To[0] {
			case 't':
				all = append(all, b.To)
			case 'i', 'v', 'f', 'a':
				visit(b.To)
			}
		}
	}
	visit(iface)
	return all
}
