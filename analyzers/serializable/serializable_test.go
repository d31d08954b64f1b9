package serializable_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/serializable"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", serializable.Analyzer, "./serializable/...")
}
