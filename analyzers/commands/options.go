package commands

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// shownOptions are the options that say how something is run, in the order in which they are drawn.
var shownOptions = []string{
	"TaskQueue", "StartToCloseTimeout", "ScheduleToCloseTimeout", "ScheduleToStartTimeout", "HeartbeatTimeout", "WorkflowExecutionTimeout", "WorkflowRunTimeout", "RetryPolicy",
}

// optionsOf is, as text, what a context carries, or what a literal of options has.
func (b *builder) optionsOf(sc *scope, x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if v := syntax.Var(sc.info, x); v != nil {
			return sc.options[v]
		}
	case *ast.UnaryExpr:
		return b.optionsOf(sc, x.X)
	case *ast.CompositeLit:
		if sdk.IsNamed(sc.info.TypeOf(x), "ActivityOptions", "LocalActivityOptions", "ChildWorkflowOptions") {
			return optionsText(sc.info, x)
		}
	case *ast.CallExpr:
		fn := syntax.Callee(sc.info, x)
		if fn == nil || !sdk.InSDK(fn.Pkg()) || len(x.Args) < 2 {
			return ""
		}
		switch fn.Name() {
		case "WithActivityOptions", "WithLocalActivityOptions", "WithChildOptions":
			return b.optionsOf(sc, x.Args[1])
		case "WithValue", "WithRetryPolicy":
			return b.optionsOf(sc, x.Args[0])
		}
	}
	return ""
}

func optionsText(info *types.Info, lit *ast.CompositeLit) string {
	var parts []string
	for _, name := range shownOptions {
		kv := syntax.Field(lit, name)
		if kv == nil {
			continue
		}
		value := ast.Unparen(kv.Value)
		if ref, ok := value.(*ast.UnaryExpr); ok {
			value = ref.X
		}
		if policy, ok := value.(*ast.CompositeLit); ok {
			if attempts := syntax.Field(policy, "MaximumAttempts"); attempts != nil {
				parts = append(parts, "MaximumAttempts "+types.ExprString(attempts.Value))
			} else {
				parts = append(parts, name)
			}
			continue
		}
		text := types.ExprString(kv.Value)
		if tv := info.Types[kv.Value]; tv.Value != nil && tv.Value.Kind() == constant.String {
			text = constant.StringVal(tv.Value)
		}
		parts = append(parts, name+" "+text)
	}
	return strings.Join(parts, ", ")
}

// turns is how often a loop turns at most, if constants say so, else 0.
func turns(info *types.Info, loop ast.Stmt) int {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		if array, ok := syntax.Under[*types.Array](info.TypeOf(loop.X)); ok {
			return int(min(array.Len(), 1<<20))
		}
		if lit, ok := ast.Unparen(loop.X).(*ast.CompositeLit); ok {
			return len(lit.Elts)
		}
		n, _ := number(info, loop.X)
		return n
	case *ast.ForStmt:
		// for i := 0; i < n; i++
		cond, ok := loop.Cond.(*ast.BinaryExpr)
		init, okInit := loop.Init.(*ast.AssignStmt)
		post, okPost := loop.Post.(*ast.IncDecStmt)
		if !ok || !okInit || !okPost || post.Tok != token.INC || len(init.Rhs) != 1 || cond.Op != token.LSS && cond.Op != token.LEQ {
			return 0
		}
		from, okFrom := number(info, init.Rhs[0])
		to, okTo := number(info, cond.Y)
		if !okFrom || !okTo {
			return 0
		}
		if cond.Op == token.LEQ {
			to++
		}
		return max(to-from, 0)
	}
	return 0
}
