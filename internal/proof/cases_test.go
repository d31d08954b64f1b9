package proof

import (
	"fmt"
	"strings"
)

// A shape is what an activity does about a row that is there already, in SQL or in
// Go. In its texts TABLE is the table and $1 the name Kim.
type shape struct {
	name   string
	sql    string
	check  string // Go in front of everything
	before string // a statement on the same connection or transaction
	after  string // Go that makes a result of err; return err if empty
	unique bool   // only for the table with a unique index: it needs one
	scan   bool   // only where a row is asked for: none is an error
	rows   bool   // it returns rows without a RETURNING
	temp   bool   // what it inserts is gone with the transaction
	merge  bool   // returns rows only since PostgreSQL 17
}

const plain = "INSERT INTO TABLE (name) VALUES ($1)"

var shapes = []shape{
	{name: "Values", sql: plain},
	{name: "Qualified", sql: "insert into mcwflint_proof.TABLE as t (name, n) values ($1, default)"},
	{name: "TwoRows", sql: "INSERT INTO TABLE (name) VALUES ($1), ($1 || ' West')"},
	{name: "ClauseInLineComment", sql: plain + " -- ON CONFLICT DO NOTHING"},
	{name: "ClauseInComment", sql: plain + " /* ON CONFLICT DO NOTHING */"},
	{name: "ClauseInString", sql: "INSERT INTO TABLE (name) VALUES ($1 || ' ON CONFLICT DO NOTHING')"},
	{name: "DoNothing", sql: plain + " ON CONFLICT DO NOTHING"},
	{name: "DoNothingOnName", sql: plain + " on conflict (name) do nothing", unique: true},
	{name: "DoNothingOnKey", sql: plain + " ON CONFLICT (id) DO NOTHING"},
	{name: "DoNothingMustReturn", sql: plain + " ON CONFLICT DO NOTHING", scan: true},
	{name: "DoUpdate", sql: plain + " ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name", unique: true},
	{name: "DoUpdateCounter", sql: plain + " ON CONFLICT (name) DO UPDATE SET n = TABLE.n + 1", unique: true},
	{name: "Merge", sql: "MERGE INTO TABLE t USING (SELECT $1::text AS name) s ON t.name = s.name WHEN NOT MATCHED THEN INSERT (name) VALUES (s.name)", merge: true},

	{name: "Select", sql: "INSERT INTO TABLE (name) SELECT name FROM staging WHERE name = $1"},
	{name: "SelectDoNothing", sql: "INSERT INTO TABLE (name) SELECT name FROM staging WHERE name = $1 ON CONFLICT DO NOTHING"},
	{name: "NotExists", sql: "INSERT INTO TABLE (name) SELECT $1::text WHERE NOT EXISTS (SELECT 1 FROM TABLE WHERE name = $1)"},
	{name: "NotExistsElsewhere", sql: "INSERT INTO TABLE (name) SELECT $1::text WHERE NOT EXISTS (SELECT 1 FROM staging WHERE name <> $1)"},
	{name: "Exists", sql: "INSERT INTO TABLE (name) SELECT $1::text WHERE EXISTS (SELECT 1 FROM staging WHERE name = $1)"},
	{name: "NotIn", sql: "INSERT INTO TABLE (name) SELECT name FROM staging WHERE name = $1 AND name NOT IN (SELECT name FROM TABLE)"},
	{name: "NotInList", sql: "INSERT INTO TABLE (name) SELECT name FROM staging WHERE name = $1 AND name NOT IN ('Kris', 'Khloe')"},
	{name: "AntiJoin", sql: "INSERT INTO TABLE (name) SELECT s.name FROM staging s LEFT JOIN TABLE t ON t.name = s.name WHERE s.name = $1 AND t.name IS NULL"},
	{name: "LeftJoin", sql: "INSERT INTO TABLE (name) SELECT s.name FROM staging s LEFT JOIN TABLE t ON t.n = 7 WHERE s.name = $1"},
	{name: "Except", sql: "INSERT INTO TABLE (name) SELECT $1::text EXCEPT SELECT name FROM TABLE"},
	{name: "ExceptElsewhere", sql: "INSERT INTO TABLE (name) SELECT $1::text EXCEPT SELECT 'Kris'"},
	{name: "Union", sql: "INSERT INTO TABLE (name) SELECT $1::text UNION SELECT name FROM staging"},
	{name: "NotInParentheses", sql: "INSERT INTO TABLE (name) SELECT s.name FROM staging s WHERE s.name = $1 AND NOT (EXISTS (SELECT 1 FROM TABLE t WHERE t.name = s.name))"},
	{name: "NotEqualAll", sql: "INSERT INTO TABLE (name) SELECT name FROM staging WHERE name = $1 AND name <> ALL (SELECT name FROM TABLE)"},
	{name: "RightJoin", sql: "INSERT INTO TABLE (name) SELECT s.name FROM TABLE t RIGHT OUTER JOIN staging s USING (name) WHERE s.name = $1 AND t.id ISNULL"},
	{name: "NullOnOwnSide", sql: "INSERT INTO TABLE (name) SELECT s.name FROM staging s LEFT JOIN TABLE t ON t.name = s.name WHERE s.name = $1 AND s.gone IS NULL"},
	{name: "NotExistsInColumn", sql: "INSERT INTO TABLE (name) SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM TABLE WHERE n = 7) THEN $1::text END"},
	{name: "NotExistsInValue", sql: "INSERT INTO TABLE (name) VALUES ((SELECT $1::text WHERE NOT EXISTS (SELECT 1 FROM TABLE WHERE n = 7)))"},
	{name: "CountIsZero", sql: "INSERT INTO TABLE (name) SELECT $1::text WHERE (SELECT count(*) FROM TABLE WHERE name = $1) = 0"},

	{name: "InCTE", sql: "WITH added AS (INSERT INTO TABLE (name) VALUES ($1) RETURNING name) SELECT name FROM added", rows: true},
	{name: "InCTEDoNothing", sql: "WITH added AS (INSERT INTO TABLE (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name) SELECT name FROM added", rows: true},
	{name: "FromCTE", sql: "WITH s AS (SELECT $1::text AS name) INSERT INTO TABLE (name) SELECT name FROM s"},
	{name: "FromCTENotExists", sql: "WITH s AS (SELECT $1::text AS name) INSERT INTO TABLE (name) SELECT name FROM s WHERE NOT EXISTS (SELECT 1 FROM TABLE t WHERE t.name = s.name)"},
	{name: "FromCTEExcept", sql: "WITH s AS (SELECT $1::text AS name EXCEPT SELECT name FROM TABLE) INSERT INTO TABLE (name) SELECT name FROM s"},
	{name: "UpdateElseInsert", sql: "WITH u AS (UPDATE TABLE SET n = 7 WHERE name = $1 RETURNING id) INSERT INTO TABLE (name, n) SELECT $1::text, 7 WHERE NOT EXISTS (SELECT 1 FROM u)"},
	{name: "Move", sql: "WITH gone AS (DELETE FROM staging WHERE name = $1 RETURNING name) INSERT INTO TABLE (name) SELECT name FROM gone"},
	{name: "LogOnce", sql: "WITH added AS (INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name) INSERT INTO TABLE (name) SELECT name || ' was added' FROM added"},
	{name: "LogAgain", sql: "WITH added AS (INSERT INTO people (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET n = 7 RETURNING name) INSERT INTO TABLE (name) SELECT name || ' was added' FROM added"},
	{name: "DeleteInCTE", sql: "WITH gone AS (DELETE FROM TABLE WHERE name = $1) INSERT INTO TABLE (name) VALUES ($1)"},

	{name: "DeleteFirst", sql: plain, before: "DELETE FROM TABLE WHERE name = 'Kim'"},
	{name: "DeleteOtherRows", sql: plain, before: "DELETE FROM TABLE WHERE name <> 'Kim'"},
	{name: "DeleteElsewhere", sql: plain, before: "DELETE FROM staging WHERE name <> 'Kim'"},
	{name: "Temporary", sql: "INSERT INTO heap (name) VALUES ($1)", before: "CREATE TEMP TABLE heap (name text) ON COMMIT DROP", temp: true},

	{name: "Accepted", sql: plain, after: "var pg *pgconn.PgError\n\tif errors.As(err, &pg) && pg.Code == \"23505\" {\n\t\treturn nil\n\t}\n\treturn err"},
	{name: "AcceptedElsewhere", sql: plain, after: "return store.UnlessDuplicate(err)"},
	{name: "AcceptedByText", sql: plain, after: "if err != nil && strings.Contains(err.Error(), \"duplicate key\") {\n\t\treturn nil\n\t}\n\treturn err"},
	{name: "AcceptedOtherCode", sql: plain, after: "var pg *pgconn.PgError\n\tif errors.As(err, &pg) && pg.Code == \"23503\" {\n\t\treturn nil\n\t}\n\treturn err"},
	{name: "Mapped", sql: plain, after: "var pg *pgconn.PgError\n\tif errors.As(err, &pg) && pg.Code == \"23505\" {\n\t\treturn store.ErrTaken\n\t}\n\treturn err"},
	{name: "NotRetried", sql: plain, after: "var pg *pgconn.PgError\n\tif errors.As(err, &pg) && pg.Code == \"23505\" {\n\t\treturn temporal.NewNonRetryableApplicationError(\"taken\", \"Taken\", err)\n\t}\n\treturn err"},
	{name: "Wrapped", sql: plain, after: "if err != nil {\n\t\treturn fmt.Errorf(\"add: %w\", err)\n\t}\n\treturn nil"},
	{name: "Swallowed", sql: plain, after: "if err != nil {\n\t\tlog.Print(err)\n\t}\n\treturn nil"},
	{name: "LookedUpFirst", sql: plain, check: "var n int\n\tif err := a.Pool.QueryRow(ctx, \"SELECT count(*) FROM TABLE WHERE name = $1\", \"Kim\").Scan(&n); err != nil || n > 0 {\n\t\treturn err\n\t}"},
}

// A library executes TEXT and leaves the error in err.
type library struct {
	name   string
	code   string
	before string // executes BEFORE, on the same connection or transaction; empty if nothing can go first
	row    bool   // TEXT must return rows
	copy   bool   // TEXT is the table's name alone
	tx     bool   // a transaction around BEFORE and TEXT
}

var libraries = []library{
	{name: "PgxExec",
		before: `if _, err := a.Pool.Exec(ctx, BEFORE); err != nil { return err }`,
		code:   `_, err := a.Pool.Exec(ctx, TEXT, "Kim")`},
	{name: "PgxQuery", code: `rows, err := a.Pool.Query(ctx, TEXT, "Kim")
		if err == nil { rows.Close(); err = rows.Err() }`},
	{name: "PgxQueryRow", row: true, code: `var name string
		err := a.Pool.QueryRow(ctx, TEXT, "Kim").Scan(&name)`},
	{name: "PgxBatch", code: `batch := &pgx.Batch{}
		batch.Queue(TEXT, "Kim")
		err := a.Pool.SendBatch(ctx, batch).Close()`},
	{name: "PgxTx", tx: true,
		before: `if _, err := tx.Exec(ctx, BEFORE); err != nil { return err }`,
		code: `err := pgx.BeginFunc(ctx, a.Pool, func(tx pgx.Tx) error {
			FIRST
			_, err := tx.Exec(ctx, TEXT, "Kim")
			return err
		})`},
	{name: "PgxCopy", copy: true,
		before: `if _, err := a.Pool.Exec(ctx, BEFORE); err != nil { return err }`,
		code:   `_, err := a.Pool.CopyFrom(ctx, pgx.Identifier{TEXT}, []string{"name"}, pgx.CopyFromRows([][]any{{"Kim"}}))`},
	{name: "PgxTxCopy", copy: true, tx: true,
		before: `if _, err := tx.Exec(ctx, BEFORE); err != nil { return err }`,
		code: `err := pgx.BeginFunc(ctx, a.Pool, func(tx pgx.Tx) error {
			FIRST
			_, err := tx.CopyFrom(ctx, pgx.Identifier{TEXT}, []string{"name"}, pgx.CopyFromRows([][]any{{"Kim"}}))
			return err
		})`},
	{name: "SQLExec",
		before: `if _, err := a.DB.ExecContext(ctx, BEFORE); err != nil { return err }`,
		code:   `_, err := a.DB.ExecContext(ctx, TEXT, "Kim")`},
	{name: "SQLQuery", code: `rows, err := a.DB.QueryContext(ctx, TEXT, "Kim")
		if err == nil {
			for rows.Next() {}
			err = rows.Err()
			rows.Close()
		}`},
	{name: "SQLQueryRow", row: true, code: `var name string
		err := a.DB.QueryRowContext(ctx, TEXT, "Kim").Scan(&name)`},
	{name: "SQLPrepare", code: `stmt, err := a.DB.PrepareContext(ctx, TEXT)
		if err != nil { return err }
		defer stmt.Close()
		_, err = stmt.ExecContext(ctx, "Kim")`},
	{name: "SQLTx", tx: true,
		before: `if _, err := tx.ExecContext(ctx, BEFORE); err != nil { return err }`,
		code: `tx, err := a.DB.BeginTx(ctx, nil)
		if err != nil { return err }
		defer tx.Rollback()
		FIRST
		_, err = tx.ExecContext(ctx, TEXT, "Kim")
		if err == nil { err = tx.Commit() }`},
}

// A form writes a text in Go: declarations beside the function, statements in it,
// and the expression. parts are the text's, cut anywhere.
type form struct {
	name   string
	write  func(name string, parts []string, table string) (beside, in, expr string)
	values bool // only for the shape Values
}

var forms = []form{
	{name: "Literal", write: func(_ string, parts []string, _ string) (string, string, string) {
		return "", "", quote(parts)
	}},
	{name: "Const", write: func(_ string, parts []string, _ string) (string, string, string) {
		return "", "const text = " + quote(parts), "text"
	}},
	{name: "Var", write: func(name string, parts []string, _ string) (string, string, string) {
		return fmt.Sprintf("var text%s = %s", name, quote(parts)), "", "text" + name
	}},
	{name: "Concatenation", write: func(_ string, parts []string, _ string) (string, string, string) {
		return "", "text := " + quote(parts[:1]) + "\ntext += " + quote(parts[1:2]), "text + " + quote(parts[2:])
	}},
	{name: "Sprintf", write: func(_ string, parts []string, table string) (string, string, string) {
		text := strings.ReplaceAll(strings.Join(parts, ""), table, "%[1]s")
		return "", "", fmt.Sprintf("fmt.Sprintf(%q, %q)", text, table)
	}},
	{name: "Builder", write: func(_ string, parts []string, _ string) (string, string, string) {
		in := "var b strings.Builder"
		for _, part := range parts {
			in += fmt.Sprintf("\nb.WriteString(%q)", part)
		}
		return "", in, "b.String()"
	}},
	{name: "Join", write: func(_ string, parts []string, _ string) (string, string, string) {
		return "", "", fmt.Sprintf("strings.Join(%#v, \"\")", parts)
	}},
	{name: "Helper", write: func(name string, parts []string, _ string) (string, string, string) {
		return fmt.Sprintf("func text%s() string { return %s }", name, quote(parts)), "", "text" + name + "()"
	}},
	{name: "UnknownEnd", values: true, write: func(_ string, parts []string, _ string) (string, string, string) {
		return "", "", quote(parts) + " + a.Suffix"
	}},
}

func quote(parts []string) string { return fmt.Sprintf("%q", strings.Join(parts, "")) }

// cut cuts a text in three, where its words end.
func cut(text string) []string {
	words := strings.SplitAfter(text, " ")
	third := (len(words) + 2) / 3
	join := func(i, j int) string { return strings.Join(words[min(i, len(words)):min(j, len(words))], "") }
	return []string{join(0, third), join(third, 2*third), join(2*third, len(words))}
}

// A hop is the way from the activity NAME to the code that executes the text, BODY:
// in the activity's file and in another package, which may be absent.
type hop struct {
	name      string
	near, far string
}

var hops = []hop{
	{name: "Here", near: "func (a *Activities) NAME(ctx context.Context) error { BODY }"},
	{name: "Function", near: "func (a *Activities) NAME(ctx context.Context) error { return doNAME(ctx, a.Handles) }\n" +
		"func doNAME(ctx context.Context, a *store.Handles) error { BODY }"},
	{name: "Closure", near: "func (a *Activities) NAME(ctx context.Context) error {\ndo := func() error { BODY }\nreturn do()\n}"},
	{name: "Interface", near: "type keeperNAME interface { Keep(context.Context) error }\n" +
		"type storeNAME struct { *store.Handles }\n" +
		"func (a storeNAME) Keep(ctx context.Context) error { BODY }\n" +
		"func (a *Activities) NAME(ctx context.Context) error {\nvar k keeperNAME = storeNAME{a.Handles}\nreturn k.Keep(ctx)\n}"},
	{name: "Package", near: "func (a *Activities) NAME(ctx context.Context) error { return store.NAME(ctx, a.Handles) }",
		far: "func NAME(ctx context.Context, a *Handles) error { BODY }"},
}

// A variant is an activity.
type variant struct {
	shape   shape
	library library
	form    form
	hop     hop
	table   string // people has a unique index on the name, visits has none
}

func (v variant) name() string {
	return v.shape.name + v.library.name + v.form.name + strings.ToUpper(v.table[:1]) + v.table[1:]
}

// variants combines every shape with every library that can execute it, on both
// tables. The forms and the hops take turns.
func variants() (all []variant) {
	turn := 0
	for _, s := range shapes {
		for _, l := range libraries {
			switch {
			case l.copy && !s.temp && s.sql != plain, // COPY has no clauses
				s.before != "" && l.before == "",
				s.temp && !l.tx,
				s.scan && !l.row,
				s.merge && l.row:
				continue
			}
			for _, table := range []string{"people", "visits"} {
				if s.unique && table == "visits" {
					continue
				}
				for {
					turn++
					if f := forms[turn%len(forms)]; !f.values || s.name == "Values" && !l.copy {
						all = append(all, variant{s, l, f, hops[len(all)%len(hops)], table})
						break
					}
				}
			}
		}
	}
	return all
}

// sources are the activity's files by their path in the program.
func (v variant) sources() map[string]string {
	text := v.shape.sql
	if v.library.row && !v.shape.rows {
		text += "\nRETURNING name"
	}
	table := v.table
	if v.shape.temp {
		table = "heap"
	}
	if v.library.copy {
		text = table
	}
	beside, in, expr := v.form.write(v.name(), cut(strings.ReplaceAll(text, "TABLE", table)), table)
	before := ""
	if v.shape.before != "" {
		before = strings.ReplaceAll(v.library.before, "BEFORE", fmt.Sprintf("%q", strings.ReplaceAll(v.shape.before, "FROM TABLE", "FROM "+table)))
	}
	code := strings.ReplaceAll(v.library.code, "TEXT", expr)
	if v.library.tx {
		code = strings.ReplaceAll(code, "FIRST", before)
	} else {
		code = before + "\n" + code
	}
	if v.library.row && !v.shape.scan {
		// pgx.ErrNoRows is this one, too.
		code += "\nif errors.Is(err, sql.ErrNoRows) { err = nil }"
	}
	after := v.shape.after
	if after == "" {
		after = "return err"
	}
	body := strings.Join([]string{strings.ReplaceAll(v.shape.check, "TABLE", table), in, code, after}, "\n")
	fill := strings.NewReplacer("NAME", v.name(), "BODY", "\n"+body+"\n")
	file := v.name() + ".go"
	if v.hop.far == "" {
		return map[string]string{file: source("main", beside+"\n\n"+fill.Replace(v.hop.near))}
	}
	far := strings.ReplaceAll(beside+"\n\n"+fill.Replace(v.hop.far), "store.", "")
	return map[string]string{file: source("main", fill.Replace(v.hop.near)), "store/" + file: source("store", far)}
}

// source is a file with the imports that its code needs.
func source(pkg, code string) string {
	imports := ""
	for name, path := range map[string]string{
		"context": "context", "sql": "database/sql", "errors": "errors", "fmt": "fmt", "log": "log", "strings": "strings",
		"pgx": "github.com/jackc/pgx/v5", "pgconn": "github.com/jackc/pgx/v5/pgconn",
		"temporal": "go.temporal.io/sdk/temporal", "store": "github.com/mediacloud/mcwflint/internal/proof/program/store",
	} {
		if strings.Contains(code, name+".") {
			imports += fmt.Sprintf("import %q\n", path)
		}
	}
	return fmt.Sprintf("package %s\n\n%s\n%s\n", pkg, imports, code)
}
