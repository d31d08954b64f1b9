package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// calledByVet recognizes the protocol of go vet -vettool.
func calledByVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	return args[0] == "-V=full" || args[0] == "-flags" || strings.HasSuffix(last, ".cfg")
}

// vet analyses one package for go vet. It takes the rules' settings, and those that
// select rules; -NAME and -NAME=false are go vet's own way to do that.
func vet() {
	set := settings.New()
	set.Register(flag.CommandLine, "preset", "enable", "disable", "own")
	selected := sync.OnceValue(func() map[string]bool {
		set.Parsed(flag.CommandLine)
		flag.Visit(func(f *flag.Flag) {
			if rule := analyzers.Lookup(f.Name); rule != nil && f.Value.String() == "true" {
				set.Enable = append(set.Enable, f.Name)
			}
		})
		list, err := set.Analyzers()
		if err != nil {
			log.Fatal(err)
		}
		names := make(map[string]bool)
		for _, a := range list {
			names[a.Name] = true
		}
		return names
	})
	facts := onlyFacts(os.Args[len(os.Args)-1])
	for _, a := range all() {
		run, nothing := a.Run, reflect.Zero(a.ResultType).Interface()
		a.Run = func(pass *analysis.Pass) (any, error) {
			// The rules have no facts: they need not read what go vet will not print.
			if facts || !selected()[a.Name] {
				return nothing, nil
			}
			return run(pass)
		}
	}
	unitchecker.Main(append(all(), analyzers.Program)...)
}

func onlyFacts(config string) bool {
	data, err := os.ReadFile(config)
	if err != nil {
		return false
	}
	var unit struct{ VetxOnly bool }
	return json.Unmarshal(data, &unit) == nil && unit.VetxOnly
}

func all() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, r := range analyzers.Suite {
		list = append(list, r.Analyzer)
	}
	return list
}
