package facts

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/codec"
)

// A Function is the fact of a function: what it ends up doing. Functions that do
// nothing of interest have none.
type Function struct {
	Version int
	Effects []Reached
	Opens   []Open
	Stores  []bindings.Store
	Results []string // the keys of the types that its first result, an interface, may have

	codec.Carrier
}

// AFact marks it as one.
func (*Function) AFact() {}

// GobEncode writes the fact.
func (f *Function) GobEncode() ([]byte, error) { return f.Encode(f) }

// Load fills the fields. A fact that cannot be read is as good as none.
func (f *Function) Load() {
	if f.Decode(f) != nil || f.Version != Version() {
		*f = Function{}
	}
}

func (f *Function) String() string {
	var parts []string
	for _, e := range f.Effects {
		parts = append(parts, e.Effect.Kind.String()+" "+e.Effect.What)
	}
	for _, o := range f.Opens {
		parts = append(parts, "calls "+o.Key+"."+o.Method)
	}
	for _, s := range f.Stores {
		parts = append(parts, fmt.Sprintf("stores %d in %s", s.Param, s.Key))
	}
	for _, key := range f.Results {
		parts = append(parts, "returns "+key)
	}
	return strings.Join(append(parts, sections(f.Sections)...), ", ")
}

// sections says what domains say.
func sections(list []codec.Section) []string {
	var parts []string
	for _, s := range list {
		parts = append(parts, fmt.Sprintf("%s %v", s.Name, reflect.ValueOf(s.Value).Elem()))
	}
	return parts
}

// A Package is the fact of a package: what flows into interfaces, and the roots whose
// chains are still open. It carries what the package's imports carry, because go vet
// shows a package the facts of its direct imports only.
type Package struct {
	Version int
	// Broken: the package does not compile, and its functions have not been read.
	Broken bool
	Roots  []Root
	Binds  []bindings.Bind
	Impls  []Impl
	// Closed holds the pairs "root|effect" that a package has reported.
	Closed []string

	codec.Carrier
}

// AFact marks it as one.
func (*Package) AFact() {}

// GobEncode writes the fact.
func (w *Package) GobEncode() ([]byte, error) { return w.Encode(w) }

// Load fills the fields. A fact that cannot be read is as good as none.
func (w *Package) Load() {
	if w.Decode(w) != nil || w.Version != Version() {
		*w = Package{}
	}
}

func (w *Package) String() string {
	var parts []string
	for _, r := range w.Roots {
		parts = append(parts, "root "+r.Name)
	}
	for _, b := range w.Binds {
		parts = append(parts, b.From+" <- "+b.To)
	}
	return strings.Join(append(parts, sections(w.Sections)...), ", ")
}

// Sort puts the lists in an order that does not depend on that of the imports.
func (w *Package) Sort() {
	sort.Slice(w.Roots, func(i, j int) bool { return w.Roots[i].ID() < w.Roots[j].ID() })
	sort.Slice(w.Binds, func(i, j int) bool { return w.Binds[i].Less(w.Binds[j]) })
	sort.Slice(w.Impls, func(i, j int) bool {
		if w.Impls[i].Key != w.Impls[j].Key {
			return w.Impls[i].Key < w.Impls[j].Key
		}
		if w.Impls[i].Method != w.Impls[j].Method {
			return w.Impls[i].Method < w.Impls[j].Method
		}
		return w.Impls[i].Suits < w.Impls[j].Suits
	})
	sort.Strings(w.Closed)
}

// A Root is a root with open calls, as it travels.
type Root struct {
	Key   string
	Name  string
	Kind  int
	Opens []Open
}

// ID tells an activity and a workflow apart that are registered through one table.
func (r *Root) ID() string { return r.Key + "#" + strconv.Itoa(r.Kind) }

// An Impl is what a bound function does. Its type need not be loaded where a chain
// closes, so this stands in the wiring and not only in the function's own fact.
type Impl struct {
	Key     string // of the type or function
	Method  string
	Name    string // for the chain
	Kind    int    // the RootKind that the function can be
	Suits   Kind   // see Resolved.Mask
	Effects []Reached
	Opens   []Open
	// Stores and Starts say what it does with its arguments.
	Stores []bindings.Store
	Starts []Start
}

// An ImplID tells functions apart, and what is known of one in packages that have other uses for it.
type ImplID struct {
	Key, Method string
	Suits       Kind
}

// ID names the function and what it suits.
func (im *Impl) ID() ImplID { return ImplID{im.Key, im.Method, im.Suits} }

// IsEmpty reports whether there is nothing to say of the function.
func (im *Impl) IsEmpty() bool {
	return len(im.Effects)+len(im.Opens)+len(im.Stores)+len(im.Starts) == 0 && im.Suits == 0
}

// Reach returns what the function reaches.
func (im *Impl) Reach() Reach {
	var r Reach
	for i := range im.Effects {
		r.Effects = append(r.Effects, &im.Effects[i].Effect)
	}
	for i := range im.Opens {
		r.Opens = append(r.Opens, &im.Opens[i])
	}
	return r
}

// A Start is a parameter that becomes a root.
type Start struct {
	Param int
	Kind  int // the RootKind
}

// coreVersion changes whenever the meaning of a fact does, apart from its sections.
const coreVersion = 3

// Version tells facts apart that were written with other kinds: a caller's cache may
// outlive an upgrade. It has two bytes at most on the wire.
var Version = sync.OnceValue(func() int {
	h := fnv.New32a()
	h.Write([]byte(strconv.Itoa(coreVersion)))
	for i := range kinds {
		h.Write([]byte(kinds[i].Name + " "))
	}
	return int(h.Sum32() & 0x1fff)
})
