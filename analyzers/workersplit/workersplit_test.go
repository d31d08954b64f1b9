package workersplit_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/workersplit"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", workersplit.Analyzer, "./workersplit/...")
}
