package directive

import (
	"slices"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// nogo does not tell the names of all rules, so this stands here and not in the corpus.
func TestReasonAfterSeveralRules(t *testing.T) {
	// As in "//mcwflint:ignore rawinsert, dbconnect: it has no key".
	d := &report.Directive{Name: "ignore", Rules: []string{"rawinsert", "dbconnect", "it", "has", "no", "key"}}
	got := mistakes(d)
	want := []string{"directive gives no reason and silences nothing: write //mcwflint:ignore rawinsert,dbconnect -- reason"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
