package analyzers

import (
	"flag"

	"golang.org/x/tools/go/analysis"
)

// A Setting is a flag of a rule, or of the analyzer that all rules share. The
// flags are the one list of settings: command line, configuration file, plugin,
// schema and pages are made from it. A flag's value implements [flag.Getter]: the
// type that Get returns is that of the key in the file.
type Setting struct {
	Name string // "rawinsert.counters"; without a dot if all rules share it
	Flag *flag.Flag
}

// Settings returns the settings that all rules share, and then those of each rule.
func Settings() []Setting {
	var all []Setting
	add := func(prefix string, a *analysis.Analyzer) {
		a.Flags.VisitAll(func(f *flag.Flag) { all = append(all, Setting{prefix + f.Name, f}) })
	}
	add("", Program)
	for _, r := range Suite {
		add(r.Analyzer.Name+".", r.Analyzer)
	}
	return all
}

// presetSettings has the settings that a preset changes, by preset and name. What
// the user says wins.
var presetSettings = map[string]map[string]string{
	Recommended: {"workerstop.prefer": "false"},
}

// PresetSettings returns the settings that a preset changes, by name.
func PresetSettings(preset string) map[string]string { return presetSettings[preset] }
