package lint

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/load"
)

// places finds code of the program by what a finding says of it.
type places struct {
	files   map[string][]*ast.File // by package path and base name
	pkgs    map[*ast.File]*packages.Package
	matched map[string]bool
}

// newPlaces indexes the packages that the patterns match: nothing is reported elsewhere.
func newPlaces(pkgs []*packages.Package, matched map[string]bool) *places {
	p := &places{files: make(map[string][]*ast.File), pkgs: make(map[*ast.File]*packages.Package), matched: matched}
	for _, pkg := range pkgs {
		if !matched[pkg.ID] || load.IsTest(pkg.ID) {
			continue
		}
		for _, f := range pkg.Syntax {
			key := pkg.PkgPath + "/" + filepath.Base(pkg.Fset.File(f.FileStart).Name())
			p.files[key] = append(p.files[key], f)
			p.pkgs[f] = pkg
		}
	}
	return p
}

// find returns the file and the position of a place; nil if it is not in the program, or in
// a generated file, which nobody mends by hand.
func (p *places) find(at analyzers.Place) (*ast.File, token.Pos) {
	for _, f := range p.files[at.Pkg+"/"+at.File] {
		file := p.pkgs[f].Fset.File(f.FileStart)
		if at.Line > file.LineCount() || analyzers.IsGenerated(f, file.Name()) {
			continue
		}
		if pos := file.LineStart(at.Line) + token.Pos(at.Col-1); int(pos) < file.Base()+file.Size() {
			return f, pos
		}
	}
	return nil, token.NoPos
}

// move lets a finding stand where the mend goes: at the effect, the loop or the name that it
// is about. A driver that analyses packages one by one can only report where the chain to it
// closes; here the whole program is at hand. The closing place becomes a related position.
func (r *Report) move(f *Finding, p *places) {
	if f.Detail.Stands == (analyzers.Place{}) || f.Detail.At == "" {
		return // it stands there
	}
	file, pos := p.find(f.Detail.Stands)
	if file == nil {
		return
	}
	pkg := p.pkgs[file]
	closing := analysis.RelatedInformation{Pos: f.Diagnostic.Pos, End: f.Diagnostic.End, Message: "reached from here"}
	if len(f.Detail.Chain) > 0 {
		closing.Message += ": " + f.Detail.Chain[0]
	}
	f.Package, f.place = pkg.ID, pkg.PkgPath+"."+function(pkg.Syntax, pos)
	d := &f.Diagnostic
	d.Pos, d.End = pos, endOf(file, pos)
	d.Related = append([]analysis.RelatedInformation{closing}, slices.DeleteFunc(slices.Clone(d.Related), func(rel analysis.RelatedInformation) bool {
		return r.Fset.Position(rel.Pos).Line == r.Fset.Position(pos).Line && r.Fset.Position(rel.Pos).Filename == r.Fset.Position(pos).Filename
	})...)
	f.Detail.At = ""
	d.Message = f.Detail.Text()
	f.Pos, f.End = r.Fset.Position(d.Pos), r.Fset.Position(d.End)
}

// endOf is the end of the largest expression that begins at pos, or of the keyword of the
// statement.
func endOf(file *ast.File, pos token.Pos) token.Pos {
	end := pos
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		if n.Pos() == pos && end == pos {
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				end = pos + token.Pos(len("for"))
			case ast.Expr:
				end = n.End()
			}
		}
		return true
	})
	return end
}
