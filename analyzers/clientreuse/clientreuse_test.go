package clientreuse_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/clientreuse"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", clientreuse.Analyzer, "./clientreuse/...")
}
