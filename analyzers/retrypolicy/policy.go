package retrypolicy

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// policies judges the literals of retry policies.
func policies(pass *analysis.Pass, rep *report.Reporter, mcerror bool) {
	o := &owners{
		pass: pass, result: names.In(program.Of(pass)),
		of:      make(map[*ast.CompositeLit][]string),
		through: make(map[*ast.CompositeLit][]types.Object),
		changed: make(map[types.Object]bool),
		decls:   syntax.Decls(pass.TypesInfo, pass.Files),
	}
	o.find()
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || !sdk.IsNamed(pass.TypesInfo.TypeOf(lit), "RetryPolicy") || o.changes(lit) {
				return true
			}
			remote := slices.Contains(o.of[lit], "ActivityOptions")
			if !remote && slices.Contains(o.of[lit], "LocalActivityOptions") {
				return true // the worker retries these, and refuses nothing
			}
			p := read(pass.TypesInfo, lit)
			if bad := p.refused(); bad != nil {
				rep.Report(report.Finding{Pos: bad.at.Pos(), End: bad.at.End(), Message: "the server refuses a retry policy with " + bad.why + ": the workflow stands still, its task refused again and again"})
			} else if mcerror && remote && p.retriesPermanent(pass.TypesInfo) {
				rep.Report(report.Finding{Pos: lit.Pos(), End: lit.Lbrace, Message: `retry policy without "McPermanentError" in NonRetryableErrorTypes: what is permanent is retried`})
			}
			return true
		})
	}
}

// owners tells for what options the literals of policies are.
type owners struct {
	pass    *analysis.Pass
	result  *names.Result
	of      map[*ast.CompositeLit][]string
	through map[*ast.CompositeLit][]types.Object // the variables that hold one on its way
	changed map[types.Object]bool                // variables in which a policy's field is set
	decls   map[*types.Func]*ast.FuncDecl
}

func (o *owners) find() {
	for _, file := range o.pass.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				o.literal(n, o.holder(n, stack))
			case *ast.AssignStmt:
				for lhs, rhs := range syntax.Assigned(n) {
					if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok {
						o.assigned(sel, rhs)
					}
				}
			case *ast.CallExpr:
				o.call(n)
			}
			return true
		})
	}
}

// call notes the policy that workflow.WithRetryPolicy is given.
func (o *owners) call(call *ast.CallExpr) {
	if fn := syntax.Callee(o.pass.TypesInfo, call); fn != nil && sdk.InSDK(fn.Pkg()) && fn.Name() == "WithRetryPolicy" && len(call.Args) == 2 {
		o.use(call.Args[1], "ActivityOptions", nil, 0)
	}
}

// literal notes the policy of options, and where a policy is on its way to some.
func (o *owners) literal(lit *ast.CompositeLit, holder types.Object) {
	owner := o.options(lit)
	if owner == "" {
		if holder != nil && sdk.IsNamed(o.pass.TypesInfo.TypeOf(lit), "RetryPolicy") {
			o.through[lit] = append(o.through[lit], holder)
		}
		return
	}
	if kv := syntax.Field(lit, "RetryPolicy"); kv != nil {
		o.use(kv.Value, owner, holder, 0)
	}
}

// assigned notes a field that is set: one of a policy, or the policy of options.
func (o *owners) assigned(field *ast.SelectorExpr, value ast.Expr) {
	of := syntax.Root(o.pass.TypesInfo, field.X)
	if sdk.IsNamed(o.pass.TypesInfo.TypeOf(field.X), "RetryPolicy") {
		o.changed[of] = true
	}
	if owner := o.options(field.X); owner != "" && field.Sel.Name == "RetryPolicy" {
		o.use(value, owner, of, 0)
	}
}

// options names the type of x if that is activity options.
func (o *owners) options(x ast.Expr) string {
	t := o.pass.TypesInfo.TypeOf(x)
	switch {
	case sdk.IsNamed(t, "ActivityOptions", "ClientStartActivityOptions"):
		return "ActivityOptions"
	case sdk.IsNamed(t, "LocalActivityOptions"):
		return "LocalActivityOptions"
	}
	return ""
}

// holder is the variable that a literal, or its address, is assigned to, or nil.
func (o *owners) holder(lit ast.Expr, stack []ast.Node) types.Object {
	if len(stack) == 0 {
		return nil
	}
	if address, ok := stack[len(stack)-1].(*ast.UnaryExpr); ok {
		return o.holder(address, stack[:len(stack)-1])
	}
	switch s := stack[len(stack)-1].(type) {
	case *ast.AssignStmt:
		if i := slices.Index(s.Rhs, lit); i >= 0 && len(s.Lhs) == len(s.Rhs) {
			return syntax.Root(o.pass.TypesInfo, s.Lhs[i])
		}
	case *ast.ValueSpec:
		if i := slices.Index(s.Values, lit); i >= 0 {
			return o.pass.TypesInfo.Defs[s.Names[i]]
		}
	}
	return nil
}

// use follows a policy to its literals.
func (o *owners) use(x ast.Expr, owner string, through types.Object, depth int) {
	if x == nil || depth > 4 {
		return
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		o.of[x] = append(o.of[x], owner)
		if through != nil {
			o.through[x] = append(o.through[x], through)
		}
	case *ast.UnaryExpr:
		o.use(x.X, owner, through, depth+1)
	case *ast.StarExpr:
		o.use(x.X, owner, through, depth+1)
	case *ast.Ident:
		v, ok := o.pass.TypesInfo.Uses[x].(*types.Var)
		if !ok || o.changed[v] {
			return
		}
		if values := o.result.Values(v); len(values) == 1 {
			o.use(values[0], owner, v, depth+1)
		}
	case *ast.CallExpr:
		decl := o.decls[syntax.Callee(o.pass.TypesInfo, x)]
		if decl == nil || decl.Body == nil {
			return
		}
		for ret := range syntax.Returns(decl.Body) {
			if len(ret.Results) == 1 {
				o.use(ret.Results[0], owner, nil, depth+1)
			}
		}
	}
}

// changes reports whether a field is set after the literal was made.
func (o *owners) changes(lit *ast.CompositeLit) bool {
	return slices.ContainsFunc(o.through[lit], func(v types.Object) bool { return o.changed[v] })
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
	if info.Types[x].IsNil() {
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
