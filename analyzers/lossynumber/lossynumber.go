// Package lossynumber reports payloads whose integers may arrive as other numbers.
//
// # Analyzer lossynumber
//
// lossynumber: report payloads of type any, in which large integers lose digits
//
// The data converter decodes a number into an any, a map[string]any or a []any as float64, which
// has 53 bits: 9007199254740993 arrives as 9007199254740992, and identifiers of many databases are
// larger than that. Nothing says so.
//
// Wrong:
//
//	func (a *Activities) Load(ctx context.Context, filter map[string]any) (any, error)
//
// Right:
//
//	func (a *Activities) Load(ctx context.Context, filter Filter) (Row, error)
//
// Reported are parameters and results of activities and workflows that are, or contain in
// exported fields, elements or values, an empty interface. Opt-in: what a program puts there
// may have no large integers.
//
// Types with marshalers of their own are not looked into, nor are parameters of local
// activities, which do not travel.
package lossynumber

import (
	_ "embed"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/payloads"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed lossynumber.go
var source string

// Analyzer is the rule lossynumber.
var Analyzer = &analysis.Analyzer{
	Name:             "lossynumber",
	Doc:              report.Doc(source),
	URL:              report.URL("lossynumber"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	payloads.Each(pass, names.In(program.Of(pass)), func(p payloads.Payload) {
		path, found := dynamic(p.Type, "", 0)
		if !found {
			return
		}
		where := ""
		if path != "" {
			where = " has " + path + ", which"
		}
		rep.Report(report.Finding{Pos: p.Pos, End: p.End, Effect: p.Key,
			Message: p.What + where + " is an any: numbers in it arrive as float64, and integers above 2^53 as others; use a type that says what it is"})
	})
	return rep.Done()
}

// maxDepth bounds the types that contain themselves.
const maxDepth = 6

// dynamic finds an empty interface in a type, and the path to it.
func dynamic(t types.Type, path string, depth int) (string, bool) {
	if depth > maxDepth || marshals(t) {
		return "", false
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		_, isParam := types.Unalias(t).(*types.TypeParam)
		return path, u.Empty() && !isParam
	case *types.Pointer:
		return dynamic(u.Elem(), path, depth+1)
	case *types.Slice:
		return dynamic(u.Elem(), path+"[]", depth+1)
	case *types.Array:
		return dynamic(u.Elem(), path+"[]", depth+1)
	case *types.Map:
		return dynamic(u.Elem(), path+"[]", depth+1)
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			if !f.Exported() || reflect.StructTag(u.Tag(i)).Get("json") == "-" {
				continue
			}
			if p, ok := dynamic(f.Type(), path+"."+f.Name(), depth+1); ok {
				return p, true
			}
		}
	}
	return "", false
}

// marshals reports whether a type, or a pointer to it, decodes itself.
func marshals(t types.Type) bool {
	for _, name := range []string{"UnmarshalJSON", "UnmarshalText", "ProtoReflect"} {
		obj, _, _ := types.LookupFieldOrMethod(syntax.Deref(t), true, nil, name)
		if _, ok := obj.(*types.Func); ok {
			return true
		}
	}
	return false
}
