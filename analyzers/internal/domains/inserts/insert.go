package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// insertion is an INSERT that a body contains, before what else the body does is
// known.
type insertion struct {
	pos, end token.Pos
	use      token.Pos // where the text is used; pos may be in another file
	table    string
	nth      int // statement of its text
	conflict sqltext.Conflict
	counts   bool
	literal  *ast.BasicLit // set if a clause can be appended to it
	call     *ast.CallExpr
	on       []ast.Node // the expressions that run it
	given    int        // the argument of call that it is, -1 for none
}

// textAt judges the SQL text of the expression x, unless it is only a part of
// another. INSERT text in a function that an activity reaches counts whatever it
// is passed to: a list of libraries would miss every wrapper.
func (p *reader) textAt(n *callgraph.Node, x ast.Expr, stack []ast.Node) {
	switch x := x.(type) {
	case *ast.Ident:
		p.noteSelection(x, stack)
	case *ast.BasicLit, *ast.SelectorExpr, *ast.BinaryExpr, *ast.CallExpr, *ast.ParenExpr:
	default:
		return
	}
	if len(stack) == 0 {
		return // a variable's initializer: judged where the variable is used
	}
	parent := stack[len(stack)-1]
	var call *ast.CallExpr
	switch parent := parent.(type) {
	case *ast.SelectorExpr, *ast.CaseClause, *ast.BinaryExpr, *ast.ParenExpr, *ast.IndexExpr, *ast.SwitchStmt, *ast.RangeStmt, *ast.IncDecStmt:
		return
	case *ast.KeyValueExpr:
		if parent.Key == x {
			return
		}
	case *ast.AssignStmt:
		for _, lhs := range parent.Lhs {
			if lhs == x {
				return
			}
		}
	case *ast.CallExpr:
		if parent.Fun == x {
			return
		}
		call = parent
	}
	tv, ok := p.Info.Types[x]
	if !ok || !tv.IsValue() || !syntax.IsString(tv.Type) || p.text.IsTextPart(parent, x) || call != nil && p.onlySays(call) {
		return
	}
	texts := p.text.Eval(x)
	for _, text := range texts {
		s := text.String()
		if call != nil {
			p.markers.NoteQuery(n, s, call, stack)
		}
		for i, stmt := range sqltext.Parse(s) {
			p.noteStatement(n, stmt, i, text, x, call, stack)
		}
	}
}

func (p *reader) noteStatement(n *callgraph.Node, stmt sqltext.Statement, nth int, text sqltext.Text, x ast.Expr, call *ast.CallExpr, stack []ast.Node) {
	var on []ast.Node
	if call != nil {
		on = append(on, call)
	}
	switch stmt.Verb {
	case sqltext.Delete, sqltext.Create:
		p.markers.Note(n, call, stack) // it deletes a row once
		p.addDelete(n, deletion{pos: x.Pos(), nth: nth, table: p.tableOf(stmt, text), fresh: stmt.Verb == sqltext.Create}, on, stack)
	case sqltext.Insert:
		if stmt.Conflict == sqltext.Incomplete || call != nil && (p.noConflictDialect(call, x) || p.dups.AcceptedIn(call)) {
			return
		}
		in := insertion{pos: x.Pos(), end: x.End(), use: x.Pos(), table: stmt.Table, nth: nth, conflict: stmt.Conflict, counts: stmt.Counts && Counters, call: call, on: on, given: -1}
		if call != nil {
			in.given = slices.Index(call.Args, x)
		}
		if part := slices.IndexFunc(text, func(part sqltext.Part) bool { return containsFold(part.Text, "insert") }); part >= 0 && text[part].End.IsValid() && p.InProgram(text[part].Pos) {
			in.pos, in.end = text[part].Pos, text[part].End
		}
		if lit, ok := ast.Unparen(x).(*ast.BasicLit); ok && stmt.PlainValues && !stmt.Returning && call != nil && p.upsertByType(call) && discarded(call, stack) {
			in.literal = lit
		}
		b := p.body(n)
		b.inserts = append(b.inserts, in)
		if stmt.Conflict == sqltext.Handled && containsFold(text.String(), "do nothing") {
			p.markers.Note(n, call, stack)
		}
	}
}

func containsFold(s, sub string) bool {
	for i := 0; i+len(sub) <= len(s); i++ {
		if s[i]|0x20 == sub[0] && strings.EqualFold(s[i:i+len(sub)], sub) {
			return true
		}
	}
	return false
}

// onlySays reports whether a call uses text to say something: a log line, an
// error, a pattern to look for.
func (p *reader) onlySays(call *ast.CallExpr) bool {
	fn := syntax.Callee(p.Info, call)
	if fn == nil {
		id := syntax.Ident(call.Fun)
		return id != nil && (id.Name == "panic" || id.Name == "len" || id.Name == "print" || id.Name == "println")
	}
	if fn.Pkg() == nil {
		return true // error.Error and the like
	}
	switch path := fn.Pkg().Path(); path {
	case "fmt", "log", "log/slog", "errors", "regexp", "testing", "strings", "bytes", "strconv", "github.com/pkg/errors":
		return true
	default:
		for _, prefix := range []string{"go.uber.org/zap", "github.com/sirupsen/logrus", "github.com/rs/zerolog", "go.temporal.io/sdk", "go.opentelemetry.io/", "github.com/stretchr/"} {
			if strings.HasPrefix(path, prefix) {
				return true
			}
		}
	}
	name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(fn.Name(), "f"), "w"), "ln")
	switch name {
	case "Debug", "Info", "Warn", "Warning", "Error", "Fatal", "Panic", "Print", "Trace", "Log", "Wrap", "Errorf", "WithField", "WithMessage":
		return fn.Signature().Recv() != nil || strings.Contains(strings.ToLower(fn.Pkg().Name()), "log") || strings.Contains(strings.ToLower(fn.Pkg().Name()), "err")
	}
	return false
}

// noConflictDialects have no clause to ask for; CQL's INSERT replaces the row that is there, and DynamoDB's
// refuses it.
var noConflictDialects = []string{"github.com/gocql/", "github.com/scylladb/", "github.com/ClickHouse/", "github.com/snowflakedb/", "cloud.google.com/go/bigquery", "github.com/databricks/", "github.com/trinodb/", "github.com/mailru/go-clickhouse", "github.com/prestodb/", "github.com/apache/", "github.com/aws/aws-sdk-go"}

func hasNoConflict(path string) bool {
	return slices.ContainsFunc(noConflictDialects, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// noConflictDialect reports whether a call runs its argument text on a database
// whose dialect has no conflict handling: by the type it runs on or is given; for
// database/sql, because the package imports the driver of such a database and of no
// other; for a function of the program, by what that does with the text.
func (p *reader) noConflictDialect(call *ast.CallExpr, text ast.Expr) bool {
	path := p.receiverPackage(call)
	if hasNoConflict(path) || slices.ContainsFunc(call.Args, func(x ast.Expr) bool { return hasNoConflict(library(p.Info.TypeOf(x))) }) {
		return true
	}
	if fn := syntax.Callee(p.Info, call); fn != nil && p.text.Decl(fn) != nil {
		return p.tames(fn, slices.Index(call.Args, text)) || path == "" && p.onlyNoConflictDrivers()
	}
	if fn := syntax.Callee(p.Info, call); fn != nil && p.tames(fn, slices.Index(call.Args, text)) {
		return true
	}
	if path == "database/sql" || path == "github.com/jmoiron/sqlx" || path == "" {
		return p.onlyNoConflictDrivers()
	}
	return false
}

func (p *reader) onlyNoConflictDrivers() bool {
	found := false
	for _, imp := range p.Pass.Pkg.Imports() {
		path := imp.Path()
		found = found || hasNoConflict(path)
		switch {
		case strings.HasPrefix(path, "github.com/jackc/pgx"), path == "github.com/lib/pq", strings.Contains(path, "sqlite"), strings.Contains(path, "mysql"):
			return false
		}
	}
	return found
}

// receiverPackage is the package of the type that a method call runs on.
func (p *reader) receiverPackage(call *ast.CallExpr) string {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	s := p.Info.Selections[sel]
	if s == nil {
		return ""
	}
	if fn, ok := s.Obj().(*types.Func); ok && fn.Pkg() != nil {
		return fn.Pkg().Path()
	}
	return ""
}

// upsertByType reports whether the call runs on a PostgreSQL or SQLite connection
// by its type, and ON CONFLICT DO NOTHING is understood.
func (p *reader) upsertByType(call *ast.CallExpr) bool {
	path := p.receiverPackage(call)
	fn := syntax.Callee(p.Info, call)
	return fn != nil && (fn.Name() == "Exec" || fn.Name() == "Queue") && (strings.HasPrefix(path, "github.com/jackc/pgx") || strings.HasPrefix(path, "zombiezen.com/go/sqlite"))
}

// discarded reports whether nobody looks at what the call returns but the error:
// a count of rows changes with the clause.
func discarded(call *ast.CallExpr, stack []ast.Node) bool {
	for i := len(stack) - 1; i > 0; i-- {
		if stack[i] != call {
			continue
		}
		switch parent := stack[i-1].(type) {
		case *ast.ExprStmt:
			return true
		case *ast.AssignStmt:
			id := syntax.Ident(parent.Lhs[0])
			return len(parent.Lhs) == 2 && id != nil && id.Name == "_"
		}
		return false
	}
	return false
}

// judgeInserts turns what the body contains into effects.
func (p *reader) judgeInserts(n *callgraph.Node) {
	// An expression may build several texts, and a text may have several statements:
	// another text for the same table speaks for this one, another statement does not.
	type key struct {
		pos   token.Pos
		table string
		nth   int
	}
	safe := make(map[key]bool)
	for _, in := range p.body(n).inserts {
		if n.Init {
			p.inTables[in.pos] = append(p.inTables[in.pos], in.use)
		}
		if in.conflict != sqltext.Raw || p.deletedBefore(n, in) {
			safe[key{in.pos, in.table, in.nth}] = true
		}
	}
	done := make(map[token.Pos]bool)
	for _, in := range p.body(n).inserts {
		if in.counts && !done[in.pos] && n.MaskAt(in.use)&Count == 0 {
			done[in.pos] = true
			p.AddSite(n, Count, in.table, in.pos, in.end)
		}
		if safe[key{in.pos, in.table, in.nth}] || done[in.pos] || n.MaskAt(in.use)&Insert != 0 {
			continue
		}
		done[in.pos] = true
		if s := p.AddSite(n, Insert, in.table, in.pos, in.end); s != nil {
			s.Call = in.call
			if in.literal != nil {
				s.Extra = in.literal
			}
		}
	}
}
