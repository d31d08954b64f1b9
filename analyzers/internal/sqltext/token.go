package sqltext

import (
	"regexp"
	"strings"

	"github.com/DataDog/go-sqllexer"
)

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

// placeholder is the text of "$" + strconv.Itoa(n).
var placeholder = regexp.MustCompile(`\$(?:` + ListHole + `|` + Hole + `)`)

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
	text = placeholder.ReplaceAllString(text, "$$1") // else a text in dollar quotes begins there
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
	case "DROP":
		if len(stmt) > 1 && stmt[1].upper == "TABLE" {
			if name := tableAfter(stmt[2:], "IF", "EXISTS"); name != "" {
				return []Statement{{Verb: Delete, Table: name}}
			}
		}
	case "CREATE":
		return created(stmt[1:])
	}
	return nil
}

// created reads CREATE TABLE, behind the first word, if the table is new to the statements that
// follow: a temporary one, or one that must not have been there.
func created(stmt []lexeme) []Statement {
	i, temp := 0, false
	for i < len(stmt) && stmt[i].word && stmt[i].upper != "TABLE" {
		switch stmt[i].upper {
		case "TEMP", "TEMPORARY":
			temp = true
		case "OR", "REPLACE", "UNLOGGED", "GLOBAL", "LOCAL":
		default:
			return nil // an index, a view, a function
		}
		i++
	}
	if i == len(stmt) || !temp && i+1 < len(stmt) && stmt[i+1].upper == "IF" {
		return nil
	}
	if name := tableAfter(stmt[i+1:], "IF", "NOT", "EXISTS"); name != "" {
		return []Statement{{Verb: Create, Table: name}}
	}
	return nil
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

// isHole also takes holes in a row, and a hole with a suffix.
func isHole(t lexeme) bool { return t.word && strings.HasPrefix(t.upper, upperHole) }

var upperHole = strings.ToUpper(Hole)

func lastPart(name string) string {
	name = unquote(name)
	return name[strings.LastIndexByte(name, '.')+1:]
}
