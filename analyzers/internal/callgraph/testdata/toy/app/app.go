// Package app has the roots.
package app

import (
	"example.com/toy/iface"

	"example.com/toy/boom"
	"example.com/toy/deep"
	"example.com/toy/shared"
	"example.com/toy/tables"
)

func RootDirect() { boom.Boom() } // want `Boom \(RootDirect\)`

func RootComponent() { deep.A(3) } // want `Boom \(RootComponent -> deep.A -> b -> c at deep.go:17\)`

func RootClosure() {
	f := func() { boom.Boom() } // want `Boom \(RootClosure\)`
	f()
}

func RootMethodValue() {
	run((*deep.T)(nil).Do) // want `Boom \(RootMethodValue -> deep.T.Do at deep.go:30; 1 more`
}

func run(f func()) { f() }

func RootMethodExpression() {
	deep.Map([]*deep.T{nil}, (*deep.T).Do) // the same effect: one more that reaches it
}

// The field holds what any call of New stores in it, explode too.
func RootField() { deep.New(func() {}).Run() }

func RootStoredElsewhere() {
	deep.New(explode)
}

func explode() { boom.Boom() } // want `Boom \(RootStoredElsewhere -> explode; 1 more`

func RootOnce() { boom.Once() }

func RootQuiet() { boom.Quiet() }

func RootInterface() {
	var d iface.Doer = iface.Loud{}
	d.Do() // want `Boom \(RootInterface -> iface.Loud.Do at iface.go:13\)`
}

func RootSibling() { iface.Wrap(iface.Still{}).Do() }

func RootCalm() { (&shared.Calm{Doer: iface.Still{}}).Run() }

func RootNoisy() {
	n := new(shared.Noisy)
	n.Doer = shared.Bang{}
	n.Run() // want `Boom \(RootNoisy -> shared.Noisy.Run -> Bang.Do at shared.go:26\)`
}

func RootMeant() { shared.All(shared.Meant{}, shared.Other{}) }

var table = tables.New()

func RootTable() { table.Run("loud") } // want `Boom \(RootTable -> tables.Table.Run -> bang at tables.go:41\)`

func RootHooks() { table.Start() } // want `Boom \(RootHooks -> tables.Table.Start -> crash at tables.go:42; 1 more`

func RootDecorated() { table.Stop() } // want `Boom \(RootDecorated -> tables.Table.Stop -> loud at tables.go:44\)`

func RootSize() int { return table.Size() }

func RootGroup() {
	g := new(tables.Table)
	g.Hook(boom.Boom) // want `Boom \(RootGroup\)`
	g.Start()         // whatever any table is given
}
