package commands

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A place is a statement in a function of a workflow.
type place struct {
	in   *function
	stmt ast.Stmt
}

// gate is a fix for one statement that is new, gone or another: executions that have been past it
// do what the old code did.
func gate(from, to *Program, d *structure.Difference, versions map[string]structure.Item) []analysis.SuggestedFix {
	gone, added, ok := d.Changed()
	if !ok || d.Is == nil || len(gone) > 0 && gone[0].Kind != structure.Command || len(added) > 0 && added[0].Kind != structure.Command {
		return nil
	}
	verb, first := "add", d.Is
	at := to.statementAround(added)
	if len(added) == 0 {
		at = to.statementAround(d.Next[:1])
	} else if !movable(at.stmt) {
		return nil
	}
	if at.stmt == nil || len(gone) == 0 && fills(at) {
		return nil
	}
	old := ""
	if len(gone) > 0 {
		verb, first = "remove", d.Was
		was := from.statementAround(gone)
		if !movable(was.stmt) || was.in.key != at.in.key || !fits(was, at) {
			return nil
		}
		if old = from.source(was.stmt); old == "" {
			return nil
		}
		if len(added) > 0 {
			verb = "replace"
		}
	}
	pkg, ctx := workflowNames(at)
	if pkg == "" || ctx == "" {
		return nil
	}
	version := fmt.Sprintf("%s.GetVersion(%s, %q, %s.DefaultVersion, 1)", pkg, ctx, changeID(verb, first, versions), pkg)
	edit := func(pos token.Pos, text string) analysis.TextEdit {
		return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
	}
	var edits []analysis.TextEdit
	switch verb {
	case "add":
		edits = []analysis.TextEdit{edit(at.stmt.Pos(), "if "+version+" == 1 {\n"), edit(at.stmt.End(), "\n}")}
	case "remove":
		edits = []analysis.TextEdit{edit(at.stmt.Pos(), "if "+version+" == "+pkg+".DefaultVersion {\n"+old+"\n}\n")}
	case "replace":
		edits = []analysis.TextEdit{edit(at.stmt.Pos(), "if "+version+" == "+pkg+".DefaultVersion {\n"+old+"\n} else {\n"), edit(at.stmt.End(), "\n}")}
	}
	return []analysis.SuggestedFix{{Message: "gate it with " + pkg + ".GetVersion", TextEdits: edits}}
}

// changeID names a change as none in the workflow is named.
func changeID(verb string, it *structure.Item, versions map[string]structure.Item) string {
	name := strings.TrimSpace(it.Name)
	if name == "" {
		name = strings.ReplaceAll(it.Text, " ", "-")
	}
	id := verb + "-" + name
	for n := 2; versions[id].Kind == structure.Version; n++ {
		id = fmt.Sprintf("%s-%s-%d", verb, name, n)
	}
	return id
}

// movable reports whether a statement can stand in a block of its own: it declares nothing that
// what follows uses.
func movable(stmt ast.Stmt) bool {
	switch s := stmt.(type) {
	case *ast.ExprStmt, *ast.IfStmt:
		return true
	case *ast.AssignStmt:
		return s.Tok == token.ASSIGN
	}
	return false
}

// fills reports whether a statement gives a variable a value that what follows reads: executions
// that skip the statement would go on without it. An error that is not there is none.
func fills(at place) bool {
	filled := make(map[types.Object]bool)
	note := func(x ast.Expr) {
		if v := syntax.Var(at.in.info, x); v != nil && !syntax.IsErrorType(v.Type()) {
			filled[v] = true
		}
	}
	ast.Inspect(at.stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				note(lhs)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				note(n.X)
			}
		}
		return true
	})
	read := false
	ast.Inspect(at.in.decl.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Pos() > at.stmt.End() {
			read = read || filled[at.in.info.Uses[id]]
		}
		return !read
	})
	return read
}

// statementAround finds the innermost statement that items come from, in the code of a workflow.
func (p *Program) statementAround(items []structure.Item) (found place) {
	if len(items) == 0 || !items[0].Pos.IsValid() {
		return found
	}
	inside := func(n ast.Node) bool {
		for i := range items {
			if items[i].Pos.IsValid() && (items[i].Pos < n.Pos() || n.End() <= items[i].Pos) {
				return false
			}
		}
		return true
	}
	for _, f := range p.inFile[p.Fset.Position(items[0].Pos).Filename] {
		if !inside(f.decl) || !sdk.IsWorkflowCode(f.fn.Signature()) {
			continue
		}
		found.in = f
		ast.Inspect(f.decl.Body, func(n ast.Node) bool {
			if n == nil || n.End() <= items[0].Pos || items[0].Pos < n.Pos() {
				return false
			}
			switch n := n.(type) {
			case *ast.BlockStmt:
				found.stmt = enclosing(n.List, inside, found.stmt)
			case *ast.CaseClause:
				found.stmt = enclosing(n.Body, inside, found.stmt)
			}
			return true
		})
	}
	return found
}

func enclosing(list []ast.Stmt, inside func(ast.Node) bool, otherwise ast.Stmt) ast.Stmt {
	for _, s := range list {
		if inside(s) {
			return s
		}
	}
	return otherwise
}

// source is the text of a statement, "" if its file cannot be read.
func (p *Program) source(stmt ast.Stmt) string {
	from, to := p.Fset.Position(stmt.Pos()), p.Fset.Position(stmt.End())
	data, err := os.ReadFile(from.Filename)
	if err != nil || to.Offset > len(data) {
		return ""
	}
	return string(data[from.Offset:to.Offset])
}

// fits reports whether the names in an old statement mean the same at a place of the new program.
func fits(was, at place) bool {
	scope := at.in.pkg.Scope().Innermost(at.stmt.Pos())
	if scope == nil {
		return false
	}
	selected := make(map[*ast.Ident]bool) // of the type, or the package, of what stands before it
	same := true
	ast.Inspect(was.stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selected[n.Sel] = true
		case *ast.Ident:
			same = same && (selected[n] || means(was, scope, at, n))
		}
		return same
	})
	return same
}

// means reports whether a name of an old statement means the same in a scope of the new program.
func means(was place, scope *types.Scope, at place, id *ast.Ident) bool {
	obj := was.in.info.Uses[id]
	if obj == nil || obj.Parent() == types.Universe || was.stmt.Pos() <= obj.Pos() && obj.Pos() < was.stmt.End() {
		return true
	}
	if v, ok := obj.(*types.Var); ok && v.IsField() {
		return true
	}
	_, now := scope.LookupParent(id.Name, at.stmt.Pos())
	if now == nil {
		return false
	}
	if pkg, ok := obj.(*types.PkgName); ok {
		other, ok := now.(*types.PkgName)
		return ok && other.Imported().Path() == pkg.Imported().Path()
	}
	return types.TypeString(now.Type(), nil) == types.TypeString(obj.Type(), nil)
}

// workflowNames are the names of the SDK's package workflow and of a context at a place.
func workflowNames(at place) (pkg, ctx string) {
	ast.Inspect(at.in.decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && pkg == "" {
			if p, ok := at.in.info.Uses[id].(*types.PkgName); ok && p.Imported().Path() == "go.temporal.io/sdk/workflow" {
				pkg = p.Name()
			}
		}
		return pkg == ""
	})
	scope := at.in.pkg.Scope().Innermost(at.stmt.Pos())
	if _, v := scope.LookupParent("ctx", at.stmt.Pos()); v != nil && sdk.IsWorkflowContext(v.Type()) {
		return pkg, "ctx"
	}
	for s := scope; s != nil && ctx == ""; s = s.Parent() {
		for _, name := range s.Names() {
			if v, ok := s.Lookup(name).(*types.Var); ok && name != "_" && sdk.IsWorkflowContext(v.Type()) && (v.Pos() < at.stmt.Pos()) {
				ctx = name
				break
			}
		}
	}
	return pkg, ctx
}
