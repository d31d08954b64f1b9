package activityoptions_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/activityoptions"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", activityoptions.Analyzer, "./activityoptions/...")
}
