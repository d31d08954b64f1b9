package commands

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// maxDepth bounds the functions that are taken into one another, maxTaken all of a workflow's: a
// function that calls another twice, which does the same, is a tree of them.
const (
	maxDepth = 40
	maxTaken = 10_000
)

// commandsOf is what a workflow does, nil if its code is not here.
func (p *Program) commandsOf(w *Workflow) []structure.Item {
	items, _ := p.read(w)
	return items
}

// read also returns what a workflow answers: signals, queries and updates.
func (p *Program) read(w *Workflow) (items, answers []structure.Item) {
	b := &builder{p: p, stack: make(map[string]bool), fields: make(map[*types.Var]*structure.Cond), versions: make(map[*types.Var]string), filled: make(map[*types.Var]types.Type), kept: make(map[string]bool)}
	switch {
	case w.fn != nil:
		b.home = w.fn.pkg
		b.stack[w.fn.key] = true
		items = b.block(newScope(w.fn), w.fn.decl.Body.List)
	case w.lit != nil:
		b.home = w.in.pkg
		items = b.block(newScope(w.in), w.lit.Body.List)
	}
	return items, b.answers
}

type builder struct {
	p      *Program
	home   *types.Package  // of the workflow
	at     token.Pos       // where what is read stands for the workflow's reader, see place
	stack  map[string]bool // functions that are being taken in
	depth  int
	taken  int
	fields map[*types.Var]*structure.Cond // fields that hold conditions about versions
	// versions are the fields that hold a version, by change id.
	versions map[*types.Var]string
	filled   map[*types.Var]types.Type // what fields that are interfaces hold
	kept     map[string]bool           // functions that were read for what they fill

	answers []structure.Item // signals, queries and updates
}

func (b *builder) block(sc *scope, list []ast.Stmt) []structure.Item {
	var items []structure.Item
	for _, s := range list {
		items = append(items, b.stmt(sc, s)...)
	}
	return items
}

func (b *builder) stmt(sc *scope, s ast.Stmt) []structure.Item {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return b.expr(sc, s.X)
	case *ast.AssignStmt:
		return b.assign(sc, s)
	case *ast.DeclStmt:
		return b.decl(sc, s)
	case *ast.ReturnStmt:
		var items []structure.Item
		for _, x := range s.Results {
			items = append(items, b.expr(sc, x)...)
		}
		return append(items, structure.Item{Kind: structure.End, Pos: s.Pos()})
	case *ast.IfStmt:
		return b.ifStmt(sc, s)
	case *ast.SwitchStmt:
		return b.switchStmt(sc, s)
	case *ast.TypeSwitchStmt:
		return b.cases(sc, s.Pos(), s.Body, nil)
	case *ast.SelectStmt:
		return b.cases(sc, s.Pos(), s.Body, nil)
	case *ast.ForStmt:
		var items []structure.Item
		if s.Init != nil {
			items = b.stmt(sc, s.Init)
		}
		body := b.expr(sc, s.Cond)
		body = append(body, b.block(sc, s.Body.List)...)
		if s.Post != nil {
			body = append(body, b.stmt(sc, s.Post)...)
		}
		return append(items, structure.Item{Kind: structure.Loop, Body: body, Pos: s.Pos(), Turns: turns(sc.info, s)})
	case *ast.RangeStmt:
		items := b.expr(sc, s.X)
		return append(items, structure.Item{Kind: structure.Loop, Body: b.block(sc, s.Body.List), Pos: s.Pos(), Turns: turns(sc.info, s)})
	case *ast.BlockStmt:
		return b.block(sc, s.List)
	case *ast.LabeledStmt:
		return b.stmt(sc, s.Stmt)
	case *ast.BranchStmt:
		if s.Tok == token.FALLTHROUGH {
			break
		}
		if s.Label != nil {
			return []structure.Item{{Kind: structure.Leave, Text: s.Tok.String() + " " + s.Label.Name, Pos: s.Pos()}}
		}
		return []structure.Item{{Kind: structure.Leave, Text: s.Tok.String(), Pos: s.Pos()}}
	case *ast.DeferStmt:
		body := b.expr(sc, s.Call)
		if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok {
			body = structure.Closed(b.block(sc, lit.Body.List))
		}
		return []structure.Item{{Kind: structure.Callback, Text: "deferred function", Body: body, Pos: s.Pos()}}
	}
	return nil
}

func (b *builder) decl(sc *scope, s *ast.DeclStmt) []structure.Item {
	var items []structure.Item
	gd, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return nil
	}
	for _, spec := range gd.Specs {
		vs, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, value := range vs.Values {
			items = append(items, b.expr(sc, value)...)
		}
		b.defineAll(sc, vs)
	}
	return items
}

func (b *builder) assign(sc *scope, s *ast.AssignStmt) []structure.Item {
	var items []structure.Item
	for _, x := range s.Rhs {
		items = append(items, b.expr(sc, x)...)
	}
	b.defineAll(sc, s)
	return items
}

func (b *builder) ifStmt(sc *scope, s *ast.IfStmt) []structure.Item {
	var items []structure.Item
	if s.Init != nil {
		items = b.stmt(sc, s.Init)
	}
	items = append(items, b.expr(sc, s.Cond)...)
	turned := isTurned(s.Cond)
	c := structure.Item{Kind: structure.Choice, Pos: s.Pos()}
	then := structure.Branch{Items: b.block(sc, s.Body.List)}
	var other structure.Branch
	if s.Else != nil {
		other.Items = b.stmt(sc, s.Else)
	}
	if when := b.cond(sc, s.Cond); when != nil {
		then.When, other.When = when, &structure.Cond{Op: "!", A: when}
	}
	c.Alts = []structure.Branch{then, other}
	if turned {
		c.Alts = []structure.Branch{other, then}
	}
	c.Error = aboutError(sc.info, s.Cond)
	return append(items, c)
}

func (b *builder) switchStmt(sc *scope, s *ast.SwitchStmt) []structure.Item {
	var items []structure.Item
	if s.Init != nil {
		items = b.stmt(sc, s.Init)
	}
	if s.Tag == nil {
		if chain, ok := syntax.AsIfs(s.Body.List); ok {
			return append(items, b.stmt(sc, chain)...)
		}
	}
	items = append(items, b.expr(sc, s.Tag)...)
	return append(items, b.cases(sc, s.Pos(), s.Body, s.Tag)...)
}

// cases are the clauses of a switch or select.
func (b *builder) cases(sc *scope, pos token.Pos, body *ast.BlockStmt, tag ast.Expr) []structure.Item {
	c := structure.Item{Kind: structure.Choice, Pos: pos}
	id := ""
	if tag != nil {
		id, _ = b.versionOf(sc, tag)
	}
	var others *structure.Cond // that any case before is true
	hasDefault := false
	for _, s := range body.List {
		var alt structure.Branch
		switch s := s.(type) {
		case *ast.CaseClause:
			alt = b.clause(sc, s, id)
			hasDefault = hasDefault || s.List == nil
		case *ast.CommClause:
			alt = structure.Branch{Items: b.block(sc, s.Body)}
			hasDefault = true
		}
		if alt.When != nil && alt.When.Op != "default" {
			if others == nil {
				others = alt.When
			} else {
				others = &structure.Cond{Op: "||", A: others, B: alt.When}
			}
		}
		c.Alts = append(c.Alts, alt)
	}
	if !hasDefault {
		c.Alts = append(c.Alts, structure.Branch{When: &structure.Cond{Op: "default"}})
	}
	decided := others != nil
	for _, alt := range c.Alts {
		decided = decided && alt.When != nil
	}
	for i := range c.Alts {
		switch {
		case !decided:
			c.Alts[i].When = nil
		case c.Alts[i].When.Op == "default":
			c.Alts[i].When = &structure.Cond{Op: "!", A: others}
		}
	}
	if len(c.Alts) == 0 {
		return nil
	}
	if tag != nil && id == "" {
		label(sc.info, c.Alts, body)
	}
	return []structure.Item{c}
}

// label names the cases of a switch over constants: which stands first does not matter.
func label(info *types.Info, alts []structure.Branch, body *ast.BlockStmt) {
	labels := make([]string, len(alts))
	for i, s := range body.List {
		clause, ok := s.(*ast.CaseClause)
		if !ok {
			return
		}
		for _, x := range clause.List {
			v := info.Types[x].Value
			if v == nil || syntax.EndsIn(clause.Body, token.FALLTHROUGH) {
				return
			}
			labels[i] += v.ExactString() + " "
		}
	}
	for i := range alts {
		alts[i].Label = cmp.Or(labels[i], structure.Otherwise)
	}
}

func (b *builder) clause(sc *scope, s *ast.CaseClause, id string) structure.Branch {
	var alt structure.Branch
	if s.List == nil {
		alt.When = &structure.Cond{Op: "default"}
	}
	for i, x := range s.List {
		var c *structure.Cond
		if n, ok := number(sc.info, x); ok && id != "" {
			c = &structure.Cond{Op: "==", ID: id, N: n}
		} else if id == "" {
			c = b.cond(sc, x)
		}
		switch {
		case c == nil:
			alt.When = nil
		case i == 0:
			alt.When = c
		case alt.When != nil:
			alt.When = &structure.Cond{Op: "||", A: alt.When, B: c}
		}
	}
	// A break leaves the switch, which the end of a clause does anyway.
	items := b.block(sc, s.Body)
	if n := len(items); n > 0 && items[n-1].Kind == structure.Leave && items[n-1].Text == "break" {
		items = items[:n-1]
	}
	alt.Items = items
	return alt
}
