package continueasnew_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/continueasnew"
)

func Test(t *testing.T) {
	if err := continueasnew.Analyzer.Flags.Set("drain", "true"); err != nil {
		t.Fatal(err)
	}
	defer continueasnew.Analyzer.Flags.Set("drain", "false")
	analysistest.Run(t, "../../testdata/src", continueasnew.Analyzer, "./continueasnew/...")
}
