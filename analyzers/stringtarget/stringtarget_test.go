package stringtarget_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/stringtarget"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", stringtarget.Analyzer, "./stringtarget/...")
}
