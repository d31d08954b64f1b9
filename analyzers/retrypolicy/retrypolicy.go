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
// task is refused, times out and is tried again, forever.
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
//     become a context's options, also behind a method of an interface, in the package
//     that knows what is bound to it;
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
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/options"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
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
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
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
	result := options.In(program.Of(pass))
	for _, o := range result.Bare {
		if o.Bounded && !bounded {
			continue
		}
		message := "activity options without a RetryPolicy: a failing activity is retried forever; set one, or a ScheduleToCloseTimeout"
		if o.Bounded {
			message = "activity options without a RetryPolicy: a failing activity is retried until its timeout, by the default policy"
		}
		f := report.Finding{Pos: o.Pos, End: o.End, Message: message, At: o.At}
		if h := o.Handed; h != nil {
			f.Put(o.Pos, h.At, true)
			f.Effect = h.ID()
		}
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
