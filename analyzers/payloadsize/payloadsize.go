// Package payloadsize reports arguments and results that are bound to be too large.
//
// # Analyzer payloadsize
//
// payloadsize: report arguments and results that are too large for a payload
//
// Every argument and result is kept in the workflow's history and is sent again
// with it. The server refuses messages of 2 MB and ends a workflow whose history
// grows too large, so the tip is to keep a payload under 200 KB: store the data,
// and pass the key under which it is found.
//
// Wrong:
//
//	page, err := io.ReadAll(response.Body)
//	if err != nil {
//		return nil, err
//	}
//	return page, nil // the result of an activity
//
// Right:
//
//	key, err := a.store.Put(ctx, response.Body)
//	if err != nil {
//		return "", err
//	}
//	return key, nil
//
// Reported are arguments of activities, child workflows and workflows, and results
// of activities and workflows in sight, or what looks like an activity in a package that
// registers none (methods of FileActivities, functions that use package activity), that
// are known to be larger than the limit or that nothing bounds: constants, arrays and
// make of a constant size, embedded files (by their size on disk), and what os.ReadFile,
// io.ReadAll and a buffer that was copied or read into return. Values are followed
// through variables, string and byte conversions, and the fields of a literal, within
// one function.
//
// The analyzer is silent for arguments of local activities, which are not
// serialized, behind an io.LimitReader or http.MaxBytesReader, where the length, or
// the size that a file or a response announces, is compared with something or
// checked by a function, for fields that do not travel, for slices x[:n], and in
// tests. Sizes that depend on data, such as lists from a database, are no matter of
// types and are not guessed.
//
// The limit is the setting limit, in bytes. 204800 is the tip's 200 KB.
package payloadsize

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

//go:embed payloadsize.go
var source string

// Analyzer is the rule payloadsize.
var Analyzer = &analysis.Analyzer{
	Name:             "payloadsize",
	Doc:              report.Doc(source),
	URL:              report.URL("payloadsize"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// limit is read-only once analysis has started.
var limit int64

func init() {
	Analyzer.Flags.Int64Var(&limit, "limit", 200<<10, "largest size of a payload, in `bytes`")
}

func run(pass *analysis.Pass) (any, error) {
	result := names.In(program.Of(pass))
	r := &rule{indexes: make(map[ast.Node]*index), compares: make(map[*types.Func]*index), pass: pass, rep: report.New(pass), result: result}
	runs := make(map[*types.Func]bool) // activities and workflows
	for _, fn := range result.Alike {
		runs[fn] = true
	}
	var lits []*ast.FuncLit
	for i := range result.Calls {
		c := &result.Calls[i]
		if c.Test || c.Kind == sdk.Mock || c.Kind == sdk.Handle {
			continue
		}
		if c.Fn != nil {
			runs[c.Fn] = true
		}
		for _, t := range c.Targets {
			if t.Fn != nil {
				runs[t.Fn] = true
			}
			if t.Lit != nil && !slices.Contains(lits, t.Lit) {
				lits = append(lits, t.Lit)
			}
		}
		if !c.Kind.Register() && c.Kind != sdk.ExecuteLocalActivity && c.ArgsKnown() {
			r.arguments(c)
		}
	}
	for _, file := range pass.Files {
		r.declared(file, runs)
	}
	for _, lit := range lits {
		r.results(lit, lit.Type, lit.Body, "the function")
	}
	return r.rep.Done()
}

// declared judges what the activities and workflows of a file return.
func (r *rule) declared(file *ast.File, runs map[*types.Func]bool) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Body == nil {
			continue
		}
		if fn, ok := r.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && runs[fn] {
			r.results(decl, decl.Type, decl.Body, fn.Name())
		}
	}
}

type rule struct {
	pass   *analysis.Pass
	rep    *report.Reporter
	result *names.Result

	indexes  map[ast.Node]*index           // by function
	compares map[*types.Func]*index        // what functions compare themselves, see measures
	funcs    map[*types.Func]*ast.FuncDecl // of the package, see declOf
	decls    []ast.Decl                    // in the order of their positions
}

func (r *rule) report(x ast.Node, what, reason string) {
	r.rep.Report(report.Finding{
		Pos: x.Pos(), End: x.End(),
		Message: fmt.Sprintf("%s %s: a payload should stay under %s: store the data and pass its key", what, reason, readable(limit)),
	})
}

func readable(n int64) string {
	if n%(1<<10) != 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d KB", n>>10)
}

func (r *rule) arguments(c *names.Call) {
	within := r.enclosing(c.Node.Pos())
	for i, arg := range c.Args {
		if arg == nil || c.Spread && i == len(c.Args)-1 {
			continue
		}
		s := sizer{r, within}
		if reason := s.large(arg, true, 0); reason != "" {
			r.report(arg, fmt.Sprintf("argument %d of %s", i+1, types.ExprString(c.Target)), reason)
		}
	}
}

// results judges the first result of every return that belongs to the function. Of the
// returns that only name their results, the last is likely to be the one after errors.
func (r *rule) results(fn ast.Node, typ *ast.FuncType, body *ast.BlockStmt, name string) {
	judge := func(at ast.Node, x ast.Expr) {
		if reason := (sizer{r, fn}).large(x, true, 0); reason != "" {
			r.report(at, "the result of "+name, reason)
		}
	}
	var naked *ast.ReturnStmt
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			// One expression is a call that has both results, or an error alone.
			if len(n.Results) == 0 {
				naked = n
			} else {
				judge(n.Results[0], n.Results[0])
			}
		}
		return true
	})
	if naked != nil && typ.Results != nil && len(typ.Results.List) > 0 && len(typ.Results.List[0].Names) > 0 {
		judge(naked, typ.Results.List[0].Names[0])
	}
}

// enclosing returns the declaration that contains pos.
func (r *rule) enclosing(pos token.Pos) ast.Node {
	if r.decls == nil {
		for _, file := range r.pass.Files {
			r.decls = append(r.decls, file.Decls...)
		}
		sort.Slice(r.decls, func(i, j int) bool { return r.decls[i].Pos() < r.decls[j].Pos() })
	}
	i := sort.Search(len(r.decls), func(i int) bool { return r.decls[i].End() > pos })
	if i < len(r.decls) && r.decls[i].Pos() <= pos {
		return r.decls[i]
	}
	return nil
}
