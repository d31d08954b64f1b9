//go:build tools

// Command mutate breaks every execute call of a program that the linter resolves,
// in copies that exist in memory only, and counts what the rules on arguments say
// of it: an argument dropped, one added, two of different types swapped, one
// replaced by a channel.
//
// A mutant is wrong by the SDK's rules if the number of arguments differs, if a
// channel is to be encoded, or if what is swapped differs in kind (a string, a
// number, a bool, a struct, a list) and has no methods for JSON.
package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/positionalargs"
	"github.com/mediacloud/mcwflint/analyzers/serializable"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: mutate directory...")
		os.Exit(2)
	}
	failed := false
	for _, dir := range os.Args[1:] {
		ok, err := judge(dir)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", dir, err)
			os.Exit(2)
		}
		failed = failed || !ok
	}
	if failed {
		os.Exit(1)
	}
}

// A site is a call that the linter resolves.
type site struct {
	file  string
	line  int
	first edit // the context, to hang dropped arguments on
	args  []edit
	kinds []string // what the arguments are in JSON; "" if that is not plain
	end   int      // behind the last argument
}

func (s *site) place() string { return fmt.Sprintf("%s:%d", s.file, s.line) }

// An edit is a stretch of a file.
type edit struct {
	from, to int
	text     string
}

// A mutation returns the edits for a site; none if it does not apply.
type mutation struct {
	name  string
	apply func(s *site, src string) []edit
}

var mutations = []mutation{
	{"drop an argument", func(s *site, src string) []edit {
		if len(s.args) == 0 {
			return nil
		}
		// The comma in front stays, the one behind goes, and so that lines keep their
		// numbers, line ends stay.
		last := s.args[len(s.args)-1]
		from := strings.LastIndex(src[:last.from], ",") + 1
		to := last.to
		if rest := strings.TrimLeft(src[to:], " \t\r\n"); strings.HasPrefix(rest, ",") {
			to = len(src) - len(rest) + 1
		}
		ends := strings.Count(src[from:to], "\n") - strings.Count(src[last.from:last.to], "\n")
		return []edit{
			{s.first.from, s.first.to, "mutateKeep(" + src[s.first.from:s.first.to] + ", " + src[last.from:last.to] + ")"},
			{from, to, strings.Repeat("\n", ends)},
		}
	}},
	{"add an argument", func(s *site, src string) []edit { return []edit{{s.end, s.end, ", 7"}} }},
	{"swap two arguments", func(s *site, src string) []edit {
		for i := 1; i < len(s.args); i++ {
			if a, b := s.kinds[i-1], s.kinds[i]; a != "" && b != "" && a != b {
				x, y := s.args[i-1], s.args[i]
				return []edit{{x.from, x.to, src[y.from:y.to]}, {y.from, y.to, src[x.from:x.to]}}
			}
		}
		return nil
	}},
	{"replace one by a channel", func(s *site, src string) []edit {
		if len(s.args) == 0 {
			return nil
		}
		a := s.args[0]
		return []edit{
			{s.first.from, s.first.to, "mutateKeep(" + src[s.first.from:s.first.to] + ", " + src[a.from:a.to] + ")"},
			{a.from, a.to, "make(chan int)"},
		}
	}},
}

// keep lets a dropped argument stay in use.
const keep = "\n\nfunc mutateKeep[T any](v T, _ ...any) T { return v }\n"

// judge reports whether at least 99 % of the mutants of a program are reported.
func judge(dir string) (bool, error) {
	pkgs, err := load(dir, nil)
	if err != nil {
		return false, err
	}
	sites, err := collect(pkgs)
	if err != nil {
		return false, err
	}
	clean, err := lines(pkgs)
	if err != nil {
		return false, err
	}
	fmt.Printf("%s: %d calls resolved, findings before: %d\n", dir, len(sites), len(clean))
	all, found := 0, 0
	// A call that is wrong already may be mended by a mutation.
	sites = slices.DeleteFunc(sites, func(s *site) bool { return clean[s.place()] })
	for _, m := range mutations {
		mutated, overlay, err := m.mutate(sites)
		if err != nil {
			return false, err
		}
		pkgs, err := load(dir, overlay)
		if err != nil {
			return false, fmt.Errorf("%s: %w", m.name, err)
		}
		reported, err := lines(pkgs)
		if err != nil {
			return false, err
		}
		n := 0
		for _, s := range mutated {
			if reported[s.place()] {
				n++
			} else {
				fmt.Printf("  missed: %s: %s:%d\n", m.name, s.file, s.line)
			}
		}
		fmt.Printf("  %s: %d of %d reported\n", m.name, n, len(mutated))
		all, found = all+len(mutated), found+n
	}
	fmt.Printf("  %d of %d mutants reported\n", found, all)
	return 100*found >= 99*all, nil
}

// mutate applies a mutation wherever it can be, and returns the files that it changes.
func (m mutation) mutate(sites []*site) (mutated []*site, overlay map[string][]byte, err error) {
	sources := make(map[string]string)
	edits := make(map[string][]edit)
	for _, s := range sites {
		if sources[s.file] == "" {
			data, err := os.ReadFile(s.file)
			if err != nil {
				return nil, nil, err
			}
			sources[s.file] = string(data)
		}
		if es := m.apply(s, sources[s.file]); es != nil {
			mutated = append(mutated, s)
			edits[s.file] = append(edits[s.file], es...)
		}
	}
	overlay = make(map[string][]byte)
	helpers := make(map[string]bool)
	for _, file := range sortedKeys(edits) {
		text := rewrite(sources[file], edits[file])
		if pkg := file[:strings.LastIndex(file, "/")]; !helpers[pkg] {
			helpers[pkg] = true
			text += keep
		}
		overlay[file] = []byte(text)
	}
	return mutated, overlay, nil
}

func load(dir string, overlay map[string][]byte) ([]*packages.Package, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Overlay: overlay}, "./...")
	if err != nil {
		return nil, err
	}
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			return nil, pkg.Errors[0]
		}
	}
	return pkgs, nil
}

// collect returns the calls with a target that is known.
func collect(pkgs []*packages.Package) ([]*site, error) {
	graph, err := checker.Analyze([]*analysis.Analyzer{program.Analyzer}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	var sites []*site
	for _, act := range graph.Roots {
		result, ok := act.Result.(*callgraph.Result)
		if !ok {
			continue
		}
		for _, c := range names.In(result).Calls {
			call, isCall := c.Node.(*ast.CallExpr)
			if !isCall || c.Fn == nil || c.Spread || !c.ArgsKnown() || c.Kind.Register() || c.Kind == sdk.Mock || c.Kind == sdk.Handle || c.Fn.Signature().Variadic() {
				continue
			}
			if s := newSite(act.Package, call, &c); s != nil {
				sites = append(sites, s)
			}
		}
	}
	return sites, nil
}

// newSite leaves out what would not compile: wrappers whose parameters have types.
func newSite(pkg *packages.Package, call *ast.CallExpr, c *names.Call) *site {
	sig, ok := pkg.TypesInfo.TypeOf(call.Fun).(*types.Signature)
	if !ok || !sig.Variadic() || len(call.Args)-len(c.Args) < sig.Params().Len()-1 {
		return nil
	}
	at := func(p token.Pos) int { return pkg.Fset.Position(p).Offset }
	s := &site{
		file: pkg.Fset.Position(call.Pos()).Filename, line: pkg.Fset.Position(call.Pos()).Line,
		first: edit{from: at(call.Args[0].Pos()), to: at(call.Args[0].End())},
		end:   at(call.Args[len(call.Args)-1].End()),
	}
	for _, arg := range c.Args {
		if arg == nil {
			return nil
		}
		s.args = append(s.args, edit{from: at(arg.Pos()), to: at(arg.End())})
		s.kinds = append(s.kinds, plain(pkg.TypesInfo.TypeOf(arg)))
	}
	return s
}

// plain says what a type is in JSON if it leaves that to its kind.
func plain(t types.Type) string {
	if t == nil {
		return ""
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	for _, method := range []string{"MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText", "ProtoReflect"} {
		if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, method); obj != nil {
			return ""
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return "string"
		case u.Info()&types.IsNumeric != 0:
			return "number"
		case u.Info()&types.IsBoolean != 0:
			return "bool"
		}
	case *types.Struct:
		return "struct"
	case *types.Slice:
		if b, ok := u.Elem().Underlying().(*types.Basic); !ok || b.Kind() != types.Uint8 {
			return "list"
		}
	}
	return ""
}

// lines returns where the rules report, and every line of a call that contains such
// a place counts.
func lines(pkgs []*packages.Package) (map[string]bool, error) {
	graph, err := checker.Analyze([]*analysis.Analyzer{positionalargs.Analyzer, serializable.Analyzer}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	reported := make(map[string]bool)
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, act.Err
		}
		for _, d := range act.Diagnostics {
			p := act.Package.Fset.Position(d.Pos)
			reported[fmt.Sprintf("%s:%d", p.Filename, p.Line)] = true
			// An argument may stand lines below its call.
			for _, f := range act.Package.Syntax {
				if f.FileStart <= d.Pos && d.Pos < f.FileEnd {
					ast.Inspect(f, func(n ast.Node) bool {
						if call, ok := n.(*ast.CallExpr); ok && call.Pos() <= d.Pos && d.Pos < call.End() {
							p := act.Package.Fset.Position(call.Pos())
							reported[fmt.Sprintf("%s:%d", p.Filename, p.Line)] = true
						}
						return n == nil || n.Pos() <= d.Pos && d.Pos < n.End()
					})
				}
			}
		}
	}
	return reported, nil
}

// rewrite applies edits that do not overlap.
func rewrite(src string, edits []edit) string {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].from < edits[j].from })
	var b strings.Builder
	last := 0
	for _, e := range edits {
		if e.from < last {
			continue
		}
		b.WriteString(src[last:e.from])
		b.WriteString(e.text)
		last = e.to
	}
	b.WriteString(src[last:])
	return b.String()
}

func sortedKeys(m map[string][]edit) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
