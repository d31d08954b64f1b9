package sqltext

import (
	"strings"
)

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
