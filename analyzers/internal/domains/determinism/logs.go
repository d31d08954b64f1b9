package determinism

import (
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Logs is writing to a log that does not know of replays.
var Logs = facts.NewKind(facts.KindInfo{
	Name: "logs", Rule: "workflowlogger", Roots: []facts.RootKind{facts.WorkflowRoot}, AtStart: true,
	Own: sdk.IsWorkflowCode, Local: true, Masked: "not run on a replay",
})

// hidden are the kinds that a replay does not show.
var hidden = Differs | Logs

// logging are the verbs with which the names of functions begin that write a line.
var logging = map[string][]string{
	"log":                        {"Print", "Output", "Fatal", "Panic", "Logger.Print", "Logger.Output", "Logger.Fatal", "Logger.Panic"},
	"log/slog":                   {"Debug", "Info", "Warn", "Error", "Log", "Logger.Debug", "Logger.Info", "Logger.Warn", "Logger.Error", "Logger.Log"},
	"fmt":                        {"Print"},
	"go.uber.org/zap":            {"Logger.Debug", "Logger.Info", "Logger.Warn", "Logger.Error", "Logger.Log", "SugaredLogger.Debug", "SugaredLogger.Info", "SugaredLogger.Warn", "SugaredLogger.Error", "SugaredLogger.Log"},
	"github.com/sirupsen/logrus": {"Trace", "Debug", "Info", "Warn", "Error", "Print", "Logger.", "Entry."},
	"github.com/rs/zerolog":      {"Event.Msg", "Event.Send", "Logger.Print"},
	"github.com/rs/zerolog/log":  {"Print"},
	"github.com/golang/glog":     {"Info", "Warning", "Error"},
	"k8s.io/klog/v2":             {"Info", "Warning", "Error"},
}

// isLog reports whether a function writes a line to a log.
func isLog(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	verbs, ok := logging[fn.Pkg().Path()]
	if !ok {
		return false
	}
	name := keys.Owner(fn)
	for _, verb := range verbs {
		if strings.HasPrefix(name, verb) {
			return !strings.HasSuffix(verb, ".") || writes(fn.Name())
		}
	}
	return false
}

// printsTo reports whether a call is of fmt.Fprint to the standard output or error.
func (r *reader) printsTo(ref *callgraph.Reference) bool {
	if keys.Path(ref.Fn.Pkg()) != "fmt" || !strings.HasPrefix(ref.Fn.Name(), "Fprint") || ref.Call == nil || len(ref.Call.Args) == 0 {
		return false
	}
	to, ok := syntax.Place(r.Info, ref.Call.Args[0]).(*types.Var)
	return ok && keys.Path(to.Pkg()) == "os" && (to.Name() == "Stdout" || to.Name() == "Stderr")
}

// writes tells methods of logrus that write from those that make another logger.
func writes(name string) bool {
	return startsWithAny(name, []string{"Trace", "Debug", "Info", "Warn", "Error", "Print", "Log"})
}
