// Package mcwflint is the plugin mcwflint for golangci-lint. A golangci-lint that
// is built with it has a linter of that name, which runs the selected rules:
//
//	linters:
//	  enable: [mcwflint]
//	  settings:
//	    custom:
//	      mcwflint:
//	        type: module
//	        settings:
//	          preset: recommended
//
// See docs/drivers.md. The rules themselves are in package analyzers.
package mcwflint

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/internal/settings"
)

func init() { register.Plugin("mcwflint", New) }

type plugin struct{ analyzers []*analysis.Analyzer }

// New returns the plugin with golangci-lint's settings of it, which have the keys
// of the configuration file. An unknown key or a wrong value is an error that
// names it. The settings are those of the process: the last plugin made has its
// way.
func New(conf any) (register.LinterPlugin, error) {
	set := settings.New()
	if err := set.Decode(conf); err != nil {
		return nil, err
	}
	selected, err := set.Analyzers()
	if err != nil {
		return nil, err
	}
	p := &plugin{}
	for _, a := range selected {
		p.analyzers = append(p.analyzers, withoutRelated(a))
	}
	return p, nil
}

// BuildAnalyzers returns the selected rules. They are one linter's: golangci-lint
// runs the analyzers of a linter together, so the one with facts runs once.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) { return p.analyzers, nil }

// GetLoadMode says that the rules need types.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// withoutRelated returns a rule that reports no related positions: golangci-lint
// makes a second issue of each. The message says what they say.
func withoutRelated(rule *analysis.Analyzer) *analysis.Analyzer {
	a := *rule
	a.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		pass.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			report(d)
		}
		return rule.Run(pass)
	}
	return &a
}
