// Package messages knows what signals, queries and updates carry, on both sides of their names.
package messages

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// A Side is one end of a message: a call that sends it, or code that reads it.
type Side struct {
	Kind  string // "signal", "query", "update"; "result of query" and "result of update", see resultOf
	Name  string
	Args  []string // shapes, see wire.Shape
	Types string   // for people
	At    callgraph.Place
}

func (s *Side) id() string {
	return s.Kind + "|" + s.At.ID()
}

// A Meeting is a message that is sent, and read as something else. Both ends are first seen
// together in this package.
type Meeting struct {
	Sent, Read Side
	Arg        int    // the first that does not fit; -1 if their number is another
	Reason     string // why it does not, if both ends are of this package
	Pos, End   token.Pos
	Here       bool // the call that sends stands at Pos
}

var domain = &callgraph.Domain{Name: "messages", Version: 3}

func init() { callgraph.Register(domain, open) }

// A Handler is code that reads a message, with what it takes and, if it is a query or an update,
// returns.
type Handler struct {
	Kind, Name string
	Args       []types.Type // nil for one that is read as nothing
	Result     types.Type   // nil for none
	Pos        token.Pos
}

// A Result is what is read of a package.
type Result struct {
	Meetings []Meeting // what does not fit
	Handlers []Handler
	Sent     []string // the messages that are sent: "signal approve"
}

// In returns what was found in a package; never nil.
func In(r *callgraph.Result) *Result {
	if result, ok := r.Get(domain).(*Result); ok {
		return result
	}
	return new(Result)
}

// InAction returns what was found in a package by the result of the analyzer that reads the
// program; never nil.
func InAction(result any) *Result {
	if r, ok := result.(*callgraph.Result); ok {
		return In(r)
	}
	return new(Result)
}

type wiring struct {
	Sent, Read []Side
	Met        []string // sides that met
}

type reader struct {
	*callgraph.Package
	wiring   wiring
	seen     map[string]bool
	pos      map[string]token.Pos    // of sides of this package, by id
	types    map[string][]types.Type // of their arguments
	channels map[*types.Var]ast.Expr // what a selector's function receives from, by its parameter
	wrappers map[*types.Func][]wrapper
	calls    []*ast.CallExpr // of functions that may be wrappers
	result   *Result         // on its own: what was read of the package can be freed
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{Package: p, result: new(Result), seen: make(map[string]bool), pos: make(map[string]token.Pos), types: make(map[string][]types.Type), channels: make(map[*types.Var]ast.Expr), wrappers: make(map[*types.Func][]wrapper)}
	return r, callgraph.Hooks{
		Import: r.importWiring, Visit: r.visit, Summarize: r.findWrapped, Function: r.function, Closed: r.meet, Wiring: r.export,
		Result: func() any { return r.result },
	}
}

func (r *reader) names() *names.Names { return names.Of(r.Package) }

func (r *reader) importWiring(_ *types.Package, w *callgraph.Wiring) {
	var iw wiring
	if !w.Read(domain.Name, domain.Version, &iw) {
		return
	}
	add := func(list *[]Side, sides []Side, what string) {
		for _, s := range sides {
			if !r.seen[what+s.id()] {
				r.seen[what+s.id()] = true
				*list = append(*list, s)
			}
		}
	}
	add(&r.wiring.Sent, iw.Sent, "sent ")
	add(&r.wiring.Read, iw.Read, "read ")
	for _, id := range iw.Met {
		if !r.seen["met "+id] {
			r.seen["met "+id] = true
			r.wiring.Met = append(r.wiring.Met, id)
		}
	}
}

// side describes one end at a place of this package.
func (r *reader) side(kind, name string, args []types.Type, pos token.Pos) Side {
	s := Side{Kind: kind, Name: name, At: r.PlaceOf(pos)}
	var texts []string
	for _, t := range args {
		if t == nil {
			s.Args = append(s.Args, wire.Shape(nil))
			texts = append(texts, "nil")
			continue
		}
		s.Args = append(s.Args, wire.Shape(t))
		texts = append(texts, types.TypeString(t, func(pkg *types.Package) string { return pkg.Name() }))
	}
	s.Types = strings.Join(texts, ", ")
	r.pos[s.id()], r.types[s.id()] = pos, args
	return s
}

// sends adds a call that sends a message.
func (r *reader) sends(kind, name string, args []types.Type, pos token.Pos) {
	r.wiring.Sent = append(r.wiring.Sent, r.side(kind, name, args, pos))
	r.result.Sent = append(r.result.Sent, kind+" "+name)
}

// resultOf is the kind of what a query or an update returns. Its sides are turned round: who sends
// the query reads its result.
func resultOf(kind string) string { return "result of " + kind }

func isResult(kind string) bool { return strings.HasPrefix(kind, "result of ") }

// reads adds code that reads one.
func (r *reader) reads(kind, name string, args []types.Type, result types.Type, pos token.Pos) {
	r.wiring.Read = append(r.wiring.Read, r.side(kind, name, args, pos))
	if result != nil {
		r.wiring.Read = append(r.wiring.Read, r.side(resultOf(kind), name, []types.Type{result}, pos))
	}
	r.result.Handlers = append(r.result.Handlers, Handler{kind, name, args, result, pos})
}

// meet compares the sides that are first seen together here.
func (r *reader) meet() {
	reads := make(map[string][]*Side)
	for i := range r.wiring.Read {
		s := &r.wiring.Read[i]
		reads[s.Kind+"|"+s.Name] = append(reads[s.Kind+"|"+s.Name], s)
	}
	for i := range r.wiring.Sent {
		sent := &r.wiring.Sent[i]
		list := reads[sent.Kind+"|"+sent.Name]
		if len(list) == 0 || r.seen["met "+sent.id()] || !same(list) {
			continue
		}
		r.seen["met "+sent.id()] = true
		r.wiring.Met = append(r.wiring.Met, sent.id())
		arg, reason, fits := r.compare(sent, list)
		if fits {
			continue
		}
		m := Meeting{Sent: *sent, Read: *list[0], Arg: arg, Reason: reason}
		m.Pos, m.Here = r.place(sent, list[0])
		if m.End = m.Pos; m.Pos.IsValid() {
			r.result.Meetings = append(r.result.Meetings, m)
		}
	}
}

// compare reports whether what is sent can be read; if not, the first argument that cannot, and
// why, if both ends are of this package.
func (r *reader) compare(sent *Side, list []*Side) (arg int, reason string, fits bool) {
	if isResult(sent.Kind) {
		arg, fits = fit(list[0], sent)
	} else {
		arg, fits = fit(sent, list[0])
	}
	if fits {
		arg, reason = r.pair(sent, list)
	}
	return arg, reason, fits && reason == ""
}

// place is where this package reports a message: the call that sends it, or what is nearest to it.
func (r *reader) place(sent, read *Side) (pos token.Pos, here bool) {
	if pos := r.pos[sent.id()]; pos.IsValid() {
		return pos, true
	}
	if pos := r.pos[read.id()]; pos.IsValid() {
		return pos, false
	}
	for _, imp := range r.Pass.Pkg.Imports() {
		if keys.Path(imp) == sent.At.Pkg || keys.Path(imp) == read.At.Pkg {
			pos = r.ImportPos(imp)
		}
	}
	if !pos.IsValid() && len(r.Files) > 0 {
		pos = r.Files[0].Name.Pos()
	}
	return pos, false
}

// same reports whether all code that reads a name reads the same: two workflows may have
// signals of one name.
func same(list []*Side) bool {
	for _, s := range list[1:] {
		if strings.Join(s.Args, "|") != strings.Join(list[0].Args, "|") {
			return false
		}
	}
	return true
}

// fit reports whether what is sent can be read, and the first argument that cannot.
func fit(sent, read *Side) (arg int, fits bool) {
	if len(sent.Args) != len(read.Args) {
		return -1, false
	}
	for i := range sent.Args {
		if !wire.Fits(sent.Args[i], read.Args[i]) {
			return i, false
		}
	}
	return 0, true
}

// pair looks into the types of both ends, if they are of this package: the first argument that
// does not fit, and why.
func (r *reader) pair(sent *Side, read []*Side) (arg int, reason string) {
	from := r.types[sent.id()]
	if from == nil {
		return 0, ""
	}
	for _, s := range read {
		if r.types[s.id()] == nil || s.Types != read[0].Types {
			return 0, ""
		}
	}
	for i, to := range r.types[read[0].id()] {
		reason := wire.Pair(from[i], to)
		if isResult(sent.Kind) {
			reason = wire.Pair(to, from[i])
		}
		if reason != "" {
			return i, reason
		}
	}
	return 0, ""
}

func (r *reader) export() any {
	w := r.wiring
	w.Sent = slices.DeleteFunc(w.Sent, func(s Side) bool {
		pos := r.pos[s.id()]
		return pos.IsValid() && !r.seen["met "+s.id()] && r.Ignores("positionalargs", pos)
	})
	if len(w.Sent)+len(w.Read) == 0 {
		return nil
	}
	sort.Slice(w.Sent, func(i, j int) bool { return w.Sent[i].id() < w.Sent[j].id() })
	sort.Slice(w.Read, func(i, j int) bool { return w.Read[i].id() < w.Read[j].id() })
	sort.Strings(w.Met)
	return &w
}
