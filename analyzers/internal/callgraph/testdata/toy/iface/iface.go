// Package iface has an interface, two implementations, and a decorator of one.
package iface

import "example.com/toy/boom"

// Doer does.
type Doer interface{ Do() }

// Loud booms.
type Loud struct{}

// Do booms.
func (Loud) Do() { boom.Boom() }

// Still does nothing.
type Still struct{}

// Do does nothing.
func (Still) Do() {}

// Wrapped is a decorator.
type Wrapped struct{ inner Doer }

// Wrap makes one.
func Wrap(inner Doer) *Wrapped { return &Wrapped{inner} }

// Do calls the inner one.
func (w *Wrapped) Do() { w.inner.Do() }

// Use calls the interface.
func Use(d Doer) { d.Do() }

var _ Doer = Loud{} // converted, and used by nobody
