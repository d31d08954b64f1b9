package effects

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// A Kind is a kind of effect. Kinds are bits, so that a call can be marked with
// the kinds that do not pass it.
type Kind uint16

const (
	Insert   Kind = 1 << iota // runs an INSERT without conflict handling
	Exit                      // ends the process
	Retry                     // connects to a database in a loop of its own
	Dial                      // makes a Temporal client
	Loop                      // runs activities in a loop that nothing bounds
	Continue                  // continues as new
	connect                   // connects to a database, once; not reported
	Count                     // an INSERT that adds to the row that is there
	Over                      // runs more activities than the limit
)

const allKinds = Insert | Exit | Retry | Dial | connect | Count | Loop | Over | Continue

// factVersion changes whenever the meaning of a fact does: caches of go vet and
// golangci-lint outlive an upgrade only if their key does not see it.
const factVersion = 4

// maxChain is the number of hops that a chain keeps; the middle of a longer one
// is left out. The longest chain seen in public programs has eight.
const maxChain = 8

// maxReached bounds what a summary holds. Only functions that start a whole
// program reach more, and no activity calls those.
const maxReached = 200

// An Effect is something that a function does, and where.
type Effect struct {
	Kind  Kind
	What  string // the table, the function, or the loop
	Pkg   string // path of the package that contains it
	File  string // base name
	Line  int
	Col   int
	Owner string // "Func" or "Type.Method" that contains it
	N     int    // of a loop with constant bounds: the activities it runs
}

// ID names the effect in every package that sees it.
func (e *Effect) ID() string {
	return strconv.Itoa(int(e.Kind)) + "|" + e.Pkg + "/" + e.File + ":" + strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Col) + "|" + e.What
}

// Place is the effect's file and line, for people.
func (e *Effect) Place() string { return e.File + ":" + strconv.Itoa(e.Line) }

// reached is an effect and the functions that lead to it.
type reached struct {
	Effect Effect
	Chain  []string
}

// open is a call whose target is not known yet: a method of an interface, or a
// function held in a variable or field.
type open struct {
	Key    string // of the interface, variable, field or function result
	Method string // "" unless an interface's
	Mask   Kind   // the kinds that do not pass
	Chain  []string
}

func (o *open) id() string { return o.Key + "." + o.Method + "#" + strconv.Itoa(int(o.Mask)) }

// resultText holds the SQL templates of result Index of a function.
type resultText struct {
	Index int
	Texts []string
}

// function is the fact of a function: what it ends up doing. Functions that do
// nothing of interest have none.
type function struct {
	Version  int
	Effects  []reached
	Opens    []open
	Forwards []roles.Forward
	Texts    []resultText
	// TestsDuplicate: a predicate that says whether an error is a unique violation.
	TestsDuplicate bool
	// AcceptsDuplicate: given an error, returns nil if it is a unique violation.
	AcceptsDuplicate bool
	// Options: the activity options without a retry policy that it returns, or that the
	// package variable is. TakesOptions: the parameters that become a context's options
	// as they are. SetsPolicy: it returns a context with a retry policy, or with a
	// timeout of all attempts.
	Options      options
	TakesOptions []int
	SetsPolicy   bool
	// Registers: what it registers on workers that it is given, or that it returns.
	Registers []registers
	// Tally: the activities that a workflow's run gets from one call.
	Tally tally
	// Deletes: the tables that it deletes from, in the transaction that it is given.
	Deletes []string

	raw []byte // as it was read; decode fills the fields
}

func (*function) AFact() {}

// GobEncode writes the fact.
func (f *function) GobEncode() ([]byte, error) {
	if f.raw != nil {
		return f.raw, nil
	}
	return encodeFact(f)
}

// GobDecode keeps the data for decode.
func (f *function) GobDecode(data []byte) error {
	f.raw = append([]byte{}, data...)
	return nil
}

// decode fills the fields. A fact that cannot be read is as good as none.
func (f *function) decode() {
	raw := f.raw
	*f = function{}
	if raw != nil && decodeFact(raw, f) != nil {
		*f = function{}
	}
}

func (f *function) String() string {
	var parts []string
	for _, e := range f.Effects {
		parts = append(parts, e.Effect.Kind.String()+" "+e.Effect.What)
	}
	for _, o := range f.Opens {
		parts = append(parts, "calls "+o.Key+"."+o.Method)
	}
	for _, fw := range f.Forwards {
		if fw.Kind == sdk.None {
			parts = append(parts, fmt.Sprintf("stores %d in %s", fw.Param, fw.Field))
		} else {
			parts = append(parts, fmt.Sprintf("forwards %d", fw.Param))
		}
	}
	for _, t := range f.Texts {
		parts = append(parts, fmt.Sprintf("result %d is SQL", t.Index))
	}
	if f.TestsDuplicate {
		parts = append(parts, "tests for a duplicate")
	}
	if f.AcceptsDuplicate {
		parts = append(parts, "accepts a duplicate")
	}
	for _, r := range f.Registers {
		parts = append(parts, fmt.Sprintf("registers on %d", r.Param))
	}
	if f.Options.At != "" {
		parts = append(parts, "is options without a retry policy")
	}
	for _, table := range f.Deletes {
		parts = append(parts, "deletes from "+table)
	}
	if f.Tally.runs() {
		parts = append(parts, fmt.Sprintf("runs %d activities", f.Tally.N))
	}
	return strings.Join(parts, ", ")
}

func (k Kind) String() string {
	switch k {
	case Insert:
		return "insert"
	case Exit:
		return "exit"
	case Retry:
		return "retry"
	case Dial:
		return "dial"
	case connect:
		return "connect"
	case Count:
		return "count"
	case Loop:
		return "loop"
	case Over:
		return "over"
	case Continue:
		return "continue"
	}
	return "kind " + strconv.Itoa(int(k))
}

// wiring is the fact of a package: what flows into interfaces, and the activities
// whose chains are still open. It carries what the package's imports carry,
// because go vet shows a package the facts of its direct imports only.
type wiring struct {
	Version int
	Roots   []root
	Binds   []bind
	Impls   []impl
	// Closed holds the pairs "root|effect" that a package has reported.
	Closed []string
	// Duplicates holds the sentinel errors that a unique violation is mapped to.
	Duplicates []string
	// Names are the registered names; Calls those by name, and Met the ones among
	// them that met their registration.
	Names []Registered
	Calls []NamedCall
	Met   []string
	// Registers: this package or one below it registers or executes activities.
	Registers bool
	// Mcerror: this package or one below it uses the runtime's errors.
	Mcerror bool
	// Locals are the functions that run as local activities, by key.
	Locals []string

	raw []byte // as it was read; decode fills the fields
}

func (*wiring) AFact() {}

// GobEncode writes the fact.
func (w *wiring) GobEncode() ([]byte, error) {
	if w.raw != nil {
		return w.raw, nil
	}
	return encodeFact(w)
}

// GobDecode keeps the data for decode.
func (w *wiring) GobDecode(data []byte) error {
	w.raw = append([]byte{}, data...)
	return nil
}

// decode fills the fields. A fact that cannot be read is as good as none.
func (w *wiring) decode() {
	raw := w.raw
	*w = wiring{}
	if raw != nil && decodeFact(raw, w) != nil {
		*w = wiring{}
	}
}

func (w *wiring) String() string {
	var parts []string
	for _, r := range w.Roots {
		parts = append(parts, "root "+r.Name)
	}
	for _, b := range w.Binds {
		parts = append(parts, b.From+" <- "+b.To)
	}
	return strings.Join(parts, ", ")
}

// root is an activity or workflow with open calls.
type root struct {
	Key      string
	Name     string
	Workflow bool
	Opens    []open
}

// bind says that what calls From may run To: a type's method, a function, or
// whatever is bound to another interface.
type bind struct{ From, To string }

// impl is what a bound function does. Its type need not be loaded where a chain
// closes, so this stands in the wiring and not only in the function's own fact.
type impl struct {
	Key      string // of the type or function
	Method   string
	Name     string // for the chain
	Workflow bool   // takes workflow.Context: never an activity
	Effects  []reached
	Opens    []open
}
