package positionalargs_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/positionalargs"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", positionalargs.Analyzer, "./positionalargs/...")
}
