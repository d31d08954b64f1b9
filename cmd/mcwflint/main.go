package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/mediacloud/mcwflint/analyzers"
)

func main() {
	a, _ := analyzers.Select("all", nil, nil)
	multichecker.Main(a...)
}
