package callgraph

import (
	"go/ast"
	"go/token"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
)

// A Site is an effect in this package.
type Site struct {
	Effect   facts.Effect
	Pos, End token.Pos
	Call     *ast.CallExpr // if a call is the effect
	Extra    any           // what the domain's rule needs besides
}

// AddSite records an effect of a node. It returns nil if a directive silences the
// effect where it stands.
func (p *Package) AddSite(n *Node, kind facts.Kind, what string, pos, end token.Pos) *Site {
	s := p.NewSite(n.Owner, kind, what, pos, end)
	if s != nil {
		n.Sites = append(n.Sites, s)
	}
	return s
}

// NewSite makes an effect of this package, which need not be one of the function that it
// is written in: a function value that is kept there may be called elsewhere. It returns
// nil if a directive silences the effect, and the same site for the same effect.
func (p *Package) NewSite(owner string, kind facts.Kind, what string, pos, end token.Pos) *Site {
	if d := p.directives.Match(kind.Info().Rule, pos); d != nil {
		p.used[d] |= kind
		return nil
	}
	at := p.PlaceOf(pos)
	s := &Site{
		Effect: facts.Effect{Kind: kind, What: what, Pkg: at.Pkg, File: at.File, Line: at.Line, Col: at.Col, Owner: owner},
		Pos:    pos, End: end,
	}
	if have := p.sites[s.Effect.ID()]; have != nil {
		s = have // the same text, used twice
	}
	p.sites[s.Effect.ID()] = s
	return s
}

// Site returns the site of an effect in this package, or nil.
func (p *Package) Site(e *facts.Effect) *Site { return p.sites[e.ID()] }

// Restate makes a site of an effect with another kind or number at the same place.
func (p *Package) Restate(of *facts.Effect, as facts.Effect) {
	if own := p.sites[of.ID()]; own != nil {
		p.sites[as.ID()] = &Site{Effect: as, Pos: own.Pos, End: own.End, Extra: own.Extra}
	}
}
