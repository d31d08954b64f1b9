// Package sqltext finds the SQL text that a Go expression builds and says what
// kind of statement it is.
//
// Text is a template: what the program decides at run time is a [Hole]. The
// tokens come from go-sqllexer, which understands every common dialect and
// survives truncated text; this package only looks at their order.
package sqltext

import (
	"regexp"
	"strings"

	"github.com/DataDog/go-sqllexer"
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
	Delete
	CreateTemp
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
// its places, DELETE and TRUNCATE, CREATE TEMP TABLE. Text that merely mentions
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
			if strings.EqualFold(word, "insert") || strings.EqualFold(word, "delete") ||
				strings.EqualFold(word, "trunca") || strings.EqualFold(word, "create") {
				return true
			}
		}
	}
	return false
}

// A lexeme is a token with its keyword form and its depth in parentheses.
type lexeme struct {
	text  string // as written
	upper string
	depth int
	word  bool // may be a keyword or a name; quoted names are not
}

// is reports whether t is this keyword, or a name that is written the same.
func (t lexeme) is(keyword string) bool { return t.word && t.upper == keyword }

// bracketed matches the quoted names of SQL Server.
var bracketed = regexp.MustCompile(`\[([A-Za-z_]\w*)\]`)

// escapes matches strings with escapes, E'it\'s', and a backslash and a quote that
// look like the end of a string without, such as ESCAPE '\'. In standard SQL a
// backslash is a character like any other; to the lexer and to MySQL it escapes.
var escapes = regexp.MustCompile(`(?i)\be'(?:[^'\\]|\\.|'')*'|\\'(?:[\s),;:|]|$)`)

func tokenize(text string) []lexeme {
	// The dialect is not known. Read as standard SQL, MySQL's and SQL Server's
	// quoted names would fall apart; as standard quoted names they mean the same.
	text = bracketed.ReplaceAllString(strings.ReplaceAll(text, "`", `"`), `"$1"`)
	if strings.Contains(text, `\'`) {
		text = escapes.ReplaceAllStringFunc(text, func(s string) string {
			if s[0] == '\\' {
				return "_" + s[1:]
			}
			return s
		})
	}
	lexer := sqllexer.New(text)
	var tokens []lexeme
	depth := 0
	joined := false // to the token before
	for {
		t := lexer.Scan()
		switch t.Type {
		case sqllexer.EOF:
			return tokens
		case sqllexer.SPACE, sqllexer.COMMENT, sqllexer.MULTILINE_COMMENT:
			joined = false
			continue
		}
		value := t.Value
		for value != "" {
			// The lexer joins neighbours such as "(" and ")": take punctuation apart.
			part := value
			if t.Type == sqllexer.PUNCTUATION {
				part = value[:1]
			}
			value = value[len(part):]
			if n := len(tokens); n > 0 && joined && t.Type == sqllexer.QUOTED_IDENT && tokens[n-1].text[0] == '"' {
				tokens[n-1].text += part // "a""b" is one name
				continue
			}
			if part == ")" && depth > 0 {
				depth--
			}
			tokens = append(tokens, lexeme{
				text:  part,
				upper: strings.ToUpper(strings.TrimSpace(part)),
				depth: depth,
				word:  t.Type != sqllexer.STRING && t.Type != sqllexer.QUOTED_IDENT && t.Type != sqllexer.PUNCTUATION,
			})
			if part == "(" {
				depth++
			}
		}
		joined = true
	}
}

// split cuts at the semicolons that stand outside parentheses.
func split(tokens []lexeme) [][]lexeme {
	var all [][]lexeme
	start := 0
	for i, t := range tokens {
		if t.text == ";" && t.depth == 0 {
			all = append(all, tokens[start:i])
			start = i + 1
		}
	}
	return append(all, tokens[start:])
}

func statements(stmt []lexeme) []Statement {
	if len(stmt) == 0 || !stmt[0].word {
		return nil
	}
	switch stmt[0].upper {
	case "INSERT":
		if s, ok := parseInsert(nil, stmt); ok {
			return []Statement{s}
		}
	case "WITH":
		return withInserts(stmt)
	case "DELETE", "TRUNCATE":
		if name := tableAfter(stmt[1:], "FROM", "TABLE", "ONLY"); name != "" {
			return []Statement{{Verb: Delete, Table: name}}
		}
	case "CREATE":
		if len(stmt) > 1 && (stmt[1].upper == "TEMP" || stmt[1].upper == "TEMPORARY") {
			if name := tableAfter(stmt[2:], "TABLE", "IF", "NOT", "EXISTS"); name != "" {
				return []Statement{{Verb: CreateTemp, Table: name}}
			}
		}
	}
	return nil
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

func containsWord(words []string, w string) bool {
	for _, s := range words {
		if s == w {
			return true
		}
	}
	return false
}

// tableName reads a possibly qualified name and returns it without quotes, and
// the number of tokens it takes (0 if there is no name).
func tableName(tokens []lexeme) (string, int) {
	n := 0
	var name strings.Builder
	for n < len(tokens) {
		t := tokens[n]
		switch {
		case t.text == ".":
		case n > 0 && tokens[n-1].text != "." && !strings.HasSuffix(tokens[n-1].text, ".") && !strings.HasPrefix(t.text, "."):
			return name.String(), n
		case !isName(t):
			return name.String(), n
		}
		name.WriteString(unquote(t.text))
		n++
	}
	return name.String(), n
}

func isName(t lexeme) bool {
	if t.text == "" {
		return false
	}
	c := t.text[0]
	return c == '"' || c == '`' || c == '[' || c == '_' || c == '.' || c == '#' || c == '@' || c == '%' || c == '{' || c == ':' || c == '$' || c == '?' ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

func unquote(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '"', '`', '[', ']':
			return -1
		}
		return r
	}, name)
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

// isHole also takes holes in a row, and a hole with a suffix.
func isHole(t lexeme) bool { return t.word && strings.HasPrefix(t.upper, upperHole) }

var upperHole = strings.ToUpper(Hole)

// takesOperand reports whether a value or condition must follow.
func takesOperand(t lexeme) bool {
	switch t.upper {
	case "=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "||", ",", "WHERE", "AND", "OR", "NOT", "SELECT", "BY", "LIMIT", "OFFSET", "LIKE":
		return true
	}
	return false
}

// counts reports whether an update list behind the conflict clause has
// n = n + 1 or n = t.n + EXCLUDED.n in it.
func counts(rest []lexeme) bool {
	i := 0
	for i < len(rest) && !(rest[i].word && rest[i].upper == "UPDATE") {
		i++
	}
	for i < len(rest) {
		// One assignment: up to a comma outside parentheses.
		start := i
		for i++; i < len(rest) && !(rest[i].text == "," && rest[i].depth == rest[start].depth); i++ {
		}
		if addsToItself(rest[start:i]) {
			return true
		}
	}
	return false
}

func addsToItself(assignment []lexeme) bool {
	eq := 0
	for eq < len(assignment) && assignment[eq].text != "=" {
		eq++
	}
	if eq == 0 || eq == len(assignment) {
		return false
	}
	column := lastPart(assignment[eq-1].text)
	adds, own := false, false
	for i, t := range assignment[eq:] {
		before := assignment[eq+i-1]
		switch {
		case t.text == "+" || t.text == "-":
			adds = true
		case strings.EqualFold(lastPart(t.text), column):
			// EXCLUDED.n and VALUES(n) are what was to be inserted.
			excluded := strings.HasPrefix(t.upper, "EXCLUDED.") || before.text == "." && assignment[eq+i-2].upper == "EXCLUDED" ||
				before.text == "(" && assignment[eq+i-2].upper == "VALUES"
			own = own || !excluded
		}
	}
	return adds && own
}

func lastPart(name string) string {
	name = unquote(name)
	return name[strings.LastIndexByte(name, '.')+1:]
}

// conflictOf looks for what makes the INSERT safe to run twice. with is the
// statement's WITH clause, if it has one.
func conflictOf(rest, with []lexeme) Conflict {
	if clause(rest) < len(rest) {
		return Handled
	}
	f := filter{ctes: make(map[string][]lexeme)}
	if len(with) <= maxWith {
		f.with(with)
	}
	if f.leavesOut(source(rest)) {
		return Handled
	}
	depth := 0
	if len(rest) > 0 {
		depth = rest[0].depth
	}
	for i, t := range rest {
		// A hole that is not inside parentheses may be the clause, wherever it stands
		// behind the table, except in front of VALUES, where no clause can be, and
		// where a name or an operand must be.
		if !isHole(t) || t.depth != depth || i+1 < len(rest) && insertKeyword(rest[i+1].upper) {
			continue
		}
		if i > 0 && (rest[i-1].upper == "FROM" || rest[i-1].upper == "JOIN") {
			continue
		}
		if i > 0 && i+1 < len(rest) && takesOperand(rest[i-1]) {
			continue
		}
		return Unknown
	}
	return Raw
}

// clause returns the index of ON CONFLICT or ON DUPLICATE KEY, or the number of
// tokens. A table may be called conflict, so what follows matters.
func clause(rest []lexeme) int {
	for i, t := range rest {
		if !t.is("ON") || t.depth != rest[0].depth || i+1 == len(rest) {
			continue
		}
		next := lexeme{}
		if i+2 < len(rest) {
			next = rest[i+2]
		}
		switch {
		case rest[i+1].is("DUPLICATE") && next.is("KEY"):
			return i
		case rest[i+1].is("CONFLICT"):
			if next.text == "" || next.text == "(" || next.is("DO") || next.is("ON") || isHole(next) {
				return i
			}
		}
	}
	return len(rest)
}

// source is the query of INSERT ... SELECT, from behind the table's name, or
// nothing.
func source(rest []lexeme) []lexeme {
	rest = rest[:clause(rest)]
	for i := 0; i < len(rest); i++ {
		t := rest[i]
		switch {
		case t.is("SELECT"), t.is("WITH"), t.is("TABLE"), t.text == "(" && isQuery(rest[i+1:]):
			return rest[i:]
		case t.text == "(":
			i = closing(rest, i)
		case t.is("VALUES"):
			return nil
		}
	}
	return nil
}
