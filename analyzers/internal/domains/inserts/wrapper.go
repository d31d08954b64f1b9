package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A function that is given SQL text may run it with a clause of its own, or on a database that
// has none: exec(q + " ON CONFLICT DO NOTHING"). What it is given is no raw INSERT then.

// use is what a function does with text that it is given.
type use int

const (
	leaves use = iota // it runs nothing of it
	tames             // what it runs has a clause, or no clause to ask for
	runs              // it may run it as it is
)

// tames reports whether argument i of a call of fn is run with a clause, or without a need for
// one.
func (p *reader) tames(fn *types.Func, i int) bool {
	params := fn.Signature().Params()
	if i < 0 || i >= params.Len() || !syntax.IsString(params.At(i).Type()) {
		return false
	}
	if decl := p.text.Decl(fn); decl != nil {
		return p.useOf(decl, params.At(i)) == tames
	}
	return fn.Pkg() != p.Pass.Pkg && slices.Contains(p.summaryOf(fn).Tames, i)
}

// tamed are the parameters that a function of this package tames.
func (p *reader) tamed(fn *types.Func) []int {
	var all []int
	if fn != nil {
		for i := range fn.Signature().Params().Len() {
			if p.tames(fn, i) {
				all = append(all, i)
			}
		}
	}
	return all
}

// useOf is what a function does with the text in a parameter.
func (p *reader) useOf(decl *ast.FuncDecl, text *types.Var) use {
	if known, ok := p.wrapped[text]; ok {
		return known
	}
	if decl.Body == nil {
		return runs
	}
	p.wrapped[text] = runs // while it is read
	found := leaves
	ast.PreorderStack(decl.Body, nil, func(x ast.Node, stack []ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok && found != runs && p.Info.Uses[id] == text {
			found = max(found, p.useAt(id, text, stack))
		}
		return found != runs
	})
	p.wrapped[text] = found
	return found
}

// useAt is what becomes of the text where the parameter is named.
func (p *reader) useAt(id *ast.Ident, text *types.Var, stack []ast.Node) use {
	var x ast.Expr = id
	for i := len(stack) - 1; i >= 0; i-- {
		switch parent := stack[i].(type) {
		case *ast.ParenExpr:
			x = parent
			continue
		case *ast.BinaryExpr:
			if parent.Op == token.ADD {
				x = parent
				continue
			}
			return leaves // a comparison
		case *ast.CallExpr:
			switch {
			case p.Info.Types[parent.Fun].IsType() || syntax.IsString(p.Info.TypeOf(parent)):
				x = parent // what makes text of text
				continue
			case p.onlySays(parent):
				return leaves
			case p.hasClause(x, text) || p.noConflictDialect(parent, x):
				return tames
			}
		}
		break
	}
	return runs
}

// hasClause reports whether an expression adds a clause behind the text of a parameter, in all
// texts that it may be.
func (p *reader) hasClause(x ast.Expr, text *types.Var) bool {
	for _, t := range p.text.Eval(x) {
		i := 0
		for i < len(t) && t[i].Param != text {
			i++
		}
		if i == len(t) || !containsFold(t[i:].String(), "on conflict") && !containsFold(t[i:].String(), "on duplicate key") {
			return false
		}
	}
	return true
}

// findWrappers notes the methods that tame text, for calls through interfaces, and takes back the
// INSERTs that are given to methods of interfaces of which all that is bound tames them.
func (p *reader) findWrappers() {
	f := forwards.Of(p.Package)
	for _, n := range p.Nodes {
		for _, i := range p.tamed(n.Fn) {
			f.Add(n.Fn, forwards.Forward{What: domain.Name, Param: i})
		}
	}
	for _, n := range p.Nodes {
		for _, in := range p.body(n).inserts {
			if in.given >= 0 && f.All(in.call, domain.Name, in.given) {
				takeBack(n, in)
			}
		}
	}
}
