package facts

import "slices"

// MaxChain is the number of hops that a chain keeps; the middle of a longer one
// is left out. The longest chain seen in public programs has eight.
const MaxChain = 8

// Hops is a chain that shares its tail. A hop without a name is none.
type Hops struct {
	Name string
	Next *Hops
}

// HopsOf makes a chain.
func HopsOf(names []string) *Hops {
	var h *Hops
	for _, name := range slices.Backward(names) {
		h = &Hops{name, h}
	}
	return h
}

// List returns the names.
func (h *Hops) List() []string {
	var all []string
	for ; h != nil; h = h.Next {
		if h.Name != "" {
			all = append(all, h.Name)
		}
	}
	return all
}

// Cut leaves out the middle of a long chain.
func Cut(chain []string) []string {
	if len(chain) <= MaxChain {
		return chain
	}
	short := append([]string{}, chain[:MaxChain/2]...)
	short = append(short, "...")
	return append(short, chain[len(chain)-MaxChain/2+1:]...)
}
