package payloadsize_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/payloadsize"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", payloadsize.Analyzer, "./payloadsize/...")
}
