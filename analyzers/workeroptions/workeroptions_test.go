package workeroptions_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/workeroptions"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", workeroptions.Analyzer, "./workeroptions/...")
}
