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
	if name := syntax.Builtin(info, call); name != "" {
		return name == "panic"
	}
	fn := syntax.Callee(info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if EndsProcess(fn) {
		return true
	}
	switch name := fn.Name(); fn.Pkg().Path() {
	case "runtime":
		return name == "Goexit"
	case "log":
		return strings.HasPrefix(name, "Panic")
	case "testing":
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Skip") || name == "FailNow"
	case "github.com/stretchr/testify/require":
		return strings.HasPrefix(name, "Fail")
	case "github.com/stretchr/testify/assert": // and the suites that embed it
		return strings.HasPrefix(name, "FailNow")
	}
	return false
}

// EndsProcess reports whether fn ends the process. A panic does not: the SDK
// recovers it.
func EndsProcess(fn *types.Func) bool {
	path, name := fn.Pkg().Path(), fn.Name()
	fatal := strings.HasPrefix(name, "Fatal")
	switch path {
	case "os", "syscall":
		return name == "Exit" && fn.Signature().Recv() == nil
	case "log", "github.com/golang/glog", "k8s.io/klog", "k8s.io/klog/v2":
		return fatal || strings.HasPrefix(name, "Exit") && path != "log"
	case "go.uber.org/zap":
		return fatal && fn.Signature().Recv() != nil
	case "github.com/sirupsen/logrus":
		return fatal || name == "Exit"
	case "github.com/rs/zerolog", "github.com/rs/zerolog/log", "github.com/charmbracelet/log", "github.com/apex/log", "github.com/phuslu/log":
		return fatal
	case "github.com/spf13/cobra":
		return name == "CheckErr"
	}
	return false
}
