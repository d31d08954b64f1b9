package workflowcontext_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/workflowcontext"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", workflowcontext.Analyzer, "./workflowcontext/...")
}
