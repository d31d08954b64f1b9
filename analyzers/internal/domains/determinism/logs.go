package determinism

import (
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
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
	"log":                        {"Print", "Output", "Logger.Print", "Logger.Output"},
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

// writes tells methods of logrus that write from those that make another logger.
func writes(name string) bool {
	return startsWithAny(name, []string{"Trace", "Debug", "Info", "Warn", "Error", "Print", "Log"})
}
