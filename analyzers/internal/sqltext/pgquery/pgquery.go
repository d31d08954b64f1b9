// Package pgquery holds package sqltext to PostgreSQL's own parser. It is a module of
// its own because the parser is C, which takes minutes to compile.
package pgquery

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
)

// An insert is what both parsers say of one.
type insert struct {
	table   string
	handled bool
}

func (i insert) String() string { return fmt.Sprintf("%s handled %t", i.table, i.handled) }

// ours are the INSERTs that sqltext sees in text, sorted.
func ours(text string) []insert {
	var all []insert
	for _, s := range sqltext.Parse(text) {
		if s.Verb == sqltext.Insert {
			all = append(all, insert{strings.ToLower(s.Table), s.Conflict == sqltext.Handled})
		}
	}
	return sorted(all)
}

// theirs are the INSERTs that PostgreSQL's parser sees in text; ok is false if it does
// not accept the text.
func theirs(text string) (all []insert, ok bool) {
	tree, err := pg_query.ParseToJSON(text)
	if err != nil {
		return nil, false
	}
	var root any
	if err := json.Unmarshal([]byte(tree), &root); err != nil {
		return nil, false
	}
	walk(root, func(kind string, node map[string]any) {
		if kind == "InsertStmt" {
			all = append(all, insert{tableOf(node), node["onConflictClause"] != nil || looksFirst(node["selectStmt"])})
		}
	})
	return sorted(all), true
}

func sorted(all []insert) []insert {
	slices.SortFunc(all, func(a, b insert) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// walk calls do for every node of a tree, in no particular order.
func walk(x any, do func(kind string, node map[string]any)) {
	switch x := x.(type) {
	case []any:
		for _, e := range x {
			walk(e, do)
		}
	case map[string]any:
		for kind, e := range x {
			if node, ok := e.(map[string]any); ok {
				do(kind, node)
			}
			walk(e, do)
		}
	}
}

func tableOf(insert map[string]any) string {
	relation, _ := insert["relation"].(map[string]any)
	var parts []string
	for _, key := range []string{"catalogname", "schemaname", "relname"} {
		if s, ok := relation[key].(string); ok {
			parts = append(parts, s)
		}
	}
	return strings.ToLower(strings.Join(parts, "."))
}

// looksFirst reports whether the SELECT of an INSERT leaves out the rows that are
// there: NOT EXISTS, NOT IN (SELECT), EXCEPT, or a LEFT JOIN with IS NULL.
func looksFirst(source any) bool {
	found, left, null := false, false, false
	walk(source, func(kind string, node map[string]any) {
		switch kind {
		case "BoolExpr":
			if node["boolop"] == "NOT_EXPR" {
				for _, arg := range node["args"].([]any) {
					if link, ok := arg.(map[string]any)["SubLink"].(map[string]any); ok {
						t := link["subLinkType"]
						found = found || t == "EXISTS_SUBLINK" || t == "ANY_SUBLINK"
					}
				}
			}
		case "SelectStmt":
			found = found || node["op"] == "SETOP_EXCEPT"
		case "JoinExpr":
			left = left || node["jointype"] == "JOIN_LEFT" || node["jointype"] == "JOIN_RIGHT" || node["jointype"] == "JOIN_FULL"
		case "NullTest":
			null = null || node["nulltesttype"] == "IS_NULL"
		}
	})
	return found || left && null
}
