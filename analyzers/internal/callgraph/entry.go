package callgraph

import (
	"go/token"
	"go/types"
	"slices"
	"sort"
	"sync"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// maxReached bounds what a summary holds. Only functions that start a whole
// program reach more, and no root calls those.
const maxReached = 200

// An Entry is an effect, or an open call, that a node reaches, by the shortest chain.
type Entry struct {
	Effect *facts.Effect
	open   *facts.Open // Chain is not used; the entry's own is
	id     string
	Dist   int // hops between the node and the effect
	chain  *facts.Hops
	// exit is the last place in this package, outside generated files, on the way.
	exit, exitEnd token.Pos
}

// NewEntry makes an entry of an effect behind a call of this package.
func NewEntry(effect *facts.Effect, chain []string, pos, end token.Pos) *Entry {
	return &Entry{Effect: effect, id: effect.ID(), Dist: len(chain), chain: facts.HopsOf(chain), exit: pos, exitEnd: end}
}

// Reached returns what a solved node reaches, nearest callees first.
func (n *Node) Reached() []*Entry { return n.order }

// Reaches reports whether a solved node reaches the effect with an ID.
func (n *Node) Reaches(id string) bool { return n.entries[id] != nil }

// add keeps the shorter chain; among equals the first.
func (n *Node) add(e *Entry) bool {
	have := n.entries[e.id]
	if have == nil {
		if len(n.order) >= 4*maxReached {
			return false
		}
		n.entries[e.id] = e
		n.order = append(n.order, e)
		return true
	}
	if e.Dist < have.Dist {
		*have = *e
		return true
	}
	return false
}

// limit drops all but the nearest of the entries that add has accepted.
func (n *Node) limit() {
	if len(n.order) <= maxReached {
		return
	}
	sort.SliceStable(n.order, func(i, j int) bool { return n.order[i].Dist < n.order[j].Dist })
	for _, e := range n.order[maxReached:] {
		delete(n.entries, e.id)
	}
	n.order = n.order[:maxReached]
}

// others are the entries that matter to callers in other packages.
func (n *Node) others() []*Entry {
	own := facts.KindsThat(func(k *facts.KindInfo) bool { return k.Local || n.Sig != nil && k.Own != nil && k.Own(n.Sig) })
	if own == 0 {
		return n.order
	}
	return slices.DeleteFunc(slices.Clone(n.order), func(e *Entry) bool { return e.Effect != nil && e.Effect.Kind&own != 0 })
}

// limitedKinds are the kinds of which summaries have the nearest effects only.
var limitedKinds = sync.OnceValue(func() facts.Kind { return facts.KindsThat(func(k *facts.KindInfo) bool { return k.Nearest > 0 }) })

// nearest leaves out what is too far away to be in a summary; entries come in the order of
// their names.
func nearest(entries []*Entry) []*Entry {
	limited := limitedKinds()
	if !slices.ContainsFunc(entries, func(e *Entry) bool { return e.Effect != nil && e.Effect.Kind&limited != 0 }) {
		return entries
	}
	type number struct {
		kind facts.Kind
		n    int
	}
	byNumber := make(map[number][]*Entry)
	for _, e := range entries {
		if e.Effect != nil && e.Effect.Kind&limited != 0 {
			k := number{e.Effect.Kind, e.Effect.N}
			byNumber[k] = append(byNumber[k], e)
		}
	}
	far := make(map[*Entry]bool)
	for k, list := range byNumber {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Dist < list[j].Dist })
		for _, e := range list[min(len(list), k.kind.Info().Nearest):] {
			far[e] = true
		}
	}
	return slices.DeleteFunc(entries, func(e *Entry) bool { return far[e] })
}

// exportable splits entries into the two lists of a fact, sorted.
func exportable(order []*Entry) (effects []facts.Reached, opens []facts.Open) {
	sorted := slices.Clone(order)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].id < sorted[j].id })
	for _, e := range nearest(sorted) {
		if e.Effect != nil {
			effects = append(effects, facts.Reached{Effect: *e.Effect, Chain: facts.Cut(e.chain.List())})
		} else {
			o := *e.open
			o.Chain = facts.Cut(e.chain.List())
			opens = append(opens, o)
		}
	}
	return effects, opens
}

// entriesOf are the entries of a list of effects and of one of open calls.
func entriesOf(effects []facts.Reached, opens []facts.Open) []*Entry {
	var entries []*Entry
	for i := range effects {
		r := &effects[i]
		entries = append(entries, NewEntry(&r.Effect, r.Chain, token.NoPos, token.NoPos))
	}
	for i := range opens {
		o := &opens[i]
		entries = append(entries, &Entry{open: o, id: o.ID(), Dist: len(o.Chain), chain: facts.HopsOf(o.Chain)})
	}
	return entries
}

// Does reports whether a function of this package or another has an effect of a kind, and
// whether it may have one, through open calls.
func (p *Package) Does(fn *types.Func, kind facts.Kind) (does, may bool) {
	effects, opens := p.factOf(fn).Effects, p.factOf(fn).Opens
	if n := p.byFn[fn]; n != nil {
		effects, opens = exportable(n.order)
	}
	for i := range effects {
		does = does || effects[i].Effect.Kind == kind
	}
	for i := range opens {
		may = may || opens[i].Mask&kind == 0
	}
	return does, does || may
}

// ReachedBy returns what the function that an edge leads to does, itself first in the
// chains.
func (p *Package) ReachedBy(e *Edge) []facts.Reached {
	var name string
	var effects []facts.Reached
	if e.To != nil {
		name = e.To.Name
		effects, _ = exportable(e.To.order)
	} else {
		name = keys.Hop(e.Fn)
		effects = p.factOf(e.Fn).Effects
	}
	all := make([]facts.Reached, len(effects))
	for i, r := range effects {
		all[i] = facts.Reached{Effect: r.Effect, Chain: facts.Cut(append([]string{name}, r.Chain...))}
	}
	return all
}
