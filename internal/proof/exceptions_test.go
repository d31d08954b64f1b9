package proof

// An exception is where rule and database may disagree, and why. An empty field is
// any; reported says which of them speaks up.
type exception struct {
	shape, table, library, form string
	reported                    bool
	reason                      string
}

var exceptions = []exception{}

func excepted(v variant, reported bool) (exception, bool) {
	is := func(want, got string) bool { return want == "" || want == got }
	for _, e := range exceptions {
		if e.reported == reported && is(e.shape, v.shape.name) && is(e.table, v.table) && is(e.library, v.library.name) && is(e.form, v.form.name) {
			return e, true
		}
	}
	return exception{}, false
}
