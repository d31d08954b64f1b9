// Package rawinsert reports INSERT statements without conflict handling that an
// activity reaches.
//
// # Analyzer rawinsert
//
// rawinsert: report INSERTs that a retried activity runs again
//
// Temporal runs an activity at least once: a worker that dies after its INSERT
// and before it could report success runs it again, and then the row is there
// twice, or the activity fails for good on its unique index. So an INSERT that
// an activity reaches must say what to do with a row that is there already.
//
// Wrong:
//
//	func (a *PeopleActivitiesImpl) Add(ctx context.Context, name string) error {
//		_, err := a.db.Exec(ctx, `INSERT INTO people (name) VALUES ($1)`, name)
//		return err
//	}
//
// Right:
//
//	func (a *PeopleActivitiesImpl) Add(ctx context.Context, name string) error {
//		_, err := a.db.Exec(ctx, `INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING`, name)
//		return err
//	}
//
// The INSERT may be calls away, in another package and behind interfaces. It is
// found as SQL text, whatever library or wrapper the text is given to, also in a file that
// a variable of the package embeds; as gorm's
// Create, bun's NewInsert, ent's XCreate, Insert of squirrel, goqu and go-pg; and
// as pgx's CopyFrom. It is reported at the text if the activity is in the same
// package, else at the call, registration, conversion or import that completes
// the chain; the chain is in the message.
//
// The analyzer is silent
//   - for ON CONFLICT, ON DUPLICATE KEY, INSERT IGNORE, INSERT OR IGNORE or
//     REPLACE, REPLACE, MERGE, and INSERT ... SELECT with NOT EXISTS, NOT IN, EXCEPT,
//     a count of 0 or an anti-join, or from what a DELETE or an INSERT ... DO NOTHING
//     in WITH returns;
//   - where the clause could be in a part of the text that is not known, or be added
//     by code that a builder is handed to, unless that is a function of the package
//     or takes no more than what can be made into SQL; and where the hook that gorm calls
//     before it creates a row adds it;
//   - for text that a function or method appends a clause to, query + " ON CONFLICT DO
//     NOTHING"; through an interface, where all that is seen to be bound to it does;
//   - where the code tests for a unique violation, or for the error that it has become, by
//     variable, type or kind, and then goes on or returns success (mapping it to another error
//     is not that); also around a function that it is given, and where a helper is told which
//     error to ignore;
//   - behind a DELETE on the same table in the same transaction, or what may be one, in the
//     function or in one that it calls, and for tables that are temporary or made there; through an interface, whose
//     methods' names say it: q.DeleteLines, then q.InsertLine;
//   - where a marker has been set, and only there: behind INSERT ... ON CONFLICT DO NOTHING, or
//     UPDATE ... SET state = 'paid' WHERE state = 'open', as text or built with gorm, bun, squirrel or
//     goqu, or DELETE, and "if RowsAffected() == 0 { return }", or RETURNING and ErrNoRows, in the
//     function or in one that says so, with a bool, a number, an error or a constant (sqlc's, also through Querier), or is given what to do then; and
//     behind an INSERT whose duplicate returns;
//   - where an UPDATE of the same table has found no row;
//   - behind a look under a lock (pg_advisory_xact_lock, LOCK TABLE, GET_LOCK), also one that a helper
//     takes, at the same table that has found none, and behind SELECT state ... FOR UPDATE and a test of the state, if an UPDATE
//     behind it sets that; a look without a lock is none, as two attempts may both find nothing;
//   - for databases without such a clause (ClickHouse, Snowflake, BigQuery,
//     Databricks, Trino, Cassandra, DynamoDB), by the driver.
//
// With the setting counters it also reports ON CONFLICT DO UPDATE SET n = t.n + 1,
// which no second row betrays and which is not idempotent either.
//
// It takes the clause at its word: it does not see the schema, and so not that ON
// CONFLICT DO NOTHING needs a unique index; nor that a key is made anew by every
// attempt; nor what NOT EXISTS and its relatives ask for; nor that DO NOTHING with
// RETURNING gives no row to an attempt that comes second. It does not see text that
// is stored in a struct's field and executed by another method, prepared statements
// that are executed far from their text, and what flows through values of type any.
package rawinsert

import (
	_ "embed"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/inserts"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
)

//go:embed rawinsert.go
var source string

// Analyzer is the rule rawinsert.
var Analyzer = &analysis.Analyzer{
	Name:             "rawinsert",
	Doc:              report.Doc(source),
	URL:              report.URL("rawinsert"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func init() {
	Analyzer.Flags.BoolVar(&inserts.Counters, "counters", false,
		"also report ON CONFLICT DO UPDATE SET n = t.n + 1, which a retried activity does again")
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	rep := report.New(pass)
	for _, c := range result.Of(inserts.Insert | inserts.Count) {
		if c.Kind == inserts.Count {
			rep.Report(c.Finding("INSERT into " + table(c.Effect.What) + " adds to the row that is there: a retried activity adds again"))
			continue
		}
		f := c.Finding("INSERT into " + table(c.Effect.What) + " without ON CONFLICT: a retried activity inserts the row again")
		f.Fixes = doNothing(inserts.Literal(&c))
		rep.Report(f)
	}
	result.Silenced(rep, inserts.Insert|inserts.Count)
	return rep.Done()
}

func table(name string) string {
	if name == "" {
		return "a table"
	}
	return strings.NewReplacer(sqltext.Hole, "*", sqltext.ListHole, "*").Replace(name)
}

// doNothing appends the clause to a literal that is a whole statement. Behind a
// comment it would be a comment too.
func doNothing(lit *ast.BasicLit) []analysis.SuggestedFix {
	if lit == nil {
		return nil
	}
	last := strings.LastIndexByte(lit.Value, ')')
	if last < 0 || strings.Trim(lit.Value[last+1:len(lit.Value)-1], " \t\r\n;") != "" {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message: "append ON CONFLICT DO NOTHING",
		TextEdits: []analysis.TextEdit{{
			Pos:     lit.Pos() + token.Pos(last) + 1,
			End:     lit.Pos() + token.Pos(last) + 1,
			NewText: []byte(" ON CONFLICT DO NOTHING"),
		}},
	}}
}
