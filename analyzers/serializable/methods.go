package serializable

import (
	"path/filepath"

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
			at := r.pass.Fset.Position(pl.Pos)
			f := report.Finding{Message: message(pl.What, v) + ", and a worker has it as an activity since its struct is registered", Effect: pl.Key, Misses: use}
			place := report.Place{Pkg: keys.Path(fn.Pkg()), File: filepath.Base(at.Filename), Line: at.Line, Col: at.Column}
			if f.Put(p.Place(place.Pkg, place.File, place.Line, place.Col), place, fn.Pkg() != r.pass.Pkg) {
				r.rep.Report(f)
			}
		})
	}
}
