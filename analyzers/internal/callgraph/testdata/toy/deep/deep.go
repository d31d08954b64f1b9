// Package deep is calls away.
package deep

import "example.com/toy/boom"

// A calls through a component of three functions.
func A(n int) {
	if n > 0 {
		b(n)
	}
}

func b(n int) { c(n - 1) }

func c(n int) {
	A(n)
	boom.Boom()
}

// T has methods.
type T struct{ hook func() }

// New keeps a function that is called elsewhere.
func New(hook func()) *T { return &T{hook: hook} }

// Run calls the field.
func (t *T) Run() { t.hook() }

// Do is a method that is used as a value.
func (*T) Do() { boom.Boom() }

// Map is generic.
func Map[E any](list []E, f func(E)) {
	for _, e := range list {
		f(e)
	}
}
