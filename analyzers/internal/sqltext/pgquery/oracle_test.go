// Package pgquery holds sqltext to PostgreSQL's own parser. It is a module of its
// own, because the parser is C: nothing but this test needs a C compiler.
package pgquery

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v6"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
)

// An insert is what both sides say of an INSERT that running a text executes.
type insert struct {
	table   string // with its schema, in lower case
	handled bool   // has conflict handling
}

func (i insert) String() string {
	if i.handled {
		return i.table + " (conflict handled)"
	}
	return i.table + " (raw)"
}

// ours are the INSERTs that sqltext finds.
func ours(text string) []insert {
	var all []insert
	for _, s := range sqltext.Parse(text) {
		if s.Verb == sqltext.Insert {
			all = append(all, insert{strings.ToLower(s.Table), s.Conflict == sqltext.Handled})
		}
	}
	return sorted(all)
}

// theirs are the INSERTs that PostgreSQL's parser finds, and what it says against a
// text that it cannot parse.
func theirs(text string) ([]insert, error) {
	tree, err := pg.Parse(text)
	if err != nil {
		return nil, err
	}
	var all []insert
	for _, stmt := range tree.Stmts {
		all = append(all, statement(stmt.Stmt, nil)...)
	}
	return sorted(all), nil
}

func sorted(all []insert) []insert {
	slices.SortFunc(all, func(a, b insert) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// exceptions are what the two read differently for a reason.
var exceptions = []struct {
	reason string
	text   *regexp.Regexp
}{
	{"PostgreSQL selects no columns; in Go, the columns stand in the next piece of text", regexp.MustCompile(`(?i)\bSELECT\s*;?\s*$`)},
	{"PostgreSQL takes it for a column; in Go, the query stands in the next piece of text", regexp.MustCompile(`(?i)\bEXISTS\s*;?\s*$`)},
}

// disagreement describes a difference on text that PostgreSQL can parse; judged is
// false for other text.
func disagreement(text string) (difference string, judged bool) {
	want, err := theirs(text)
	if err != nil {
		return "", false
	}
	for _, e := range exceptions {
		if e.text.MatchString(text) {
			return "", false
		}
	}
	if got := ours(text); !slices.Equal(got, want) {
		return fmt.Sprintf("sqltext finds %v, PostgreSQL %v", got, want), true
	}
	return "", true
}

// statement collects the INSERTs of a statement and of its WITH clause, which is
// where PostgreSQL allows them. EXPLAIN, PREPARE, COPY, rules and functions hold
// statements that sqltext does not look at, see exceptions. visible are the queries
// of WITH that it may select from.
func statement(node *pg.Node, visible map[string]*pg.Node) []insert {
	var all []insert
	var with *pg.WithClause
	switch n := node.GetNode().(type) {
	case *pg.Node_InsertStmt:
		with = n.InsertStmt.WithClause
	case *pg.Node_SelectStmt:
		with = n.SelectStmt.WithClause
	case *pg.Node_UpdateStmt:
		with = n.UpdateStmt.WithClause
	case *pg.Node_DeleteStmt:
		with = n.DeleteStmt.WithClause
	case *pg.Node_MergeStmt:
		with = n.MergeStmt.WithClause
	}
	visible = maps.Clone(visible)
	if visible == nil {
		visible = make(map[string]*pg.Node)
	}
	for _, node := range with.GetCtes() {
		cte := node.GetCommonTableExpr()
		all = append(all, statement(cte.Ctequery, visible)...)
		visible[cte.Ctename] = cte.Ctequery
	}
	if stmt := node.GetInsertStmt(); stmt != nil {
		all = append(all, judge(stmt, visible))
	}
	return all
}

func judge(stmt *pg.InsertStmt, visible map[string]*pg.Node) insert {
	table := stmt.Relation.Relname
	if stmt.Relation.Schemaname != "" {
		table = stmt.Relation.Schemaname + "." + table
	}
	if stmt.Relation.Catalogname != "" {
		table = stmt.Relation.Catalogname + "." + table
	}
	f := filter{visible}
	table = strings.ToLower(strings.ReplaceAll(table, `"`, "")) // sqltext drops all quotes
	return insert{table, stmt.OnConflictClause != nil || f.leavesOut(stmt.SelectStmt.GetSelectStmt())}
}

// A filter looks for what leaves out the rows that are there already: NOT EXISTS,
// NOT IN (SELECT ...), EXCEPT, a count of 0, or an outer join whose other side is
// NULL. It must decide on the rows: in VALUES or in the list of columns it only computes.
type filter struct {
	ctes map[string]*pg.Node
}

func (f filter) bind(with *pg.WithClause) {
	for _, node := range with.GetCtes() {
		cte := node.GetCommonTableExpr()
		f.ctes[cte.Ctename] = cte.Ctequery
	}
}

func (f filter) leavesOut(s *pg.SelectStmt) bool {
	if s == nil {
		return false
	}
	f.bind(s.WithClause)
	if s.Op != pg.SetOperation_SETOP_NONE {
		return s.Op == pg.SetOperation_SETOP_EXCEPT || f.leavesOut(s.Larg) || f.leavesOut(s.Rarg)
	}
	nullable := make(map[string]bool)
	for _, from := range s.FromClause {
		if f.item(from, nullable) {
			return true
		}
	}
	return f.condition(s.WhereClause, nullable)
}

// item looks at what a query selects from, and collects what an outer join may
// leave NULL.
func (f filter) item(node *pg.Node, nullable map[string]bool) bool {
	switch n := node.GetNode().(type) {
	case *pg.Node_RangeVar:
		// A common table expression counts where it is used, and once: it may be recursive.
		query := f.ctes[n.RangeVar.Relname]
		if n.RangeVar.Schemaname != "" || query == nil {
			return false
		}
		delete(f.ctes, n.RangeVar.Relname)
		// A second run of these finds nothing to return.
		if query.GetDeleteStmt() != nil {
			return true
		}
		if in := query.GetInsertStmt(); in != nil {
			f.bind(in.WithClause)
			return in.OnConflictClause.GetAction() == pg.OnConflictAction_ONCONFLICT_NOTHING || f.leavesOut(in.SelectStmt.GetSelectStmt())
		}
		return f.leavesOut(query.GetSelectStmt())
	case *pg.Node_RangeSubselect:
		return f.leavesOut(n.RangeSubselect.Subquery.GetSelectStmt())
	case *pg.Node_JoinExpr:
		switch j := n.JoinExpr; j.Jointype {
		case pg.JoinType_JOIN_LEFT:
			names(j.Rarg, nullable)
		case pg.JoinType_JOIN_RIGHT:
			names(j.Larg, nullable)
		case pg.JoinType_JOIN_FULL:
			names(j.Larg, nullable)
			names(j.Rarg, nullable)
		}
		return f.item(n.JoinExpr.Larg, nullable) || f.item(n.JoinExpr.Rarg, nullable)
	}
	return false
}

// names collects the names by which columns of a table expression are written.
func names(node *pg.Node, into map[string]bool) {
	switch n := node.GetNode().(type) {
	case *pg.Node_RangeVar:
		into[n.RangeVar.Relname] = true
		if n.RangeVar.Alias != nil {
			into[n.RangeVar.Alias.Aliasname] = true
		}
	case *pg.Node_RangeSubselect:
		into[n.RangeSubselect.Alias.GetAliasname()] = true
	case *pg.Node_RangeFunction:
		into[n.RangeFunction.Alias.GetAliasname()] = true
	case *pg.Node_JoinExpr:
		names(n.JoinExpr.Larg, into)
		names(n.JoinExpr.Rarg, into)
	}
}

// condition looks at the WHERE clause of a query, but not into its subqueries'.
func (f filter) condition(node *pg.Node, nullable map[string]bool) bool {
	found := false
	walk(node, func(n protoreflect.ProtoMessage) bool {
		switch n := n.(type) {
		case *pg.BoolExpr:
			if n.Boolop == pg.BoolExprType_NOT_EXPR {
				found = found || asks(n.Args[0])
			}
		case *pg.SubLink:
			// x <> ALL (SELECT ...)
			found = found || n.SubLinkType == pg.SubLinkType_ALL_SUBLINK && n.OperName[0].GetString_().GetSval() == "<>"
			return false
		case *pg.A_Expr:
			zero := n.Rexpr.GetAConst()
			found = found || n.Name[0].GetString_().GetSval() == "=" && counts(n.Lexpr.GetSubLink()) &&
				zero.GetIval() != nil && zero.GetIval().Ival == 0
		case *pg.NullTest:
			if n.Nulltesttype == pg.NullTestType_IS_NULL && len(nullable) > 0 {
				fields := n.Arg.GetColumnRef().GetFields()
				// Whose column it is without a name, only the database knows.
				found = found || len(fields) < 2 || nullable[fields[len(fields)-2].GetString_().GetSval()]
			}
		}
		return true
	})
	return found
}

// counts reports whether a subquery is SELECT count(...).
func counts(link *pg.SubLink) bool {
	targets := link.GetSubselect().GetSelectStmt().GetTargetList()
	if link.GetSubLinkType() != pg.SubLinkType_EXPR_SUBLINK || len(targets) == 0 {
		return false
	}
	name := targets[0].GetResTarget().GetVal().GetFuncCall().GetFuncname()
	return len(name) > 0 && name[len(name)-1].GetString_().GetSval() == "count"
}

// asks reports whether a condition holds an EXISTS or IN (SELECT ...).
func asks(node *pg.Node) bool {
	found := false
	walk(node, func(n protoreflect.ProtoMessage) bool {
		link, ok := n.(*pg.SubLink)
		found = found || ok && (link.SubLinkType == pg.SubLinkType_EXISTS_SUBLINK || link.SubLinkType == pg.SubLinkType_ANY_SUBLINK)
		return !ok
	})
	return found
}

// walk visits a tree's messages, parents first, and below those for which visit
// returns true.
func walk(m protoreflect.ProtoMessage, visit func(protoreflect.ProtoMessage) bool) {
	if m == nil || !m.ProtoReflect().IsValid() || !visit(m) {
		return
	}
	m.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case field.Message() == nil:
		case field.IsList():
			for i := range v.List().Len() {
				walk(v.List().Get(i).Message().Interface(), visit)
			}
		default:
			walk(v.Message().Interface(), visit)
		}
		return true
	})
}
