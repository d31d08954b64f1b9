// Package tables keeps functions in maps, lists and fields.
package tables

import "example.com/toy/boom"

// A Table runs functions by name, and what is around them.
type Table struct {
	byName map[string]func()
	hooks  []func()
	last   func()
}

// New fills a table.
func New() *Table {
	byName := map[string]func(){"calm": func() {}}
	byName["loud"] = bang
	t := &Table{byName: byName, last: logged(loud())}
	t.Hook(crash)
	return t
}

// Hook adds a function.
func (t *Table) Hook(f func()) { t.hooks = append(t.hooks, f) }

// Run calls one of the functions.
func (t *Table) Run(name string) { t.byName[name]() }

// Start calls the hooks.
func (t *Table) Start() {
	for _, hook := range t.hooks {
		hook()
	}
}

// Stop calls the last function.
func (t *Table) Stop() { t.last() }

// Size asks how many there are.
func (t *Table) Size() int { return len(t.byName) + len(t.hooks) }

func bang()  { boom.Boom() }
func crash() { boom.Boom() }

func loud() func() { return func() { boom.Boom() } }

func logged(f func()) func() { return func() { f() } }
