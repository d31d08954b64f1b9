package sqltext

import (
	"strconv"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	hole, list := Hole, ListHole
	for _, test := range []struct {
		text     string
		table    string
		conflict Conflict
	}{
		{"INSERT INTO people (name) VALUES ($1)", "people", Raw},
		{"\n\t\tinsert into\n people(name)\n values (?)\n", "people", Raw},
		{"INSERT INTO people (name) VALUES ($1) RETURNING id", "people", Raw},
		{"INSERT INTO people DEFAULT VALUES", "people", Raw},
		{"INSERT INTO \"people\" (name) VALUES ($1);", "people", Raw},
		{"INSERT INTO [dbo].[people] (name) VALUES (@name)", "dbo.people", Raw},
		{"INSERT INTO people (name) VALUES ?", "people", Raw},
		{"INSERT INTO `people` SET name = ?", "people", Raw},
		{"INSERT INTO public.people VALUES ($1)", "public.people", Raw},
		{`INSERT INTO "public"."people" VALUES ($1)`, "public.people", Raw},
		{"-- name: CreatePerson :one\nINSERT INTO people (name) VALUES ($1)", "people", Raw},
		{"/* add */ INSERT /* a */ INTO people (name) -- c\n VALUES ($1)", "people", Raw},
		{"INSERT INTO people SELECT * FROM staging", "people", Raw},
		{"INSERT INTO people (a) (SELECT a FROM staging)", "people", Raw},
		{"INSERT INTO people (name) VALUES (:name)", "people", Raw},
		{"INSERT INTO people (name) VALUES ($" + list + ")" + hole, "people", Unknown},
		{"INSERT INTO people (name) VALUES ($" + list + ", $" + list + ")", "people", Raw},
		{"INSERT INTO people TABLE staging", "people", Raw},
		{"INSERT INTO people AS p (a) TABLE public.staging RETURNING id", "people", Raw},
		{"INSERT INTO people TABLE staging ON CONFLICT DO NOTHING", "people", Handled},
		{"INSERT INTO people AS p (name) VALUES ($1)", "people", Raw},
		{"INSERT INTO people (n) VALUES ('on conflict do nothing')", "people", Raw},
		{"INSERT INTO people (n) VALUES ($1) -- ON CONFLICT DO NOTHING", "people", Raw},
		{"BEGIN; INSERT INTO people (n) VALUES (1); COMMIT", "people", Raw},
		{"WITH a AS (INSERT INTO people (n) VALUES (1) RETURNING id) SELECT * FROM a", "people", Raw},
		{"WITH a AS (SELECT 1) INSERT INTO people SELECT * FROM a", "people", Raw},
		{"INSERT INTO " + hole + " (n) VALUES ($1)", "", Raw},
		{"INSERT INTO " + hole + ".people (n) VALUES ($1)", hole + ".people", Raw},
		{"INSERT INTO people (n) VALUES " + list, "people", Raw},
		{"INSERT INTO people (" + hole + ") VALUES (" + hole + ")", "people", Raw},
		{"INSERT OR ABORT INTO people (n) VALUES (1)", "people", Raw},

		{"INSERT INTO people (n) VALUES ($1) ON CONFLICT DO NOTHING", "people", Handled},
		{"INSERT INTO people (n) VALUES ($1)\n\ton  conflict (n)\n do update set n = 1 RETURNING id", "people", Handled},
		{"INSERT INTO people (n) VALUES (?) ON DUPLICATE KEY UPDATE n = n", "people", Handled},
		{"INSERT IGNORE INTO people (n) VALUES (?)", "people", Handled},
		{"INSERT OR IGNORE INTO people (n) VALUES (?)", "people", Handled},
		{"INSERT OR REPLACE INTO people (n) VALUES (?)", "people", Handled},
		{"INSERT INTO people (n) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM people WHERE n = $1)", "people", Handled},
		{"INSERT INTO people (n) SELECT n FROM s WHERE n NOT IN (SELECT n FROM people)", "people", Handled},
		{"INSERT INTO people (n) SELECT n FROM s LEFT JOIN people p ON p.n = s.n WHERE p.n IS NULL", "people", Handled},
		{"WITH a AS (INSERT INTO people (n) VALUES (1) ON CONFLICT DO NOTHING) SELECT 1", "people", Handled},
		{"WITH a AS (DELETE FROM queue RETURNING n) INSERT INTO people SELECT n FROM a", "people", Handled},
		{"WITH a AS (SELECT n FROM s EXCEPT SELECT n FROM people) INSERT INTO people SELECT * FROM a", "people", Handled},
		{"WITH a AS (SELECT n FROM s EXCEPT SELECT n FROM people), b AS (SELECT 1) INSERT INTO people SELECT * FROM b", "people", Raw},
		{"INSERT INTO people SELECT n FROM s WHERE NOT (EXISTS (SELECT 1 FROM people p WHERE p.n = s.n))", "people", Handled},
		{"INSERT INTO people SELECT n FROM s WHERE NOT n IN (SELECT n FROM people)", "people", Handled},
		{"INSERT INTO people SELECT 1 WHERE (SELECT count(*) FROM people WHERE n = 1) = 0", "people", Handled},
		{"INSERT INTO people SELECT 1 WHERE (SELECT count(*) FROM people WHERE n = 1) = 2", "people", Raw},
		{"WITH a AS (SELECT n FROM s EXCEPT SELECT n FROM people) INSERT INTO people TABLE a", "people", Handled},
		{"INSERT INTO people SELECT n FROM s WHERE n <> ALL (SELECT n FROM people)", "people", Handled},
		{"INSERT INTO people SELECT n FROM people p RIGHT JOIN s ON p.n = s.n WHERE p.n ISNULL", "people", Handled},
		{"INSERT INTO people SELECT n FROM s LEFT JOIN (SELECT n FROM people) AS p USING (n) WHERE p.n IS NULL", "people", Handled},
		{"INSERT INTO people SELECT n FROM s WHERE n LIKE $1 ESCAPE '\\' ON CONFLICT DO NOTHING", "people", Handled},
		{"INSERT INTO \"a\"\"b\" VALUES (E'it\\' ON CONFLICT DO NOTHING')", "ab", Raw},

		{"INSERT INTO people SELECT n FROM s WHERE n NOT IN (1, 2)", "people", Raw},
		{"INSERT INTO people SELECT n FROM s LEFT JOIN cars c ON c.n = s.n WHERE s.deleted_at IS NULL", "people", Raw},
		{"INSERT INTO people SELECT left(n, 3) FROM s WHERE n IS NULL", "people", Raw},
		{"INSERT INTO people SELECT NOT EXISTS (SELECT 1 FROM cars) FROM s", "people", Raw},
		{"INSERT INTO people VALUES ((SELECT n FROM s WHERE NOT EXISTS (SELECT 1)))", "people", Raw},
		{"INSERT INTO people SELECT n FROM s JOIN conflict ON conflict.n = s.n", "people", Raw},

		{"INSERT INTO people (n) VALUES ($1) " + hole, "people", Unknown},
		{"INSERT INTO people (n) VALUES ($1) " + hole + " RETURNING id", "people", Unknown},
		{"INSERT INTO people (n) VALUES " + hole, "people", Unknown},
		{"INSERT INTO people " + hole, "people", Unknown},
		{"INSERT INTO people (n)", "people", Incomplete},
		{"INSERT INTO people (n) VALUES ", "people", Incomplete},
		{"INSERT INTO " + hole + "_archive (n) SELECT n FROM " + hole + " WHERE n IS NOT NULL", hole + "_archive", Raw},
		{"INSERT INTO people (n) SELECT n FROM " + hole, "people", Raw},
		{"INSERT INTO people (n) SELECT n FROM s WHERE n = " + hole + " AND m = 1", "people", Raw},
		{"INSERT INTO people (n) SELECT n FROM s WHERE " + hole, "people", Unknown},
		{"INSERT " + hole + " INTO people (n) VALUES (1)", "people", Unknown},
	} {
		got := Parse(test.text)
		if len(got) != 1 || got[0].Verb != Insert || got[0].Table != test.table || got[0].Conflict != test.conflict {
			t.Errorf("Parse(%q) = %+v, want table %q, conflict %v", test.text, got, test.table, test.conflict)
		}
	}
}

// A row that came through the first INSERT only once comes through the second once.
func TestParseWithReturning(t *testing.T) {
	for text, want := range map[string]Conflict{
		"WITH a AS (INSERT INTO people VALUES (1) ON CONFLICT DO NOTHING RETURNING n) INSERT INTO log SELECT n FROM a":              Handled,
		"WITH a AS (INSERT INTO people VALUES (1) ON CONFLICT (n) DO UPDATE SET m = 1 RETURNING n) INSERT INTO log SELECT n FROM a": Raw,
		"WITH a AS (INSERT INTO people VALUES (1) ON CONFLICT DO NOTHING RETURNING n) INSERT INTO log VALUES (1)":                   Raw,
	} {
		if got := Parse(text); len(got) != 2 || got[0].Conflict != Handled || got[1].Table != "log" || got[1].Conflict != want {
			t.Errorf("Parse(%q) = %+v, want %v for the second", text, got, want)
		}
	}
}

func TestParseNotAStatement(t *testing.T) {
	for _, text := range []string{
		"",
		"failed to insert into flows table",
		"INSERT INTO flows failed: %v",
		"insert into flows table",
		"executing INSERT command",
		"INSERT",
		"insert into flows with value 5 failed",
		"insert into flows values were wrong",
		"INSERT INTO",
		"insert into (people",
		"Insert into the queue (low priority) was refused",
		"SELECT 'INSERT INTO people VALUES (1)'",
		"MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)",
		"WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)",
		"REPLACE INTO people (n) VALUES (?)",
		"UPDATE people SET n = 1",
		"CREATE FUNCTION f() RETURNS void AS $$ BEGIN INSERT INTO people VALUES (1); END $$ LANGUAGE plpgsql",
	} {
		if got := Parse(text); len(got) != 0 {
			t.Errorf("Parse(%q) = %+v, want nothing", text, got)
		}
	}
}

func TestParseCounts(t *testing.T) {
	for text, want := range map[string]bool{
		"INSERT INTO t (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = t.n + 1":          true,
		"INSERT INTO t (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = t.n + EXCLUDED.n": true,
		"INSERT INTO t (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = 1, n = 1 + t.n":   true,
		"INSERT INTO t (id, n) VALUES (1, 1) ON DUPLICATE KEY UPDATE n = n + 1":                   true,
		"INSERT INTO t (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n":       false,
		"INSERT INTO t (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n + 1":   false,
		"INSERT INTO t (id, n) VALUES (1, 1) ON DUPLICATE KEY UPDATE n = VALUES(n) + 1":           false,
		"INSERT INTO t (id, n) VALUES (1 + 1, 1) ON CONFLICT DO NOTHING":                          false,
		"INSERT INTO t (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = 1 + 1, n = 2":     false,
	} {
		if got := Parse(text); len(got) != 1 || got[0].Counts != want {
			t.Errorf("Parse(%q) = %+v, want Counts %v", text, got, want)
		}
	}
}

func TestParseOthers(t *testing.T) {
	got := Parse(`DELETE FROM people WHERE id = $1; CREATE TEMP TABLE IF NOT EXISTS staging (a int); TRUNCATE TABLE cars;
		DROP TABLE IF EXISTS old; CREATE UNLOGGED TABLE new (a int); CREATE TABLE IF NOT EXISTS kept (a int); CREATE INDEX i ON kept (a); DROP INDEX i; CREATE VIEW v AS SELECT 1`)
	want := []Statement{{Verb: Delete, Table: "people"}, {Verb: Create, Table: "staging"}, {Verb: Delete, Table: "cars"}, {Verb: Delete, Table: "old"}, {Verb: Create, Table: "new"}}
	if len(got) != len(want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("statement %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestParseLongText(t *testing.T) {
	text := "INSERT INTO people (n) VALUES " + strings.Repeat("('x'), ", 200_000) + "('y')"
	if got := Parse(text); len(got) != 1 || got[0].Table != "people" {
		t.Errorf("got %+v", got)
	}
}

// Time is linear in the text, and the stack is bounded.
func TestParseDeepText(t *testing.T) {
	const n = 100_000
	for _, text := range []string{
		"INSERT INTO people SELECT n FROM " + strings.Repeat("(", n) + "s",
		"INSERT INTO people SELECT n FROM s WHERE " + strings.Repeat("(", n),
		"INSERT INTO people SELECT n FROM s WHERE " + strings.Repeat("NOT n ", n),
		"INSERT INTO people " + strings.Repeat("(", n) + "SELECT n FROM s",
		"INSERT INTO people " + strings.Repeat("SELECT n FROM (", n),
		"WITH a AS (SELECT 1)" + strings.Repeat(", b AS (INSERT INTO people SELECT 1)", n/5) + " SELECT 1",
	} {
		Parse(text)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, rows := range []int{10, 1000, 100_000} {
		text := "INSERT INTO people (n) VALUES " + strings.Repeat("('x'), ", rows) + "('y')"
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("INSERT INTO people (n) VALUES ($1) ON CONFLICT DO NOTHING")
	f.Add("WITH a AS (INSERT INTO " + Hole + " VALUES (")
	f.Add("insert into `a\xff.b")
	f.Add("INSERT INTO a (n) SELECT n FROM s LEFT JOIN (SELECT 1) AS p ON p.n = s.n, LATERAL f(1) x WHERE p.n IS NULL OR NOT (EXISTS (SELECT 1))")
	f.Add("WITH RECURSIVE a (n) AS MATERIALIZED (SELECT n FROM a EXCEPT SELECT 1), b AS (DELETE FROM q RETURNING *) INSERT INTO \"x\"\"y\" SELECT * FROM a, b UNION (SELECT 1)")
	f.Add("insert into t select E'it\\' ON' like '\\' on conflict on constraint c do update set n = t.n + excluded.n where t.n <> ALL (select 1)")
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range Parse(text) {
			if s.Verb == 0 {
				t.Errorf("statement without a verb: %+v", s)
			}
		}
	})
}
