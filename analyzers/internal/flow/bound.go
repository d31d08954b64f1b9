package flow

import "go/token"

// A Bound says how often a loop turns, or how many elements a value has.
type Bound struct {
	Kind BoundKind
	N    int // if Constant
	// Of a parameter: its index, and whether its number of elements counts, not its
	// value.
	Param int
	Size  bool
}

// A BoundKind is what bounds it.
type BoundKind int

const (
	// Unseen: there may be a bound that cannot be seen here.
	Unseen BoundKind = iota
	// Constant: N.
	Constant
	// OfParam: a parameter of the function.
	OfParam
	// Endless: nothing bounds it but what comes from outside of the program.
	Endless
)

// The bounds without a number.
var (
	NoBound   = Bound{Kind: Unseen}
	Unbounded = Bound{Kind: Endless}
)

// Exactly is the bound n.
func Exactly(n int) Bound { return Bound{Kind: Constant, N: max(n, 0)} }

// rank orders bounds from the tightest.
func (b Bound) rank() int {
	switch b.Kind {
	case Constant:
		return 0
	case Unseen:
		return 1
	case OfParam:
		return 2
	}
	return 3
}

// Worst is the bound of something that has one of two.
func Worst(a, b Bound) Bound {
	if b.rank() > a.rank() || b.Kind == Constant && a.Kind == Constant && b.N > a.N {
		return b
	}
	return a
}

// Tighter is the bound of something that has both.
func Tighter(a, b Bound) Bound {
	if b.rank() < a.rank() || b.Kind == Constant && a.Kind == Constant && b.N < a.N {
		return b
	}
	return a
}

// arithmetic is the bound of what an operator makes of two integers.
func arithmetic(op token.Token, a, b Bound) Bound {
	switch {
	case a.Kind != Constant:
		return a
	case b.Kind != Constant:
		return b // len(x) - 1, n / 10
	case op == token.ADD:
		return Exactly(a.N + b.N)
	case op == token.SUB:
		return Exactly(a.N - b.N)
	case op == token.MUL && (a.N == 0 || b.N <= (1<<30)/a.N):
		return Exactly(a.N * b.N)
	case op == token.QUO && b.N > 0:
		return Exactly(a.N / b.N)
	}
	return NoBound
}
