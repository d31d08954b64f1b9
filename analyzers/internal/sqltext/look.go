package sqltext

import (
	"regexp"
	"strings"
)

var (
	changes = regexp.MustCompile("(?is)^\\s*update\\s+(?:only\\s+)?([\\w.\"`]+)\\s.*?\\bset\\s(.*?)(?:\\swhere\\s|$)")
	selects = regexp.MustCompile("(?is)^\\s*select\\s+(?:exists\\s*\\(\\s*select\\s+)?(.*?)\\s+from\\s+([\\w.\"`]+)")
	rowLock = regexp.MustCompile(`(?is)\sfor\s+(?:no\s+key\s+)?update\b`)
	lock    = regexp.MustCompile(`(?is)\b(?:pg_advisory_lock|pg_advisory_xact_lock|get_lock|sp_getapplock)\s*\(?|^\s*lock\s+tables?\s`)
)

// An Update is an UPDATE of a table: what it sets, in lower case.
type Update struct {
	Table   string
	Columns []string
}

// ParseUpdate reads an UPDATE; ok is false if text is another statement.
func ParseUpdate(text string) (u Update, ok bool) {
	if text = statement(text); !startsWith(text, "update") {
		return u, false
	}
	parts := changes.FindStringSubmatch(text)
	if parts == nil || strings.Contains(parts[1], Hole) {
		return u, false
	}
	u.Table = unquote(parts[1])
	for part := range strings.SplitSeq(strings.ToLower(parts[2]), ",") {
		if a := assigned.FindStringSubmatch(part); a != nil {
			u.Columns = append(u.Columns, a[1])
		}
	}
	return u, true
}

// A Look is a SELECT from a table: the words of what it selects, in lower case.
type Look struct {
	Table   string
	Columns []string
	Locks   bool // the rows that it finds
}

// ParseLook reads a SELECT; ok is false if text is another statement.
func ParseLook(text string) (l Look, ok bool) {
	if text = statement(text); !startsWith(text, "select") {
		return l, false
	}
	parts := selects.FindStringSubmatch(text)
	if parts == nil || strings.Contains(parts[2], Hole) {
		return l, false
	}
	return Look{unquote(parts[2]), word.FindAllString(strings.ToLower(parts[1]), -1), rowLock.MatchString(text)}, true
}

// TakesLock reports whether text takes a lock that others who do the same must wait for: an advisory
// one, or that of a table.
func TakesLock(text string) bool {
	return len(text) <= maxText && strings.Contains(strings.ToLower(text), "lock") && lock.MatchString(text)
}

// statement is text without what stands before its first word, such as the comment that names a query
// of sqlc; "" if it is too long to be read.
func statement(text string) string {
	if len(text) > maxText {
		return ""
	}
	for {
		text = strings.TrimLeft(text, " \t\r\n")
		end, skip := "\n", strings.HasPrefix(text, "--")
		if strings.HasPrefix(text, "/*") {
			end, skip = "*/", true
		}
		if !skip {
			return text
		}
		if _, text, skip = strings.Cut(text, end); !skip {
			return ""
		}
	}
}

func startsWith(text, verb string) bool {
	return len(text) > len(verb) && strings.EqualFold(text[:len(verb)], verb)
}
