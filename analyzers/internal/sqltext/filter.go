package sqltext

import "strings"

// A filter looks in INSERT ... SELECT for what leaves out the rows that are there
// already: NOT EXISTS, NOT IN (SELECT ...), EXCEPT, a count of 0, or an outer join
// whose other side is NULL. Rows that DELETE, or INSERT itself, returns in WITH are not there a
// second time either. It must decide on the rows: in the list of columns it only
// computes. That it asks for the row that is inserted is taken for granted.
type filter struct {
	ctes map[string][]lexeme // the queries of WITH by name
}

// Limits keep the time linear in the text. What lies beyond them leaves out nothing.
const (
	maxNesting = 100    // parentheses
	maxNegated = 1000   // tokens behind NOT
	maxWith    = 10_000 // tokens in front of an INSERT
)

// with notes the queries of a WITH clause, and returns what stands behind it.
func (f filter) with(tokens []lexeme) []lexeme {
	if len(tokens) == 0 || !tokens[0].is("WITH") {
		return tokens
	}
	i := 1
	if i < len(tokens) && tokens[i].is("RECURSIVE") {
		i++
	}
	for i < len(tokens) {
		name := tokens[i].text
		// name (columns) AS MATERIALIZED (query), or a comma, or the statement
		for i++; i < len(tokens) && tokens[i].text != "("; i++ {
		}
		end := closing(tokens, i)
		if end+1 < len(tokens) && tokens[end+1].is("AS") {
			for i = end + 1; i < len(tokens) && tokens[i].text != "("; i++ {
			}
			end = closing(tokens, i)
		}
		if i < end {
			f.ctes[strings.ToLower(unquote(name))] = tokens[i+1 : end]
		}
		if i = end + 1; i >= len(tokens) || tokens[i].text != "," {
			break
		}
		i++
	}
	return tokens[min(i, len(tokens)):]
}

// closing returns the index of the parenthesis that closes the one at i, or the
// number of tokens.
func closing(tokens []lexeme, i int) int {
	for j := i + 1; j < len(tokens); j++ {
		if tokens[j].depth <= tokens[i].depth {
			return j
		}
	}
	return len(tokens)
}

// isQuery reports whether what stands in parentheses is a query: SELECT 1, or
// (SELECT 1) UNION SELECT 2, but not (SELECT 1) = 2.
func isQuery(tokens []lexeme) bool {
	first := 0
	for first < len(tokens) && first < maxNesting && tokens[first].text == "(" {
		first++
	}
	if first == len(tokens) {
		return false
	}
	if t := tokens[first]; !t.is("SELECT") && !t.is("WITH") && !t.is("VALUES") && !t.is("TABLE") {
		return false
	}
	for open := first - 1; open >= 0; open-- {
		if next := closing(tokens, open) + 1; next < len(tokens) && tokens[next].text != ")" && !combines(tokens[next]) {
			return false
		}
	}
	return true
}

// combines reports whether a word goes on with a query in parentheses.
func combines(t lexeme) bool {
	return t.word && containsWord([]string{"UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"}, t.upper)
}

// leavesOut looks at a query, alone or combined by UNION and its relatives.
func (f filter) leavesOut(tokens []lexeme) bool {
	tokens = f.with(tokens)
	if len(tokens) == 0 || tokens[0].depth > maxNesting {
		return false
	}
	if tokens[0].is("INSERT") || tokens[0].is("DELETE") {
		return f.returnsOnce(tokens)
	}
	depth, start := tokens[0].depth, 0
	for i, t := range tokens {
		if t.depth != depth {
			continue
		}
		switch {
		case t.is("EXCEPT"), t.is("MINUS"):
			return true
		case t.is("UNION"), t.is("INTERSECT"):
			if f.selects(tokens[start:i]) {
				return true
			}
			if start = i + 1; start < len(tokens) && (tokens[start].is("ALL") || tokens[start].is("DISTINCT")) {
				start++
			}
		}
	}
	return f.selects(tokens[start:])
}

// returnsOnce reports whether a second run of a data-modifying query of WITH would
// return nothing: DELETE has moved the rows, INSERT found them there.
func (f filter) returnsOnce(tokens []lexeme) bool {
	if tokens[0].is("DELETE") {
		return true
	}
	for i, t := range tokens {
		if t.is("NOTHING") && tokens[i-1].is("DO") {
			return true
		}
		if t.is("INTO") && t.depth == tokens[0].depth {
			_, n := tableName(tokens[i+1:])
			if f.leavesOut(source(tokens[i+1+n:])) {
				return true
			}
		}
	}
	return false
}

// selects looks at one SELECT.
func (f filter) selects(tokens []lexeme) bool {
	if len(tokens) == 0 {
		return false
	}
	if tokens[0].text == "(" {
		return f.leavesOut(tokens[1:closing(tokens, 0)])
	}
	if tokens[0].is("TABLE") {
		_, found := f.from(tokens[1:], make(map[string]bool))
		return found
	}
	if !tokens[0].is("SELECT") {
		return false
	}
	from, where, end := len(tokens), len(tokens), len(tokens)
	for i, t := range tokens {
		if t.depth != tokens[0].depth || !t.word {
			continue
		}
		switch t.upper {
		case "FROM":
			if from == len(tokens) && !tokens[i-1].is("DISTINCT") { // IS DISTINCT FROM
				from = i
			}
		case "WHERE":
			where = min(where, i)
		case "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "RETURNING":
			end = min(end, i)
		}
	}
	where = min(where, end)
	nullable := make(map[string]bool)
	if from < where {
		if _, found := f.from(tokens[from+1:where], nullable); found {
			return true
		}
	}
	return where < end && leavesOutRows(tokens[where+1:end], nullable)
}

// from looks at what a query selects from. It returns the names by which columns
// are written, and adds those to nullable that an outer join may leave NULL.
func (f filter) from(tokens []lexeme, nullable map[string]bool) (names []string, found bool) {
	if len(tokens) == 0 || tokens[0].depth > maxNesting {
		return nil, false
	}
	join := ""
	expected := true // a table or a query in parentheses
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch {
		case t.text == ",":
			names, join, expected = nil, "", true
		case t.is("LEFT"), t.is("RIGHT"), t.is("FULL"):
			join = t.upper
		case t.is("INNER"), t.is("CROSS"), t.is("NATURAL"):
			join = ""
		case t.is("JOIN"):
			expected = true
		case t.is("LATERAL"), t.is("ONLY"):
		case expected:
			expected = false
			item, next, found := f.item(tokens, i, nullable)
			if found {
				return nil, true
			}
			if join == "LEFT" || join == "FULL" {
				add(nullable, item)
			}
			if join == "RIGHT" || join == "FULL" {
				add(nullable, names)
			}
			names, join = append(names, item...), ""
			i = max(i, next-1)
		case t.text == "(":
			i = closing(tokens, i) // a condition, or columns
		}
	}
	return names, false
}

// item reads a table, a function or what stands in parentheses, with its alias: the names of
// its columns, and where it ends.
func (f filter) item(tokens []lexeme, i int, nullable map[string]bool) (names []string, next int, found bool) {
	next = i
	if tokens[i].text == "(" {
		next = closing(tokens, i)
		inside := tokens[i+1 : next]
		next++
		if isQuery(inside) {
			found = f.leavesOut(inside)
		} else {
			names, found = f.from(inside, nullable)
		}
	} else if name, n := tableName(tokens[i:]); n > 0 {
		next += n
		name = strings.ToLower(name)
		if query, ok := f.ctes[name]; ok {
			delete(f.ctes, name) // it may be recursive
			found = f.leavesOut(query)
		}
		names = append(names, lastPart(name))
		if next < len(tokens) && tokens[next].text == "(" { // a function
			next = closing(tokens, next) + 1
		}
	}
	if next < len(tokens) && tokens[next].is("AS") {
		next++
	}
	if next < len(tokens) && isName(tokens[next]) && !joins(tokens[next]) {
		names = append(names, strings.ToLower(unquote(tokens[next].text)))
		next++
	}
	return names, next, found
}

func add(set map[string]bool, names []string) {
	for _, name := range names {
		set[name] = true
	}
}

// joins reports whether a word behind a table is no alias of it.
func joins(t lexeme) bool {
	return t.word && containsWord([]string{"ON", "USING", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "WITH", "TABLESAMPLE"}, t.upper)
}

// leavesOutRows looks at a WHERE clause, but not into its subqueries'.
func leavesOutRows(tokens []lexeme, nullable map[string]bool) bool {
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		next := func(n int) lexeme {
			if i+n < len(tokens) {
				return tokens[i+n]
			}
			return lexeme{}
		}
		switch {
		case t.text == "(" && isQuery(tokens[i+1:]):
			counts := next(1).is("SELECT") && next(2).is("COUNT")
			i = closing(tokens, i)
			if counts && next(1).text == "=" && next(2).text == "0" {
				return true
			}
		case t.is("NOT") && !(i > 0 && tokens[i-1].is("IS")) && negatesQuery(tokens[i+1:], t.depth):
			return true
		case (t.text == "<>" || t.text == "!=") && next(1).is("ALL") && next(2).text == "(" && isQuery(tokens[i+3:]):
			return true
		case (t.is("ISNULL") || t.is("IS") && next(1).is("NULL")) && len(nullable) > 0 && mayBe(tokens[:i], nullable):
			return true
		}
	}
	return false
}

// negatesQuery reports whether NOT turns around EXISTS (...) or x IN (SELECT ...):
// right behind it, or further on in what it negates, which ends at AND or OR.
func negatesQuery(tokens []lexeme, depth int) bool {
	tokens = tokens[:min(len(tokens), maxNegated)]
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch {
		case t.depth < depth, t.depth == depth && (t.is("AND") || t.is("OR") || t.text == ")"):
			return false
		case i == 0 && (t.is("LIKE") || t.is("ILIKE") || t.is("BETWEEN") || t.is("SIMILAR")):
			return false
		case t.is("EXISTS") && (i+1 == len(tokens) || tokens[i+1].text == "(" || isHole(tokens[i+1])):
			return true
		case t.is("IN"), t.is("ANY"), t.is("SOME"):
			if i+1 < len(tokens) && tokens[i+1].text == "(" && isQuery(tokens[i+2:]) {
				return true
			}
			if i == 0 {
				return false // NOT IN (1, 2)
			}
		case t.text == "(" && isQuery(tokens[i+1:]):
			i = closing(tokens, i)
		}
	}
	return false
}

// mayBe reports whether tokens end in a column of one of the tables. Whose column
// one without a name is, only the database knows.
func mayBe(tokens []lexeme, tables map[string]bool) bool {
	var name strings.Builder
	start := len(tokens)
	for start > 0 && (tokens[start-1].text == "." || isName(tokens[start-1]) && (start == len(tokens) || tokens[start].text == ".")) {
		start--
	}
	for _, t := range tokens[start:] {
		name.WriteString(strings.ToLower(unquote(t.text)))
	}
	parts := strings.Split(name.String(), ".")
	return len(parts) < 2 || tables[parts[len(parts)-2]]
}
