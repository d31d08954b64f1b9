package proof

// An exception is where rule and database disagree, and why they may. Empty fields
// stand for all; reported says whether the rule speaks up.
type exception struct {
	shape, table, form string
	reported           bool
	reason             string
}

const (
	noIndex   = "the rule takes the word of the clause or test: it sees no schema, and without a unique index there is no conflict"
	condition = "the rule takes the word of NOT EXISTS, NOT IN and EXCEPT: it does not compare what they ask with what is inserted"
)

var exceptions = []exception{
	{shape: "DoNothing", table: "visits", reason: noIndex},
	{shape: "SelectDoNothing", table: "visits", reason: noIndex},
	{shape: "InCTEDoNothing", table: "visits", reason: noIndex},
	{shape: "Accepted", table: "visits", reason: noIndex},
	{shape: "AcceptedElsewhere", table: "visits", reason: noIndex},
	{shape: "AcceptedByText", table: "visits", reason: noIndex},
	{shape: "DoNothingOnKey", reason: "each attempt makes a key of its own: the clause is on the wrong column"},
	{shape: "NotExistsElsewhere", reason: condition},
	{shape: "NotInList", reason: condition},
	{shape: "ExceptElsewhere", reason: condition},
	{shape: "DeleteOtherRows", reason: "the rule does not compare the rows deleted with those inserted"},
	{shape: "Values", form: "UnknownEnd", reason: "the clause could be in the part of the text that is not known"},

	{shape: "DeleteFirst", reported: true, reason: "not in one transaction: the rows are gone for others, and for good if the activity never succeeds"},
	{shape: "DeleteInCTE", table: "visits", reported: true, reason: "the INSERT still sees the row; only without a unique index this does not fail"},
	{shape: "Swallowed", table: "people", reported: true, reason: "whoever swallows every error loses rows, too"},
	{shape: "LookedUpFirst", reported: true, reason: "safe only until two attempts overlap, which a timeout is enough for"},
	{shape: "CountIsZero", reported: true, reason: "written so rarely that the rule does not know it"},
}

func excepted(v variant, reported bool) (exception, bool) {
	is := func(want, got string) bool { return want == "" || want == got }
	for _, e := range exceptions {
		if e.reported == reported && is(e.shape, v.shape.name) && is(e.table, v.table) && is(e.form, v.form.name) {
			return e, true
		}
	}
	return exception{}, false
}
