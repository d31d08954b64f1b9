// Package facts has what is known of a function outside of the package that it is in: the kinds of
// effects, the effects and open calls that it reaches, the facts in which they travel, and what open
// calls may run.
package facts

import (
	"go/types"
	"strconv"
)

// A Kind is a kind of effect, or a set of kinds. Each kind is a bit, so that a call
// can be marked with the kinds that do not pass it: a mask.
type Kind uint32

// A KindInfo says what the call graph must know of a kind.
type KindInfo struct {
	Name string // for people, and in the text of facts
	Rule string // the rule that reports it, for directives; "" if none does

	// Roots are the roots to which it matters.
	Roots []RootKind
	// AtStart: it is right where a program starts, so that initializers and what
	// sync.Once runs do not pass it on.
	AtStart bool
	// InHandlers: what a handler of updates or queries does counts for the workflow
	// that sets it. Handlers are roots of their own for every other kind.
	InHandlers bool
	// Own reports whether a function is a root for the kind wherever it stands, by its
	// signature: what it does is reported there, so that its callers elsewhere need not know.
	Own func(*types.Signature) bool
	// Local: what a function does is not said to other packages.
	Local bool
	// Nearest, if it is not 0, is how many effects of one number a function's summary has:
	// those with the shortest chains. It is for kinds that most functions have in the end.
	Nearest int
	// Masked says for people what it means that a call does not pass the kind.
	Masked string
}

var kinds []KindInfo

// NewKind registers a kind of effect. It is for variables of packages; there are at
// most 32 kinds.
func NewKind(info KindInfo) Kind {
	kinds = append(kinds, info)
	return 1 << (len(kinds) - 1)
}

// KindsThat is the set of kinds with a property.
func KindsThat(has func(*KindInfo) bool) Kind {
	var set Kind
	for i := range kinds {
		if has(&kinds[i]) {
			set |= 1 << i
		}
	}
	return set
}

// Info describes a single kind.
func (k Kind) Info() *KindInfo {
	for i := range kinds {
		if k == 1<<i {
			return &kinds[i]
		}
	}
	return &KindInfo{Name: "kind " + strconv.Itoa(int(k))}
}

func (k Kind) String() string { return k.Info().Name }

// MattersTo reports whether a kind of root reports the kind.
func (k Kind) MattersTo(root RootKind) bool {
	for _, r := range k.Info().Roots {
		if r == root {
			return true
		}
	}
	return false
}

// A RootKind says what reaches an effect.
type RootKind int

const (
	ActivityRoot RootKind = iota // a function that is registered or executed as an activity
	WorkflowRoot                 // or as a workflow
	HandlerRoot                  // serves one request
	LoopRoot                     // a loop over work, in no particular root
)
