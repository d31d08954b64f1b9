// Package program is the one analyzer with facts: the call graph of a package, with every
// domain that is linked in. The rules read its [callgraph.Result].
//
// Only one analyzer has facts because drivers can lose facts when several do.
package program

import (
	"flag"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flags"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// Analyzer computes what every function ends up doing. It reports nothing itself.
var Analyzer = &analysis.Analyzer{
	Name:             "mcwfprogram",
	Doc:              "compute what every function ends up doing, for the rules of mcwflint\n\nIt reports nothing itself.",
	URL:              "https://github.com/mediacloud/mcwflint",
	Requires:         []*analysis.Analyzer{report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	FactTypes:        callgraph.FactTypes,
	ResultType:       reflect.TypeFor[*callgraph.Result](),
	Flags:            settings(),
}

// Own is the setting that holds prefixes of the paths of modules that are part of the
// program although they have a version, such as a company's shared modules. It changes facts,
// so it is a flag: the caches of go vet and golangci-lint know flags. It is read-only once
// analysis has started.
var Own flags.List

// Explaining keeps what [callgraph.Result.Explain] needs, which is most of what a run
// computes. It is set before analysis starts.
var Explaining bool

// Everything makes every package worth the work, the standard library's too. It is for
// programs that try the rules on code of others, and set before analysis starts.
var Everything bool

func settings() flag.FlagSet {
	fs := flag.NewFlagSet("mcwfprogram", flag.ExitOnError)
	fs.Var(&Own, "own", "prefixes of `module` paths that are part of the program although they have a version, with commas between them")
	return *fs
}

// Of returns what was computed for the package of a pass whose analyzer requires Analyzer.
func Of(pass *analysis.Pass) *callgraph.Result {
	return pass.ResultOf[Analyzer].(*callgraph.Result)
}

func run(pass *analysis.Pass) (any, error) {
	if len(pass.Files) == 0 || !Worth(keys.Path(pass.Pkg), pass.Module) || strings.HasSuffix(pass.Pkg.Path(), ".test") {
		return new(callgraph.Result), nil
	}
	return callgraph.Analyze(pass, Explaining), nil
}

// Worth reports whether the module of a package is part of the program. It is a
// function of package and flags alone: results are cached.
func Worth(path string, module *analysis.Module) bool {
	if Everything {
		return true
	}
	if keys.IsStd(path) {
		return false
	}
	name := path
	if module != nil {
		if module.Version == "" {
			return true
		}
		name = module.Path
	} else if len(Own) == 0 {
		return true
	}
	for _, prefix := range Own {
		if name == prefix || strings.HasPrefix(name, strings.TrimSuffix(prefix, "/")+"/") {
			return true
		}
	}
	return false
}
