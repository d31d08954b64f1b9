package continueasnew_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/continueasnew"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", continueasnew.Analyzer, "./continueasnew/...")
}
