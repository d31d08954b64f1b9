package sensitiveargs_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/sensitiveargs"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", sensitiveargs.Analyzer, "./sensitiveargs/...")
}
