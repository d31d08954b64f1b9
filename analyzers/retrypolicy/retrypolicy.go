// Package retrypolicy reports activities without a retry policy, and policies that
// the server refuses.
//
// # Analyzer retrypolicy
//
// retrypolicy: report activities without a retry policy, and policies that the server refuses
//
// Without a policy the server retries an activity until it succeeds, every 100
// seconds in the end, also what no retry can heal. Such a workflow never fails, so
// nobody looks. With a policy that the server refuses, the workflow stands still: its
// task is refused, times out and is tried again, for ever.
//
// Wrong:
//
//	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
//		StartToCloseTimeout: time.Minute,
//	})
//
// Right:
//
//	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
//		StartToCloseTimeout: time.Minute,
//		RetryPolicy:         retry.DefaultPolicy(),
//	})
//
// Reported are
//   - options of remote activities that name no RetryPolicy: literals, also held in a
//     variable or returned by a function, of this package or another, where they
//     become a context's options;
//   - policies with a BackoffCoefficient under 1, a MaximumInterval under the
//     InitialInterval, or a negative number, as constants; zero is legal and means
//     the default, and the server looks at nothing else where MaximumAttempts is 1;
//   - in a program that uses runtime/mcerror, policies of activities whose
//     NonRetryableErrorTypes leave out McPermanentError: what is permanent is retried.
//
// The analyzer is silent where a ScheduleToCloseTimeout bounds all attempts, and so
// for local activities, whose StartToCloseTimeout does; the setting bounded reports
// these too. It is silent where the policy may come from elsewhere: options in a
// field, behind a pointer, or changed after they were made; a context that
// WithRetryPolicy or WithScheduleToCloseTimeout changes later in the function; and
// a RetryPolicy that is a variable or a call, which may be nil.
//
// The fix names runtime/retry's DefaultPolicy, in packages that import it already.
package retrypolicy

import (
	_ "embed"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/effects"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

//go:embed retrypolicy.go
var source string

// Analyzer is the rule retrypolicy.
var Analyzer = &analysis.Analyzer{
	Name:             "retrypolicy",
	Doc:              report.Doc(source),
	URL:              report.URL("retrypolicy"),
	Requires:         []*analysis.Analyzer{effects.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

var bounded bool

func init() {
	Analyzer.Flags.BoolVar(&bounded, "bounded", false, "also report options whose ScheduleToCloseTimeout bounds the attempts, and those of local activities")
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	result := pass.ResultOf[effects.Analyzer].(*effects.Result)
	for _, o := range result.Options {
		if o.Bounded && !bounded {
			continue
		}
		message := "activity options without a RetryPolicy: a failing activity is retried for ever; set one, or a ScheduleToCloseTimeout"
		if o.Bounded {
			message = "activity options without a RetryPolicy: a failing activity is retried until its timeout, by the default policy"
		}
		f := report.Finding{Pos: o.Pos, End: o.End, Message: message, At: o.At}
		if o.Lit != nil {
			f.End = o.Lit.Lbrace
			f.Fixes = addPolicy(pass, o.Lit)
		}
		rep.Report(f)
	}
	if sdk.Imports(pass.Pkg) && len(pass.TypeErrors) == 0 {
		policies(pass, rep, result.Mcerror)
	}
	return rep.Done()
}

// addPolicy sets the sanctioned policy in a literal.
func addPolicy(pass *analysis.Pass, lit *ast.CompositeLit) []analysis.SuggestedFix {
	name, edits, ok := report.Import(pass, lit.Pos(), "github.com/mediacloud/mcwflint/runtime/retry")
	if !ok {
		return nil
	}
	value := name + ".DefaultPolicy()"
	line := func(pos token.Pos) int { return pass.Fset.Position(pos).Line }
	before := lit.Lbrace + 1
	separator := ""
	if n := len(lit.Elts); n > 0 {
		before, separator = lit.Elts[n-1].End(), ", "
	}
	edit := analysis.TextEdit{Pos: before, End: before, NewText: []byte(separator + "RetryPolicy: " + value)}
	if line(before) != line(lit.Rbrace) {
		// On a line of its own, behind the comments.
		indent := strings.Repeat("\t", pass.Fset.Position(lit.Rbrace).Column-1)
		edit = analysis.TextEdit{Pos: lit.Rbrace, End: lit.Rbrace, NewText: []byte("\tRetryPolicy: " + value + ",\n" + indent)}
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok && fieldName(kv) == "RetryPolicy" { // nil
			edit = analysis.TextEdit{Pos: kv.Value.Pos(), End: kv.Value.End(), NewText: []byte(value)}
		}
	}
	return []analysis.SuggestedFix{{Message: "set retry.DefaultPolicy()", TextEdits: append(edits, edit)}}
}

func fieldName(kv *ast.KeyValueExpr) string {
	if id, ok := kv.Key.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// policies judges the literals of retry policies. mcerror: the program tells permanent
// errors from others.
func policies(pass *analysis.Pass, rep *report.Reporter, mcerror bool) {
	for _, file := range pass.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || !sdk.IsNamed(pass.TypesInfo.TypeOf(lit), "RetryPolicy") {
				return true
			}
			owner := optionsAround(pass.TypesInfo, stack)
			if owner == "LocalActivityOptions" {
				return true // the worker retries these, and refuses nothing
			}
			p := read(pass.TypesInfo, lit)
			if bad := p.refused(); bad != nil {
				rep.Report(report.Finding{Pos: bad.at.Pos(), End: bad.at.End(), Message: "the server refuses a retry policy with " + bad.why + ": the workflow stands still, its task refused again and again"})
			} else if mcerror && owner == "ActivityOptions" && p.retriesPermanent(pass.TypesInfo) {
				rep.Report(report.Finding{Pos: lit.Pos(), End: lit.Lbrace, Message: `retry policy without "McPermanentError" in NonRetryableErrorTypes: what is permanent is retried`})
			}
			return true
		})
	}
}

// optionsAround names the type of the options literal that a policy stands in.
func optionsAround(info *types.Info, stack []ast.Node) string {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.UnaryExpr, *ast.ParenExpr, *ast.KeyValueExpr:
		case *ast.CompositeLit:
			for _, name := range []string{"ActivityOptions", "LocalActivityOptions"} {
				if sdk.IsNamed(info.TypeOf(n), name) {
					return name
				}
			}
			return ""
		default:
			return ""
		}
	}
	return ""
}

// A policy is the fields of a literal.
type policy struct {
	fields  map[string]ast.Expr
	values  map[string]float64 // of the fields that are constant
	unnamed bool
}

func read(info *types.Info, lit *ast.CompositeLit) policy {
	p := policy{fields: make(map[string]ast.Expr), values: make(map[string]float64)}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			p.unnamed = true
			continue
		}
		name := fieldName(kv)
		p.fields[name] = kv.Value
		if tv := info.Types[kv.Value]; tv.Value != nil {
			if v := constant.ToFloat(tv.Value); v.Kind() == constant.Float {
				p.values[name], _ = constant.Float64Val(v)
			}
		}
	}
	return p
}

type refusal struct {
	at  ast.Expr
	why string
}

// refused is why the server refuses a policy, or nil. The runtime's integration
// tests ask a real one.
func (p policy) refused() *refusal {
	if p.values["MaximumAttempts"] == 1 {
		return nil // there is nothing to retry, so the server does not look
	}
	for _, name := range []string{"MaximumAttempts", "InitialInterval", "MaximumInterval"} {
		if p.values[name] < 0 {
			return &refusal{p.fields[name], "a negative " + name}
		}
	}
	if c, ok := p.values["BackoffCoefficient"]; ok && c < 1 && c != 0 {
		return &refusal{p.fields["BackoffCoefficient"], "a BackoffCoefficient under 1"}
	}
	limit := p.values["MaximumInterval"]
	initial, known := p.values["InitialInterval"]
	if p.fields["InitialInterval"] == nil || known && initial == 0 {
		initial, known = float64(time.Second), true // the default
	}
	if known && limit > 0 && limit < initial {
		return &refusal{p.fields["MaximumInterval"], "a MaximumInterval under its InitialInterval"}
	}
	return nil
}

// retriesPermanent reports whether the policy is known to leave McPermanentError out.
func (p policy) retriesPermanent(info *types.Info) bool {
	if p.unnamed || p.values["MaximumAttempts"] == 1 {
		return false
	}
	x, ok := p.fields["NonRetryableErrorTypes"]
	if !ok {
		return true
	}
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	if !ok {
		return false
	}
	for _, elt := range lit.Elts {
		tv := info.Types[elt]
		if tv.Value == nil || tv.Value.Kind() != constant.String || constant.StringVal(tv.Value) == "McPermanentError" {
			return false
		}
	}
	return true
}
