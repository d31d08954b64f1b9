package workflowlogger_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/workflowlogger"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", workflowlogger.Analyzer, "./workflowlogger/...")
}
