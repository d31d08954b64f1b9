package flow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// NeverReturns reports whether nothing that follows a call runs after it: it ends the process,
// the goroutine, the test or, with a panic, the function.
func NeverReturns(info *types.Info, call *ast.CallExpr) bool {
	if id := syntax.Ident(call.Fun); id != nil {
		if b, ok := info.Uses[id].(*types.Builtin); ok {
			return b.Name() == "panic"
		}
	}
	fn := syntax.Callee(info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch name := fn.Name(); fn.Pkg().Path() {
	case "os", "runtime":
		return name == "Exit" || name == "Goexit"
	case "log":
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic")
	case "testing":
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Skip") || name == "FailNow"
	case "github.com/stretchr/testify/require":
		return strings.HasPrefix(name, "Fail")
	case "github.com/stretchr/testify/assert": // and the suites that embed it
		return strings.HasPrefix(name, "FailNow")
	}
	return false
}
