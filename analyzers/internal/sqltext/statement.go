// Package sqltext finds the SQL text that a Go expression builds and says what
// kind of statement it is.
//
// Text is a template: what the program decides at run time is a [Hole]. The
// tokens come from go-sqllexer, which understands every common dialect and
// survives truncated text; this package only looks at their order.
package sqltext

import (
	"strings"
)

// Holes stand in a template for text that is not known. They are identifiers
// to the lexer, so they glue to what is next to them as the real text would.
const (
	// Hole may be anything, a conflict clause included.
	Hole = "__hole__"
	// ListHole is a value or a list of values, such as strings.Join(rows, ",")
	// or the text of a number: no clause fits in it.
	ListHole = "__list__"
)

// Conflict says what an INSERT does with a row that is there already.
type Conflict int

const (
	// Raw inserts the row again, or fails.
	Raw Conflict = iota
	// Handled has ON CONFLICT or one of its relatives.
	Handled
	// Unknown could have a clause in a hole.
	Unknown
	// Incomplete stops before it could have one: a piece of a statement.
	Incomplete
)

// A Verb is the kind of a statement.
type Verb int

const (
	Insert Verb = iota + 1
	Delete      // or TRUNCATE, or DROP TABLE
	Create      // of a temporary table, or of one that must not have been there
)

// A Statement is one statement, or one INSERT inside a WITH clause.
type Statement struct {
	Verb      Verb
	Table     string // as written, without quotes; "" if it is a hole
	Conflict  Conflict
	Returning bool
	// Counts: the conflict is handled by adding to the row that is there, which a
	// second run does again.
	Counts bool
	// PlainValues holds for INSERT ... VALUES (...) that ends the text, so that
	// a clause can be appended.
	PlainValues bool
}

// maxText bounds what is parsed, in bytes: the largest statements people write
// by hand are tens of kilobytes; longer text is a dump, and is cut.
const maxText = 1 << 20

// Parse returns the statements in text that matter to the rules: INSERT in all
// its places, DELETE, TRUNCATE and DROP TABLE, CREATE TABLE. Text that merely mentions
// INSERT gives none.
func Parse(text string) []Statement {
	if !mentionsVerb(text) {
		return nil
	}
	if len(text) > maxText {
		text = text[:maxText]
	}
	var all []Statement
	for _, stmt := range split(tokenize(text)) {
		all = append(all, statements(stmt)...)
	}
	return all
}

// mentionsVerb is the cheap test before the lexer runs.
func mentionsVerb(text string) bool {
	for i := 0; i+6 <= len(text); i++ {
		switch text[i] | 0x20 {
		case 'i', 'd', 't', 'c':
			word := text[i : i+6]
			if strings.EqualFold(word, "insert") || strings.EqualFold(word, "drop t") || strings.EqualFold(word, "delete") ||
				strings.EqualFold(word, "trunca") || strings.EqualFold(word, "create") {
				return true
			}
		}
	}
	return false
}

// withInserts finds the INSERTs of a WITH statement: the one that is a common
// table expression stands behind "(", the main one behind the list of them.
func withInserts(stmt []lexeme) []Statement {
	var all []Statement
	for i := 1; i < len(stmt); i++ {
		t := stmt[i]
		if !t.word || t.upper != "INSERT" {
			continue
		}
		if prev := stmt[i-1].text; prev != "(" && !(prev == ")" && t.depth == 0) {
			continue
		}
		end := len(stmt)
		if t.depth > 0 {
			for end = i; end < len(stmt) && stmt[end].depth >= t.depth; end++ {
			}
		}
		if s, ok := parseInsert(stmt[:i], stmt[i:end]); ok {
			all = append(all, s)
		}
	}
	return all
}

// tableAfter returns the name behind optional words.
func tableAfter(tokens []lexeme, skip ...string) string {
	for i, t := range tokens {
		if t.word && containsWord(skip, t.upper) {
			continue
		}
		name, _ := tableName(tokens[i:])
		return name
	}
	return ""
}

// parseInsert reads a statement that starts with INSERT, behind its WITH clause.
// It reports false if the text is not shaped like one, as an English sentence is
// not.
func parseInsert(with, tokens []lexeme) (Statement, bool) {
	s := Statement{Verb: Insert}
	i := 1
	into := false
	for ; i < len(tokens) && tokens[i].word; i++ {
		switch tokens[i].upper {
		case "INTO":
			into = true
			continue
		case "IGNORE", "REPLACE":
			// INSERT IGNORE, INSERT OR IGNORE, INSERT OR REPLACE
			s.Conflict = Handled
			continue
		case "OR", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "ABORT", "FAIL", "ROLLBACK":
			continue
		case "TABLE", "ONLY":
			if into {
				continue
			}
		case upperHole:
			if !into {
				// "INSERT " + modifiers + " INTO t": the modifier may be IGNORE.
				s.Conflict = Unknown
				continue
			}
		}
		break
	}
	if !into {
		return s, false
	}
	name, n := tableName(tokens[i:])
	if n == 0 {
		return s, false
	}
	if bare := strings.Trim(name, "."); !strings.EqualFold(bare, Hole) && !strings.EqualFold(bare, ListHole) {
		s.Table = name
	}
	rest := tokens[i+n:]
	if !insertShape(rest, &s) {
		return s, false
	}
	if s.Conflict == Raw {
		s.Conflict = conflictOf(rest, with)
	}
	s.Counts = s.Conflict == Handled && counts(rest)
	return s, true
}

// insertShape reports whether rest can follow INSERT INTO name. It notes
// RETURNING, plain VALUES and text that stops early.
func insertShape(rest []lexeme, s *Statement) bool {
	depth := 0
	if len(rest) > 0 {
		depth = rest[0].depth
	}
	next := func() lexeme {
		if len(rest) == 0 {
			return lexeme{}
		}
		return rest[0]
	}
	if next().upper == "AS" && len(rest) > 1 {
		rest = rest[2:] // INSERT INTO people AS p
	} else if t := next(); t.word && !insertKeyword(t.upper) && !isHole(t) && len(rest) > 1 && (rest[1].text == "(" || rest[1].upper == "VALUES") {
		rest = rest[1:] // INSERT INTO people p (...)
	}
	if next().text == "(" {
		if len(rest) > 1 && (rest[1].is("SELECT") || rest[1].is("WITH") || rest[1].is("TABLE") || rest[1].text == "(") {
			return true
		}
		end := 1
		for end < len(rest) && !(rest[end].text == ")" && rest[end].depth == depth) {
			end++
		}
		if end >= len(rest)-1 {
			return s.stopsEarly()
		}
		rest = rest[end+1:]
	}
	t := next()
	switch {
	case t.text == "":
		return s.stopsEarly()
	case isHole(t), t.text == "(":
		return true
	case !t.word || !insertKeyword(t.upper) || !begins(t.upper, rest[1:]):
		return false
	case t.upper == "VALUES" || t.upper == "VALUE":
		if len(rest) == 1 {
			return s.stopsEarly()
		}
		s.values(rest[1:], depth)
	}
	return true
}

// stopsEarly notes that the text ends within the statement: the rest may be added elsewhere.
func (s *Statement) stopsEarly() bool {
	if s.Conflict == Raw {
		s.Conflict = Incomplete
	}
	return true
}

// values notes what stands behind VALUES.
func (s *Statement) values(list []lexeme, depth int) {
	s.PlainValues = list[len(list)-1].text == ")"
	for _, v := range list {
		if v.depth == depth && v.word && v.upper == "RETURNING" {
			s.Returning = true
		}
		if v.depth == depth && v.word && len(v.upper) > 2 && !isHole(v) {
			s.PlainValues = false
		}
	}
}

// begins reports whether the words behind a keyword are SQL: "with", "set" and
// "select" are English as well.
func begins(keyword string, rest []lexeme) bool {
	upTo := func(n int, words ...string) bool {
		for i := 0; i < n && i < len(rest); i++ {
			if isHole(rest[i]) || containsWord(words, rest[i].upper) {
				return true
			}
		}
		return false
	}
	switch keyword {
	case "SET":
		return upTo(4, "=")
	case "WITH":
		return upTo(3, "AS", "(")
	case "DEFAULT", "OVERRIDING":
		return upTo(3, "VALUES", "VALUE")
	case "VALUES", "VALUE":
		// bun and go-pg write "VALUES ?", sqlx "VALUES :rows"; text may stop here.
		return len(rest) == 0 || !rest[0].word || upTo(1, "ROW", strings.ToUpper(ListHole)) || !isLetter(rest[0].text[0])
	case "PARTITION":
		return upTo(1, "(")
	case "TABLE":
		_, n := tableName(rest)
		rest = rest[n:]
		return n > 0 && (len(rest) == 0 || !rest[0].word || upTo(1, "ON", "RETURNING", "UNION", "EXCEPT", "ORDER", "LIMIT"))
	}
	return len(rest) > 0
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func insertKeyword(word string) bool {
	switch word {
	case "VALUES", "VALUE", "SELECT", "TABLE", "DEFAULT", "SET", "WITH", "OVERRIDING", "OUTPUT", "PARTITION":
		return true
	}
	return false
}

// SameTable reports whether two names may be of one table: one need not have its schema.
func SameTable(a, b string) bool {
	if strings.Contains(a, ".") != strings.Contains(b, ".") {
		a, b = Bare(a), Bare(b)
	}
	return strings.EqualFold(a, b)
}

// Bare is a table's name without its schema.
func Bare(table string) string { return table[strings.LastIndexByte(table, '.')+1:] }
