package dbconnect_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/dbconnect"
)

func TestMain(m *testing.M) {
	// The corpus has the runtime's functions and one of a program's own.
	const funcs = "example.com/corpus/dbconnect/postgres.ConnectToDB,example.com/corpus/dbconnect/legacydb.ConnectToDB"
	if err := dbconnect.Analyzer.Flags.Set("funcs", funcs); err != nil {
		panic(err)
	}
	m.Run()
}

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", dbconnect.Analyzer, "./dbconnect/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", dbconnect.Analyzer, "./dbconnect/fix")
}
