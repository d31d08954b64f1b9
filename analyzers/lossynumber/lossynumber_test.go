package lossynumber_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/lossynumber"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", lossynumber.Analyzer, "./lossynumber/...")
}
