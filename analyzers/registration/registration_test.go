package registration_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/registration"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", registration.Analyzer, "./registration/...")
}
