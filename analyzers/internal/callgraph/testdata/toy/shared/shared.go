// Package shared has fields that other packages assign, and an interface that means one thing or
// another.
package shared

import (
	"example.com/toy/boom"
	"example.com/toy/iface"
)

// Calm is given something that does nothing.
type Calm struct{ Doer iface.Doer }

// Run calls the field.
func (c *Calm) Run() { c.Doer.Do() }

// Noisy is given something that booms.
type Noisy struct{ Doer iface.Doer }

// Run calls the field.
func (n *Noisy) Run() { n.Doer.Do() }

// Bang booms.
type Bang struct{}

// Do booms.
func (Bang) Do() { boom.Boom() }

// Worker works.
type Worker interface{ Work() }

// Meant is the one that roots are given.
type Meant struct{}

// Work does nothing.
func (Meant) Work() {}

// Other is for others.
type Other struct{}

// Work booms.
func (Other) Work() { boom.Boom() }

// All calls each.
func All(workers ...Worker) {
	for _, w := range workers {
		w.Work()
	}
}
