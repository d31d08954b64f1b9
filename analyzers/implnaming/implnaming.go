// Package implnaming reports names that do not tell workflows, activities and their
// implementations apart.
//
// # Analyzer implnaming
//
// implnaming: report workflows, activities and implementations whose names do not say so
//
// Whoever reads a call must know whether it is a workflow's, an activity's or plain
// code: what may block, what is retried and what must be deterministic depends on
// it. So an interface is called XYZWorkflow or XYZActivities, and what implements
// it XYZWorkflowImpl or XYZActivitiesImpl: the interface is what workflows execute
// and tests mock, the implementation is what a worker registers.
//
// Wrong:
//
//	type Orders struct{ db *pgxpool.Pool }
//
//	func Register(w worker.Registry) { w.RegisterActivity(&Orders{}) }
//
// Right:
//
//	type OrderActivities interface {
//		Charge(ctx context.Context, id string) error
//	}
//
//	type OrderActivitiesImpl struct{ db *pgxpool.Pool }
//
//	func Register(w worker.Registry) { w.RegisterActivity(&OrderActivitiesImpl{}) }
//
// Reported are
//   - a struct that is registered and has no interface that lists its activities, or
//     more activities than its interface XYZActivities lists;
//   - such an interface whose name does not end in Activities, and a struct whose
//     name is not its interface's plus Impl, or does not end so if others implement
//     it too;
//   - the same for interfaces of workflows: one with a method that takes
//     workflow.Context, of which an implementation is registered or executed;
//   - a plain function that is registered or executed as a workflow and whose name
//     does not end in Workflow.
//
// They are reported where they are declared, if the package says itself that they
// are activities or workflows, else at the registration.
//
// The analyzer is silent for generated code, tests and the types of tests (Mock,
// Fake, Stub in the name); for methods that are registered one by one; for workflows
// that are methods of a struct without an interface; and for other modules. It is a
// convention.
//
// The fix renames what all uses of are in the package: types that are not exported,
// or of package main. A workflow function's name is the name that it is registered
// under, so it is renamed only where every registration gives it another.
package implnaming

import (
	_ "embed"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

//go:embed implnaming.go
var source string

// Analyzer is the rule implnaming.
var Analyzer = &analysis.Analyzer{
	Name:             "implnaming",
	Doc:              report.Doc(source),
	URL:              report.URL("implnaming"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// checker is the rule in one package.
type checker struct {
	pass   *analysis.Pass
	result *names.Result
	rep    *report.Reporter
	seen   map[types.Object]bool // judged
	// named holds the workflow functions that every registration here names.
	named map[*types.Func]bool
	given map[string]types.Object // whom the pass gives a name, by package and name
	impls []implementation

	declared   map[*types.Package][]*types.Named // the interfaces of a package
	generators map[string]bool                   // whether a file was generated, by name
}

// An implementation is a struct that a call registers, with what it should be called.
type implementation struct {
	call        *names.Call
	iface, impl types.Object
	want        string
}

func run(pass *analysis.Pass) (any, error) {
	all := program.Of(pass)
	c := &checker{
		pass:   pass,
		result: names.In(all),
		rep:    report.New(pass),
		seen:   make(map[types.Object]bool),
		named:  make(map[*types.Func]bool),
		given:  make(map[string]types.Object),

		declared:   make(map[*types.Package][]*types.Named),
		generators: make(map[string]bool),
	}
	all.Silenced(c.rep, 0)
	result := c.result
	for _, n := range result.Names {
		if n.Fn != nil && n.Workflow {
			given := n.Name != n.Fn.Name()
			before, known := c.named[n.Fn]
			c.named[n.Fn] = given && (before || !known)
		}
	}
	for i := range result.Calls {
		call := &result.Calls[i]
		if call.Test || call.Kind == sdk.Mock || call.Kind == sdk.Handle {
			continue
		}
		if call.Kind == sdk.RegisterActivity {
			c.registered(call)
		}
		for _, t := range call.Targets {
			if t.Fn != nil && sdk.IsWorkflowCode(t.Fn.Signature()) && !call.Kind.Activity() {
				c.workflow(call, t.Fn)
			}
		}
	}
	c.implementations()
	return c.rep.Done()
}

// registered judges what is registered as activities, if it is a struct or an
// interface that stands for one.
func (c *checker) registered(call *names.Call) {
	t := c.pass.TypesInfo.TypeOf(call.Target)
	if t == nil {
		return
	}
	named := namedType(t)
	if named == nil || !c.own(named.Obj()) {
		return
	}
	if _, isFunc := named.Underlying().(*types.Signature); isFunc {
		return
	}
	if types.IsInterface(named) {
		if len(activities(named)) > 0 {
			c.suffix(call, named.Obj(), "Activities")
		}
		return
	}
	methods := activities(types.NewPointer(named))
	if c.seen[named.Obj()] || len(methods) == 0 {
		return
	}
	all, most, missing := c.listing(named, methods)
	if all != nil {
		c.pair(call, all, named, "Activities")
		return
	}
	c.seen[named.Obj()] = true
	name := named.Obj().Name()
	switch {
	case most == nil:
		want := "XYZActivities"
		if p := prefix(name, "Activities"); !strings.EqualFold(p, "Activities") {
			want = p + "Activities"
		}
		if want == name {
			want = "an interface " + want + ", and name the struct " + want + "Impl"
		}
		c.report(call, named.Obj(), name+" is registered and has no interface that lists its activities: nothing says what workflows may execute, or what tests mock; declare "+want, "")
	case len(missing) > 0:
		c.report(call, named.Obj(), name+" has activities that "+most.Obj().Name()+" does not list ("+strings.Join(missing, ", ")+"): nothing says that workflows may execute them, and tests cannot mock them", "")
	}
}

// workflow judges a function that is a workflow, or the interface of one that is a
// method.
func (c *checker) workflow(call *names.Call, fn *types.Func) {
	recv := fn.Signature().Recv()
	if recv == nil {
		if !c.own(fn) || strings.HasSuffix(fn.Name(), "Workflow") || c.seen[fn] {
			return
		}
		c.seen[fn] = true
		rename := fn.Name() + "Workflow"
		if !c.named[fn] {
			rename = "" // it would be registered under another name
		}
		c.report(call, fn, "the name of workflow "+fn.Name()+" does not end in Workflow: a reader takes it for plain code", rename)
		return
	}
	named := namedType(recv.Type())
	if named == nil || !c.own(named.Obj()) {
		return
	}
	if types.IsInterface(named) {
		c.suffix(call, named.Obj(), "Workflow")
		return
	}
	if iface := c.declaring(named, fn.Name()); iface != nil {
		c.pair(call, iface, named, "Workflow")
	}
}

func namedType(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// pair judges an interface and notes its implementation. That of a generic one is a
// guess, good enough for silence.
func (c *checker) pair(call *names.Call, iface, impl *types.Named, kind string) {
	if iface.TypeParams().Len() > 0 {
		return
	}
	want := c.suffix(call, iface.Obj(), kind) + "Impl"
	if !c.seen[impl.Obj()] {
		c.seen[impl.Obj()] = true
		c.impls = append(c.impls, implementation{call, iface.Obj(), impl.Obj(), want})
	}
}

// implementations judges the names of implementations. Those that share a package and
// an interface cannot have the same name, and only end in it.
func (c *checker) implementations() {
	key := func(i implementation) string { return i.impl.Pkg().Path() + "." + i.want }
	share := make(map[string]int)
	for _, i := range c.impls {
		share[key(i)]++
	}
	for _, i := range c.impls {
		name, want := i.impl.Name(), i.want
		alone := share[key(i)] == 1
		switch {
		case strings.EqualFold(name, want) || !alone && strings.HasSuffix(name, want):
		case alone:
			if !i.impl.Exported() {
				want = strings.ToLower(want[:1]) + want[1:]
			}
			c.report(i.call, i.impl, name+" implements "+i.iface.Name()+" and is not called "+want+": nothing tells which of the two a worker registers", want)
		default:
			c.report(i.call, i.impl, name+" implements "+i.iface.Name()+", as others do, and its name does not end in "+want+": nothing tells which of them a worker registers", "")
		}
	}
}

// suffix judges the name of an interface and returns what it should be.
func (c *checker) suffix(call *names.Call, iface types.Object, kind string) string {
	if strings.HasSuffix(iface.Name(), kind) {
		return iface.Name()
	}
	want := prefix(iface.Name(), kind) + kind
	if !c.give(iface, want) {
		want = iface.Name() + kind
	}
	if !c.seen[iface] {
		c.seen[iface] = true
		what := "activities"
		if kind == "Workflow" {
			what = "a workflow"
		}
		c.report(call, iface, "interface "+iface.Name()+" lists "+what+", and its name does not end in "+kind+": a reader takes its methods for plain code", want)
	}
	return want
}

// give reports whether an object may be given a name: no other in its package is.
func (c *checker) give(obj types.Object, name string) bool {
	key := obj.Pkg().Path() + "." + name
	if c.given[key] == nil {
		c.given[key] = obj
	}
	return c.given[key] == obj
}

// prefix is the XYZ of a name: without what it says of its kind already.
func prefix(name, kind string) string {
	for _, suffix := range []string{"Impl", kind, strings.TrimSuffix(kind, "ies") + "y", kind + "s", "Interface"} {
		if p := strings.TrimSuffix(name, suffix); p != "" {
			name = p
		}
	}
	return name
}

// report reports an object where it is declared, if that is here, else at the call
// that makes it what it is.
func (c *checker) report(call *names.Call, obj types.Object, message, rename string) {
	if c.result.IsUnconventional(obj) {
		return
	}
	f := report.Finding{
		Pos: call.Node.Pos(), End: call.Node.End(),
		Message: message, Convention: true,
		Effect: "implnaming|" + obj.Pkg().Path() + "." + obj.Name(),
	}
	if obj.Pkg() == c.pass.Pkg && c.file(obj.Pos()) != nil {
		f.Pos, f.End = obj.Pos(), obj.Pos()+token.Pos(len(obj.Name()))
		if rename != "" {
			f.Fixes = c.rename(obj, rename)
		}
	} else {
		f.Stands = report.PlaceOf(c.pass, keys.Path(obj.Pkg()), obj.Pos())
		f.At = f.Stands.Short()
	}
	c.rep.Report(f)
}
