package commands

import (
	"go/ast"
	"go/token"
	"go/types"
)

// maxDepth bounds the functions that are taken into one another.
const maxDepth = 40

// structure is what a workflow does, nil if its code is not here.
func (p *Program) structure(w *Workflow) []item {
	items, _ := p.read(w)
	return items
}

// read also returns what a workflow answers: signals, queries and updates.
func (p *Program) read(w *Workflow) (items, answers []item) {
	b := &builder{p: p, stack: make(map[string]bool), fields: make(map[*types.Var]*cond), filled: make(map[*types.Var]types.Type), kept: make(map[string]bool)}
	switch {
	case w.fn != nil:
		b.stack[w.fn.key] = true
		items = b.block(newScope(w.fn), w.fn.decl.Body.List)
	case w.lit != nil:
		items = b.block(newScope(w.in), w.lit.Body.List)
	}
	return items, b.answers
}

type builder struct {
	p      *Program
	stack  map[string]bool // functions that are being taken in
	depth  int
	fields map[*types.Var]*cond      // fields that hold conditions about versions
	filled map[*types.Var]types.Type // what fields that are interfaces hold
	kept   map[string]bool           // functions that were read for what they fill

	answers []item // signals, queries and updates
}

func (b *builder) block(sc *scope, list []ast.Stmt) []item {
	var items []item
	for _, s := range list {
		items = append(items, b.stmt(sc, s)...)
	}
	return items
}

func (b *builder) stmt(sc *scope, s ast.Stmt) []item {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return b.expr(sc, s.X)
	case *ast.AssignStmt:
		return b.assign(sc, s)
	case *ast.DeclStmt:
		return b.decl(sc, s)
	case *ast.ReturnStmt:
		var items []item
		for _, x := range s.Results {
			items = append(items, b.expr(sc, x)...)
		}
		return append(items, item{kind: end, pos: s.Pos()})
	case *ast.IfStmt:
		return b.ifStmt(sc, s)
	case *ast.SwitchStmt:
		return b.switchStmt(sc, s)
	case *ast.TypeSwitchStmt:
		return b.cases(sc, s.Pos(), s.Body, nil)
	case *ast.SelectStmt:
		return b.cases(sc, s.Pos(), s.Body, nil)
	case *ast.ForStmt:
		var items []item
		if s.Init != nil {
			items = b.stmt(sc, s.Init)
		}
		body := b.expr(sc, s.Cond)
		body = append(body, b.block(sc, s.Body.List)...)
		if s.Post != nil {
			body = append(body, b.stmt(sc, s.Post)...)
		}
		return append(items, item{kind: loop, body: body, pos: s.Pos(), turns: turns(sc.info, s)})
	case *ast.RangeStmt:
		items := b.expr(sc, s.X)
		return append(items, item{kind: loop, body: b.block(sc, s.Body.List), pos: s.Pos(), turns: turns(sc.info, s)})
	case *ast.BlockStmt:
		return b.block(sc, s.List)
	case *ast.LabeledStmt:
		return b.stmt(sc, s.Stmt)
	case *ast.BranchStmt:
		if s.Tok != token.FALLTHROUGH {
			return []item{{kind: leave, text: s.Tok.String(), pos: s.Pos()}}
		}
	case *ast.DeferStmt:
		body := b.expr(sc, s.Call)
		if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok {
			body = closed(b.block(sc, lit.Body.List))
		}
		return []item{{kind: callback, text: "deferred function", body: body, pos: s.Pos()}}
	}
	return nil
}

func (b *builder) decl(sc *scope, s *ast.DeclStmt) []item {
	var items []item
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

func (b *builder) assign(sc *scope, s *ast.AssignStmt) []item {
	var items []item
	for _, x := range s.Rhs {
		items = append(items, b.expr(sc, x)...)
	}
	b.defineAll(sc, s)
	return items
}

func (b *builder) ifStmt(sc *scope, s *ast.IfStmt) []item {
	var items []item
	if s.Init != nil {
		items = b.stmt(sc, s.Init)
	}
	items = append(items, b.expr(sc, s.Cond)...)
	turned := isTurned(s.Cond)
	c := item{kind: choice, pos: s.Pos()}
	then := branch{items: b.block(sc, s.Body.List)}
	var other branch
	if s.Else != nil {
		other.items = b.stmt(sc, s.Else)
	}
	if when := b.cond(sc, s.Cond); when != nil {
		then.when, other.when = when, &cond{op: "!", a: when}
	}
	c.alts = []branch{then, other}
	if turned {
		c.alts = []branch{other, then}
	}
	c.error = aboutError(sc.info, s.Cond)
	return append(items, c)
}

func (b *builder) switchStmt(sc *scope, s *ast.SwitchStmt) []item {
	var items []item
	if s.Init != nil {
		items = b.stmt(sc, s.Init)
	}
	items = append(items, b.expr(sc, s.Tag)...)
	return append(items, b.cases(sc, s.Pos(), s.Body, s.Tag)...)
}

// cases are the clauses of a switch or select.
func (b *builder) cases(sc *scope, pos token.Pos, body *ast.BlockStmt, tag ast.Expr) []item {
	c := item{kind: choice, pos: pos}
	id := ""
	if tag != nil {
		id, _ = b.versionOf(sc, tag)
	}
	var others *cond // that any case before is true
	hasDefault := false
	for _, s := range body.List {
		var alt branch
		switch s := s.(type) {
		case *ast.CaseClause:
			alt = b.clause(sc, s, id)
			hasDefault = hasDefault || s.List == nil
		case *ast.CommClause:
			alt = branch{items: b.block(sc, s.Body)}
			hasDefault = true
		}
		if alt.when != nil && alt.when.op != "default" {
			if others == nil {
				others = alt.when
			} else {
				others = &cond{op: "||", a: others, b: alt.when}
			}
		}
		c.alts = append(c.alts, alt)
	}
	if !hasDefault {
		c.alts = append(c.alts, branch{when: &cond{op: "default"}})
	}
	decided := others != nil
	for _, alt := range c.alts {
		decided = decided && alt.when != nil
	}
	for i := range c.alts {
		switch {
		case !decided:
			c.alts[i].when = nil
		case c.alts[i].when.op == "default":
			c.alts[i].when = &cond{op: "!", a: others}
		}
	}
	if len(c.alts) == 0 {
		return nil
	}
	return []item{c}
}

func (b *builder) clause(sc *scope, s *ast.CaseClause, id string) branch {
	var alt branch
	if s.List == nil {
		alt.when = &cond{op: "default"}
	}
	for i, x := range s.List {
		var c *cond
		if n, ok := number(sc.info, x); ok && id != "" {
			c = &cond{op: "==", id: id, n: n}
		} else if id == "" {
			c = b.cond(sc, x)
		}
		switch {
		case c == nil:
			alt.when = nil
		case i == 0:
			alt.when = c
		case alt.when != nil:
			alt.when = &cond{op: "||", a: alt.when, b: c}
		}
	}
	// A break leaves the switch, which the end of a clause does anyway.
	items := b.block(sc, s.Body)
	if n := len(items); n > 0 && items[n-1].kind == leave && items[n-1].text == "break" {
		items = items[:n-1]
	}
	alt.items = items
	return alt
}

// closed is the body of a function that is taken into another: its returns end it, not the
// other.
func closed(items []item) []item {
	var out []item
	for i, it := range items {
		switch it.kind {
		case end:
			return out
		case choice:
			next, ended := takeIn(it, items[i+1:])
			for j := range next.alts {
				next.alts[j].items = closed(next.alts[j].items)
			}
			out = append(out, next)
			if ended {
				return out
			}
		default:
			out = append(out, it)
		}
	}
	return out
}
