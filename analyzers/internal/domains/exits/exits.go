// Package exits finds what an activity must not do to its process: end it, or hold a worker
// while it connects to a database again and again.
package exits

import (
	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flags"
)

var (
	roots = []facts.RootKind{facts.ActivityRoot}

	// Exit ends the process.
	Exit = facts.NewKind(facts.KindInfo{Name: "exit", Rule: "dbconnect", Roots: roots, AtStart: true, Masked: "runs once a process"})
	// Retry connects to a database in a loop of its own.
	Retry = facts.NewKind(facts.KindInfo{Name: "retry", Rule: "dbconnect", Roots: roots, AtStart: true})
	// connect connects to a database once, which is no finding.
	connect = facts.NewKind(facts.KindInfo{Name: "connect", Rule: "dbconnect", AtStart: true})
)

// Connect is the setting that names functions, as "path/to/pkg.Func" or
// "path/to/pkg.Type.Method", that retry and then end the process. It is read-only once
// analysis has started.
var Connect flags.List

var domain = &callgraph.Domain{Name: "exits", Version: 1}

func init() { callgraph.Register(domain, open) }

type reader struct{ *callgraph.Package }

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{p}
	return r, callgraph.Hooks{Sink: r.sink, Solved: r.findConnectLoops}
}
