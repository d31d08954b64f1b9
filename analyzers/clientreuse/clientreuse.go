// Package clientreuse reports Temporal clients that are made for each call.
//
// # Analyzer clientreuse
//
// clientreuse: report Temporal clients that are made for each call
//
// A client is a connection with its own name resolution, TLS handshake and
// keep-alive, made to be shared by the whole process and safe for concurrent
// use. One for each activity, request or piece of work costs a handshake each
// time and, unless it is closed, a connection that stays.
//
// Wrong:
//
//	func (a *OrderActivitiesImpl) Notify(ctx context.Context, id string) error {
//		c, err := client.Dial(client.Options{})
//		if err != nil {
//			return err
//		}
//		defer c.Close()
//		return c.SignalWorkflow(ctx, id, "", "paid", nil)
//	}
//
// Right:
//
//	func (a *OrderActivitiesImpl) Notify(ctx context.Context, id string) error {
//		return activity.GetClient(ctx).SignalWorkflow(ctx, id, "", "paid", nil)
//	}
//
// Reported are Dial, DialContext, NewClient, NewLazyClient, NewClientFromExisting,
// NewNamespaceClient and whatever wraps them, where an activity or a workflow
// reaches them, where a handler of net/http, gin, echo, chi, fiber, gRPC, Connect
// or Nexus does, and in a loop over work. NewClientFromExisting shares the
// connection and is still a client that nobody closes.
//
// The analyzer is silent in main, init and package variables; inside sync.Once,
// OnceFunc and OnceValue; where the client is kept in a field, a map or a package
// variable behind a lock or a look whether it is there; in a loop that leaves on
// success or fills a pool, and where the options depend on what the loop goes over
// or assigns. What another package's function does with its arguments is not known:
// any of them may end up in the options. Handlers and loops are followed through
// functions, not through interfaces.
package clientreuse

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/clients"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed clientreuse.go
var source string

// Analyzer is the rule clientreuse.
var Analyzer = &analysis.Analyzer{
	Name:             "clientreuse",
	Doc:              report.Doc(source),
	URL:              report.URL("clientreuse"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	rep := report.New(pass)
	for _, c := range result.Of(clients.Dial) {
		var where string
		switch c.Root {
		case facts.ActivityRoot:
			where = " makes a client each time the activity runs: use activity.GetClient(ctx)"
		case facts.WorkflowRoot:
			where = " makes a client in workflow code, and a connection on every replay: make one when the worker starts, and use it in an activity"
		case facts.HandlerRoot:
			where = " makes a client for each request, and with it a connection: make one when the process starts, and share it"
		case facts.LoopRoot:
			where = " makes a client for each turn of the loop, and with it a connection: make one before the loop"
		}
		rep.Report(c.Finding(c.Effect.What + where))
	}
	result.Silenced(rep, clients.Dial)
	return rep.Done()
}
