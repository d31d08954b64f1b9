package sqltext

import (
	"regexp"
	"strings"
)

var (
	update   = regexp.MustCompile(`(?s)^\s*update\s+\S+\s+(?:as\s+\w+\s+|\w+\s+)?set\s(.*?)\swhere\s(.*)$`)
	assigned = regexp.MustCompile(`^\s*(\w+)\s*=(.*)`)
	word     = regexp.MustCompile(`\w+`)
)

// IsTransition reports whether text is an UPDATE that changes a row from one state to another, and so
// once: a column that it sets is also what it asks for. One that it counts, as in SET n = n - 1 WHERE
// n > 0, must be asked for by its value.
func IsTransition(text string) bool {
	if text = statement(text); !startsWith(text, "update") {
		return false
	}
	parts := update.FindStringSubmatch(strings.ToLower(text))
	if parts == nil {
		return false
	}
	set, where := parts[1], parts[2]
	for part := range strings.SplitSeq(set, ",") {
		a := assigned.FindStringSubmatch(part)
		if a == nil || !mentions(where, a[1]) {
			continue
		}
		if !mentions(a[2], a[1]) || regexp.MustCompile(`\b`+a[1]+`\s*=`).MatchString(where) {
			return true
		}
	}
	return false
}

func mentions(text, column string) bool {
	for _, w := range word.FindAllString(text, -1) {
		if w == column {
			return true
		}
	}
	return false
}
