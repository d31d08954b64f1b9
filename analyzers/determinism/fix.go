package determinism

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

const workflowPath = "go.temporal.io/sdk/workflow"

// fixes writes what Temporal has for the clock and for the order of a map.
func fixes(pass *analysis.Pass, c *callgraph.Chain) []analysis.SuggestedFix {
	if loop, ok := c.Site.Extra.(*ast.RangeStmt); ok {
		return sorted(pass, loop)
	}
	call := c.Site.Call
	if call == nil {
		return nil
	}
	fn := syntax.Callee(pass.TypesInfo, call)
	if fn == nil || fn.Pkg().Path() != "time" || fn.Signature().Recv() != nil {
		return nil
	}
	ctx := contextAt(pass, call.Pos())
	if ctx == "" || !usesTimeOtherwise(pass, call) {
		return nil
	}
	name, edits, ok := report.Import(pass, call.Pos(), workflowPath)
	if !ok {
		return nil
	}
	replace := func(pos, end token.Pos, text string) {
		edits = append(edits, analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)})
	}
	var message string
	switch fn.Name() {
	case "Now":
		message = "use workflow.Now"
		replace(call.Pos(), call.End(), name+".Now("+ctx+")")
	case "Since":
		message = "use workflow.Now"
		replace(call.Pos(), call.Lparen, name+".Now("+ctx+").Sub")
	case "Sleep":
		message = "use workflow.Sleep"
		replace(call.Pos(), call.Lparen+1, name+".Sleep("+ctx+", ")
	default:
		return nil
	}
	return []analysis.SuggestedFix{{Message: message, TextEdits: edits}}
}

// contextAt is the name of the innermost workflow.Context that is declared before a
// position, or "".
func contextAt(pass *analysis.Pass, pos token.Pos) string {
	for s := pass.Pkg.Scope().Innermost(pos); s != nil && s != pass.Pkg.Scope(); s = s.Parent() {
		for _, name := range s.Names() {
			if v, ok := s.Lookup(name).(*types.Var); !ok || name == "_" || !sdk.IsWorkflowContext(v.Type()) {
				continue
			}
			if in, obj := pass.Pkg.Scope().Innermost(pos).LookupParent(name, pos); in == s && obj != nil {
				return name
			}
		}
	}
	return ""
}

// usesTimeOtherwise reports whether the file still needs package time when its calls of
// Now, Since and Sleep are gone.
func usesTimeOtherwise(pass *analysis.Pass, call *ast.CallExpr) bool {
	for _, file := range pass.Files {
		if file.FileStart > call.Pos() || call.Pos() >= file.FileEnd {
			continue
		}
		other := false
		ast.Inspect(file, func(x ast.Node) bool {
			sel, ok := x.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if obj := pass.TypesInfo.Uses[sel.Sel]; obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "time" {
				if id := syntax.Ident(sel.X); id != nil {
					if _, ok := pass.TypesInfo.Uses[id].(*types.PkgName); ok {
						other = other || sel.Sel.Name != "Now" && sel.Sel.Name != "Since" && sel.Sel.Name != "Sleep"
					}
				}
			}
			return true
		})
		return other
	}
	return false
}

// sorted ranges over the keys in their order. What changes the map while it is ranged over
// would see another map then.
func sorted(pass *analysis.Pass, loop *ast.RangeStmt) []analysis.SuggestedFix {
	key := syntax.Ident(loop.Key)
	if loop.Tok != token.DEFINE || key == nil || key.Name == "_" || !isPlain(loop.X) || changes(pass.TypesInfo, loop) {
		return nil
	}
	m, ok := syntax.Under[*types.Map](pass.TypesInfo.TypeOf(loop.X))
	if !ok || !isOrdered(m.Key()) {
		return nil
	}
	name, edits, ok := report.Import(pass, loop.Pos(), workflowPath)
	if !ok {
		return nil
	}
	mapText := types.ExprString(loop.X)
	edits = append(edits, analysis.TextEdit{
		Pos: loop.Key.Pos(), End: loop.X.End(),
		NewText: []byte("_, " + key.Name + " := range " + name + ".DeterministicKeys(" + mapText + ")"),
	})
	if value := syntax.Ident(loop.Value); value != nil && value.Name != "_" {
		edits = append(edits, analysis.TextEdit{
			Pos: loop.Body.Lbrace + 1, End: loop.Body.Lbrace + 1,
			NewText: []byte("\n" + value.Name + " := " + mapText + "[" + key.Name + "]"),
		})
	}
	return []analysis.SuggestedFix{{Message: "range over the keys in their order", TextEdits: edits}}
}

// isPlain reports whether an expression is a name, or a field of one.
func isPlain(x ast.Expr) bool {
	if sel, ok := x.(*ast.SelectorExpr); ok {
		return isPlain(sel.X)
	}
	_, ok := x.(*ast.Ident)
	return ok
}

// isOrdered reports whether DeterministicKeys takes keys of a type.
func isOrdered(t types.Type) bool {
	basic, ok := syntax.Under[*types.Basic](t)
	return ok && basic.Info()&types.IsOrdered != 0
}

// changes reports whether a loop writes the map that it ranges over, or the variable.
func changes(info *types.Info, loop *ast.RangeStmt) bool {
	place := syntax.Place(info, loop.X)
	found := false
	touches := func(x ast.Expr) {
		if index, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
			x = index.X
		}
		found = found || syntax.Place(info, x) == place
	}
	ast.Inspect(loop.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for _, lhs := range x.Lhs {
				touches(lhs)
			}
		case *ast.CallExpr:
			if id := syntax.Ident(x.Fun); id != nil && (id.Name == "delete" || id.Name == "clear") && len(x.Args) > 0 {
				touches(x.Args[0])
			}
		}
		return !found
	})
	return found
}
