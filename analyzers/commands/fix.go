package commands

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
)

// maxAdded bounds the items of one statement: a command, a wait, a choice about an error.
const maxAdded = 8

// gate is a fix for a statement that is new: executions that have been past it leave it out.
func (p *Program) gate(d *structure.Difference, versions map[string]structure.Item) []analysis.SuggestedFix {
	added := addedBy(d)
	if len(added) == 0 {
		return nil
	}
	stmt, call := p.statementAround(added)
	if stmt == nil || call == nil {
		return nil
	}
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	pkg, okPkg := fun.X.(*ast.Ident)
	ctx, okCtx := ast.Unparen(call.Args[0]).(*ast.Ident)
	if !okPkg || !okCtx {
		return nil
	}
	id := "add-" + strings.TrimSpace(added[0].Name)
	if added[0].Name == "" {
		id = "add-" + strings.ReplaceAll(added[0].Text, " ", "-")
	}
	for n := 2; versions[id].Kind == structure.Version; n++ {
		id = fmt.Sprintf("%s-%d", strings.TrimSuffix(id, fmt.Sprintf("-%d", n-1)), n)
	}
	return []analysis.SuggestedFix{{
		Message: "gate it with " + pkg.Name + ".GetVersion",
		TextEdits: []analysis.TextEdit{
			{Pos: stmt.Pos(), End: stmt.Pos(), NewText: fmt.Appendf(nil, "if %s.GetVersion(%s, %q, %s.DefaultVersion, 1) == 1 {\n", pkg.Name, ctx.Name, id, pkg.Name)},
			{Pos: stmt.End(), End: stmt.End(), NewText: []byte("\n}")},
		},
	}}
}

// addedBy are the items that are new, if the rest is as it was; the first is a command.
func addedBy(d *structure.Difference) []structure.Item {
	if len(d.Next) == 0 || d.Next[0].Kind != structure.Command {
		return nil
	}
	old := structure.Text(d.Rest)
	for k := 1; k <= min(maxAdded, len(d.Next)); k++ {
		if structure.Text(d.Next[k:]) == old {
			return d.Next[:k]
		}
	}
	return nil
}

// statementAround finds the statement that items come from, if it can stand in a block of its own,
// and the call of the first.
func (p *Program) statementAround(items []structure.Item) (stmt ast.Stmt, call *ast.CallExpr) {
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
		ast.Inspect(f.decl.Body, func(n ast.Node) bool {
			if n == nil || n.End() <= items[0].Pos || items[0].Pos < n.Pos() {
				return false
			}
			switch n := n.(type) {
			case *ast.BlockStmt:
				stmt = within(n.List, inside, stmt)
			case *ast.CaseClause:
				stmt = within(n.Body, inside, stmt)
			case *ast.CallExpr:
				if n.Pos() == items[0].Pos {
					call = n // the innermost begins there, too
				}
			}
			return true
		})
	}
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		return s, call
	case *ast.IfStmt:
		return s, call
	case *ast.AssignStmt:
		if s.Tok == token.ASSIGN {
			return s, call
		}
	}
	return nil, nil
}

func within(list []ast.Stmt, inside func(ast.Node) bool, otherwise ast.Stmt) ast.Stmt {
	for _, s := range list {
		if inside(s) {
			return s
		}
	}
	return otherwise
}
