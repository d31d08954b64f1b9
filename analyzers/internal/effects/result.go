package effects

import (
	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// Finding turns a chain into a finding with the given message.
func (c *Chain) Finding(message string) report.Finding {
	f := report.Finding{Pos: c.Pos, End: c.End, Message: message, Chain: c.Hops, Effect: c.Effect.ID(),
		Origin: c.Effect.Pkg + "." + c.Effect.Owner + " " + c.Effect.What}
	if c.Root == ActivityRoot {
		f.More = c.Roots - 1
	}
	if c.Here {
		return f
	}
	f.At = c.Effect.Place()
	if c.Related.IsValid() {
		f.Related = []analysis.RelatedInformation{{Pos: c.Related, Message: c.Effect.Owner + ": here"}}
	}
	return f
}

// Of returns the chains of some kinds, in the order of their positions.
func (r *Result) Of(kinds Kind) []Chain {
	var some []Chain
	for _, c := range r.Chains {
		if c.Kind&kinds != 0 {
			some = append(some, c)
		}
	}
	return some
}

// Silenced tells a reporter which directives silenced an effect of some kinds
// where it stands.
func (r *Result) Silenced(rep *report.Reporter, kinds Kind) {
	for d, k := range r.Used {
		if k&kinds != 0 {
			rep.Use(d)
		}
	}
}
