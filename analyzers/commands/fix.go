package commands

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// maxAdded bounds the items of one statement: a command, a wait, a choice about an error.
const maxAdded = 8

// gate is a fix for a statement that is new: executions that have been past it leave it out.
func (p *Program) gate(d *difference, versions map[string]item) []analysis.SuggestedFix {
	added := d.added()
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
	id := "add-" + strings.TrimSpace(added[0].name)
	if added[0].name == "" {
		id = "add-" + strings.ReplaceAll(added[0].text, " ", "-")
	}
	for n := 2; versions[id].kind == version; n++ {
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

// added are the items that are new, if the rest is as it was; the first is a command.
func (d *difference) added() []item {
	if len(d.next) == 0 || d.next[0].kind != command {
		return nil
	}
	old := text(d.rest)
	for k := 1; k <= min(maxAdded, len(d.next)); k++ {
		if text(d.next[k:]) == old {
			return d.next[:k]
		}
	}
	return nil
}

// statementAround finds the statement that items come from, if it can stand in a block of its own,
// and the call of the first.
func (p *Program) statementAround(items []item) (stmt ast.Stmt, call *ast.CallExpr) {
	inside := func(n ast.Node) bool {
		for i := range items {
			if items[i].pos.IsValid() && (items[i].pos < n.Pos() || n.End() <= items[i].pos) {
				return false
			}
		}
		return true
	}
	for _, f := range p.inFile[p.Fset.Position(items[0].pos).Filename] {
		if !inside(f.decl) || !sdk.IsWorkflowCode(f.fn.Signature()) {
			continue
		}
		ast.Inspect(f.decl.Body, func(n ast.Node) bool {
			if n == nil || n.End() <= items[0].pos || items[0].pos < n.Pos() {
				return false
			}
			switch n := n.(type) {
			case *ast.BlockStmt:
				stmt = within(n.List, inside, stmt)
			case *ast.CaseClause:
				stmt = within(n.Body, inside, stmt)
			case *ast.CallExpr:
				if n.Pos() == items[0].pos {
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
