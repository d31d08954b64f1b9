// Package boom has the effect of the toy domain, and what hides it.
package boom

import "sync"

// Boom is the effect.
func Boom() {}

var once sync.Once

// Once runs it once a process.
func Once() { once.Do(Boom) }

// Quiet hides it: the toy domain masks what a function called Quiet does.
func Quiet() { Boom() }
