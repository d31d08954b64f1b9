package report

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"
)

// Printable escapes what a terminal, or a CI system that reads its lines, would take for more
// than text: control characters, line and paragraph separators, and marks that change the
// direction of writing. Names, SQL and paths of the program under analysis may have them.
func Printable(s string) string {
	if strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unprintable(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// printable returns the finding with its texts printable.
func (f Finding) printable() Finding {
	f.Message, f.At = Printable(f.Message), Printable(f.At)
	chain := make([]string, len(f.Chain))
	for i, hop := range f.Chain {
		chain[i] = Printable(hop)
	}
	f.Chain = chain
	related := make([]analysis.RelatedInformation, len(f.Related))
	for i, r := range f.Related {
		r.Message = Printable(r.Message)
		related[i] = r
	}
	f.Related = related
	return f
}
