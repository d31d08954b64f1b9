package proof

// An exception is where rule and database always disagree, and why they may. Empty
// fields stand for all; reported says whether the rule speaks up.
type exception struct {
	shape, table, form string
	tx                 string // "yes" or "no": whether in a transaction
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
	{shape: "ExceptElsewhere", reason: condition},
	{shape: "DeleteOtherRows", tx: "yes", reason: "the rule does not compare the rows deleted with those inserted"},
	{shape: "DoNothingMustReturn", reason: "DO NOTHING returns no row for one that is there, and the rule does not follow sql.ErrNoRows"},
	{shape: "Values", form: "UnknownEnd", reason: "the clause could be in the part of the text that is not known"},

	{shape: "DeleteFirst", tx: "no", reported: true, reason: "not in one transaction: the rows are gone for others, and for good if the activity never succeeds"},
	{shape: "DeleteInCTE", table: "visits", reported: true, reason: "the INSERT still sees the row; only without a unique index this does not fail"},
	{shape: "Swallowed", table: "people", reported: true, reason: "whoever swallows every error loses rows, too"},
	{shape: "LookedUpFirst", reported: true, reason: "safe only until two attempts overlap, which a timeout is enough for"},
}

// except returns the exception for a variant, or nil.
func except(v variant) *exception {
	is := func(want, got string) bool { return want == "" || want == got }
	tx := "no"
	if v.library.tx {
		tx = "yes"
	}
	for i, e := range exceptions {
		if is(e.shape, v.shape.name) && is(e.table, v.table) && is(e.form, v.form.name) && is(e.tx, tx) {
			return &exceptions[i]
		}
	}
	return nil
}
