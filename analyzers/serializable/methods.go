package serializable

import (
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/payloads"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// methods judges the methods that are activities because a command registers their struct.
func (r *rule) methods(p *names.Program) {
	for _, key := range p.Others {
		r.rep.Registers(report.Registered{What: "use " + key})
	}
	for _, fn := range p.Methods {
		use := "use c:" + keys.Func(fn)
		payloads.OfMethod(r.pass, fn, func(pl payloads.Payload) {
			v := wire.Check(pl.Type)
			if v.Outcome == wire.OK {
				return
			}
			f := report.Finding{Message: message(pl.What, v) + ", and a worker has it as an activity since its struct is registered", Effect: pl.Key, Misses: use}
			place := report.PlaceOf(r.pass, keys.Path(fn.Pkg()), pl.Pos)
			if f.Put(p.Place(place), place, fn.Pkg() != r.pass.Pkg) {
				r.rep.Report(f)
			}
		})
	}
}
