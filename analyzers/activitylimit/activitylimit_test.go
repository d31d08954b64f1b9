package activitylimit_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/activitylimit"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", activitylimit.Analyzer, "./activitylimit/...")
}

func TestLimit(t *testing.T) {
	for _, bad := range []string{"", "x", "0", "-1"} {
		if err := activitylimit.Analyzer.Flags.Set("limit", bad); err == nil {
			t.Errorf("limit %q is accepted", bad)
		}
	}
	if got := activitylimit.Analyzer.Flags.Lookup("limit").Value.String(); got != "1000" {
		t.Errorf("limit is %s after bad settings", got)
	}
}
