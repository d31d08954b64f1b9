package pgquery

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var (
	seed  = flag.Uint64("seed", 1, "what the generated statements follow from")
	texts = flag.Int("texts", 30_000, "how many statements to generate")
)

// TestGenerated compares the two on generated text.
func TestGenerated(t *testing.T) {
	g := &generator{rng: rand.New(rand.NewPCG(*seed, 0))}
	judged, inserts, handled, failed := 0, 0, 0, 0
	for i := range *texts {
		text := g.text()
		difference, ok := disagreement(text)
		if !ok {
			ours(text) // must not panic
			continue
		}
		judged++
		for _, in := range ours(text) {
			inserts++
			if in.handled {
				handled++
			}
		}
		if difference != "" {
			t.Errorf("-seed=%d, text %d: %s\n%s", *seed, i, difference, text)
			if failed++; failed == 20 {
				t.Fatal("and so on")
			}
		}
	}
	t.Logf("%d texts, of which PostgreSQL parses %d, with %d INSERTs, %d of them with conflict handling", *texts, judged, inserts, handled)
	// A generator that writes no SQL would prove nothing.
	if judged < *texts*3/4 || inserts < *texts/2 || handled < *texts/8 {
		t.Error("too little of it is SQL")
	}
}

// A generator writes SQL as people do: it follows PostgreSQL's grammar, and puts
// the words that sqltext looks for where they mean nothing.
type generator struct {
	rng   *rand.Rand
	depth int
	ctes  []string
}

func (g *generator) one(of ...string) string { return of[g.rng.IntN(len(of))] }

// chance is true once in n times.
func (g *generator) chance(n int) bool { return g.rng.IntN(n) == 0 }

func (g *generator) maybe(n int, s string) string {
	if g.chance(n) {
		return s
	}
	return ""
}

// pick calls one of the functions.
func (g *generator) pick(of ...func() string) string { return of[g.rng.IntN(len(of))]() }

func (g *generator) list(most int, sep string, f func() string) string {
	var parts []string
	for range 1 + g.rng.IntN(most) {
		parts = append(parts, f())
	}
	return strings.Join(parts, sep)
}

// text is one statement or a few. Words are separated by blanks; noise then writes
// other things there.
func (g *generator) text() string {
	g.ctes = nil
	s := g.statement()
	for g.chance(8) {
		s += " ; " + g.statement()
	}
	s += g.maybe(6, " ;")
	if g.chance(12) {
		// What is left when a program builds the rest.
		words := strings.Split(s, " ")
		s = strings.Join(words[:1+g.rng.IntN(len(words))], " ")
	}
	return g.noise(s)
}

// quoted marks the blanks of a string or quoted name, which are part of it.
func quoted(s string) string { return strings.ReplaceAll(s, " ", "\x00") }

// noise replaces the blanks outside of quotes.
func (g *generator) noise(s string) string {
	var b strings.Builder
	b.WriteString(g.maybe(4, "\n\t\t"))
	b.WriteString(g.maybe(10, "-- name: InsertPerson :one\n"))
	for i, word := range strings.Split(s, " ") {
		if i > 0 {
			switch g.rng.IntN(40) {
			case 0:
				b.WriteString(" -- " + g.one("ON CONFLICT DO NOTHING", "insert into t", "it's", "a \" quote", "; (") + "\n")
			case 1:
				b.WriteString(" /* " + g.one("ON CONFLICT DO NOTHING", "INSERT INTO t VALUES (1);", "it's", "WHERE NOT EXISTS (", "*", "--") + " */ ")
			case 2, 3, 4, 5:
				b.WriteString(g.one("\n", "\n\t\t", "  ", "\t", " \r\n"))
			default:
				b.WriteByte(' ')
			}
		}
		// Only words that are keywords or unquoted names may change their case.
		if g.chance(3) && strings.IndexFunc(word, func(r rune) bool { return r < 'A' || r > 'z' }) < 0 {
			word = g.one(strings.ToLower(word), strings.ToUpper(word), strings.ToUpper(word[:1])+strings.ToLower(word[1:]))
		}
		b.WriteString(word)
	}
	return strings.ReplaceAll(b.String(), "\x00", " ")
}

func (g *generator) statement() string {
	switch g.rng.IntN(16) {
	case 0, 1:
		return g.with() + g.query()
	case 2:
		return g.with() + "UPDATE " + g.table() + " SET " + g.list(2, " , ", g.assignment) + g.maybe(2, " FROM "+g.from()) + g.where() + g.returning()
	case 3:
		return g.with() + "DELETE FROM " + g.table() + g.maybe(3, " USING "+g.from()) + g.where() + g.returning()
	case 4:
		return g.with() + "MERGE INTO " + g.table() + " AS m USING " + g.table() + " AS n ON m.id = n.id WHEN NOT MATCHED THEN INSERT ( id , name ) VALUES ( n.id , " + g.value() + " )" +
			g.maybe(2, " WHEN MATCHED THEN UPDATE SET "+g.assignment())
	case 5:
		return g.one("CREATE TABLE "+g.table()+" ( id int primary key , insert_into text )",
			"CREATE TEMP TABLE staging AS SELECT 1",
			"COMMENT ON TABLE people IS "+quoted("'INSERT INTO people VALUES (1)'"),
			"CREATE FUNCTION f () RETURNS void LANGUAGE plpgsql AS "+quoted("$$ BEGIN INSERT INTO people VALUES (1); END $$"),
			"CREATE FUNCTION f () RETURNS void LANGUAGE sql AS "+quoted("$body$ INSERT INTO people VALUES ($x$it's$x$); $body$"),
			"CREATE INDEX ON people ( name )", "BEGIN", "COMMIT", "TRUNCATE people", "DO "+quoted("$do$ BEGIN INSERT INTO people VALUES (1); END; $do$"),
			"COPY people FROM STDIN", "GRANT INSERT ON people TO PUBLIC", "LOCK TABLE people", "SET search_path TO people",
			"CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION f ( )")
	}
	return g.with() + g.insert()
}

// with is a WITH clause or nothing. Its names may be selected from.
func (g *generator) with() string {
	if !g.chance(4) {
		return ""
	}
	var all []string
	for range 1 + g.rng.IntN(2) {
		name := g.one("fresh", "known", "moved", "conflict", "insert_into")
		if strings.Contains(strings.Join(g.ctes, " "), name) {
			continue
		}
		query := g.pick(g.query, g.query, g.insert, func() string { return "DELETE FROM " + g.table() + g.where() + " RETURNING *" },
			func() string { return "UPDATE " + g.table() + " SET " + g.assignment() + g.where() + " RETURNING *" })
		all = append(all, name+g.maybe(5, " ( id , name )")+" AS "+g.one("", "", "", "MATERIALIZED ", "NOT MATERIALIZED ")+"( "+query+" )")
		g.ctes = append(g.ctes, name)
	}
	if len(all) == 0 {
		return ""
	}
	return "WITH " + g.maybe(6, "RECURSIVE ") + strings.Join(all, " , ") + " "
}

func (g *generator) insert() string {
	s := "INSERT INTO " + g.table() + g.maybe(5, " AS "+g.one("p", "conflict", quoted(`"on conflict"`)))
	if g.chance(10) {
		s += " DEFAULT VALUES"
	} else {
		s += g.maybe(2, " ( "+g.list(3, " , ", g.column)+" )")
		s += g.maybe(12, " OVERRIDING "+g.one("SYSTEM", "USER")+" VALUE")
		switch g.rng.IntN(4) {
		case 0, 1:
			s += " VALUES " + g.list(3, " , ", func() string { return "( " + g.list(3, " , ", g.value) + " )" })
		case 2:
			s += " " + g.query()
		case 3:
			s += " ( " + g.query() + " )"
		}
	}
	if g.chance(3) {
		s += " ON CONFLICT" + g.one("", " ( id )", " ( id , lower ( name ) )", " ( name ) WHERE active", " ON CONSTRAINT people_key")
		if strings.HasSuffix(s, " ON CONFLICT") || g.chance(2) {
			s += " DO NOTHING"
		} else {
			s += " DO UPDATE SET " + g.list(2, " , ", g.assignment) + g.maybe(4, " WHERE "+g.predicate())
		}
	}
	return s + g.returning()
}

func (g *generator) returning() string {
	return g.maybe(4, " RETURNING "+g.one("*", "id", "id , name", "( xmax = 0 ) AS inserted"))
}

func (g *generator) assignment() string { return g.column() + " = " + g.value() }

func (g *generator) table() string {
	return g.one("people", "people", "cars", "public.people", `"people"`, `public."people"`, `"public"."people"`, "_people", "people2", "värld", `"Ord""er"`, quoted(`"insert into"`), "orders", "queue", quoted(`"a b"`), "app.public.people", "public . people")
}

func (g *generator) column() string {
	return g.one("id", "name", "n", `"name"`, `"values"`, "email", "value", "conflict", "insert_into", "ignore", "deleted_at", quoted(`"on conflict"`))
}

func (g *generator) value() string {
	if g.depth > 2 {
		return "1"
	}
	g.depth++
	defer func() { g.depth-- }()
	return g.pick(
		func() string {
			return g.one("1", "-1", "1.5e3", "NULL", "TRUE", "DEFAULT", "$1", "$2", "$3::jsonb", "now()", "ARRAY[1,2]", "CURRENT_TIMESTAMP")
		},
		func() string {
			return quoted(g.one("'x'", "'ON CONFLICT DO NOTHING'", "'it''s'", "'INSERT INTO t VALUES (1);'", `E'it\'s ;'`, "$$it's; ON CONFLICT$$", "$a$INSERT$$(;$a$", "''", `'a\'`, "'NOT EXISTS (SELECT 1)'", "'a [b] `c`'", "U&'d'", "B'01'", "'--'", "'/*'", "N'x'", `'\'`, "'{\"a\": [1]}'::jsonb", "now() - '1 day'::interval"))
		},
		g.column,
		func() string { return "coalesce ( " + g.value() + " , " + g.value() + " )" },
		func() string { return "left ( name , 3 )" },
		func() string { return "( " + g.value() + " )" },
		func() string { return g.value() + " + " + g.value() },
		func() string {
			return "CASE WHEN " + g.predicate() + " THEN " + g.value() + " ELSE " + g.value() + " END"
		},
		func() string { return "( SELECT " + g.value() + " FROM " + g.from() + g.where() + " )" },
		func() string { return "EXISTS ( " + g.query() + " )" },
		func() string { return "NOT EXISTS ( " + g.query() + " )" },
		func() string { return "data ->> 'a'" },
		func() string { return "tags[1]" },
		func() string { return "extract ( year FROM now() )" },
	)
}

func (g *generator) query() string {
	if g.depth > 2 {
		return "SELECT 1"
	}
	if g.chance(20) {
		return "TABLE " + g.one(append(g.ctes, "cars")...)
	}
	g.depth++
	defer func() { g.depth-- }()
	s := "SELECT " + g.maybe(8, "DISTINCT ") + g.list(2, " , ", g.value)
	if !g.chance(4) {
		s += " FROM " + g.from()
	}
	s += g.where()
	if g.chance(10) {
		s += " " + g.one("EXCEPT", "UNION", "UNION ALL", "INTERSECT", "EXCEPT ALL") + " SELECT " + g.value() + " FROM " + g.from()
	}
	return s + g.maybe(10, " ORDER BY 1 LIMIT 5") + g.maybe(12, " FOR UPDATE SKIP LOCKED")
}

func (g *generator) from() string {
	if g.depth > 2 {
		return "cars"
	}
	g.depth++
	defer func() { g.depth-- }()
	if len(g.ctes) > 0 && g.chance(2) {
		return g.one(g.ctes...)
	}
	return g.pick(g.table, g.table,
		func() string { return g.table() + " AS s" },
		func() string { return g.table() + " s , " + g.table() + " o" },
		func() string { return "( " + g.query() + " ) AS s" },
		func() string { return "unnest ( $1::int[] ) AS s ( id )" },
		func() string {
			return g.table() + " s " + g.one("JOIN", "LEFT JOIN", "LEFT OUTER JOIN", "RIGHT JOIN", "FULL JOIN", "INNER JOIN") + " " + g.table() + " " + g.maybe(2, "AS ") + "p ON " + g.one("p.id = s.id", "p.id = s.id AND p.name = s.name", "conflict.id = s.id", "( p.id = s.id )")
		},
		func() string { return g.table() + " s LEFT JOIN " + g.table() + " p USING ( id )" },
		func() string { return g.table() + " s LEFT JOIN ( " + g.query() + " ) AS p ON p.id = s.id" },
		func() string { return "( VALUES ( 1 , " + g.value() + " ) ) AS v ( id , name )" },
	)
}

func (g *generator) where() string {
	return g.maybe(2, " WHERE "+g.list(2, " "+g.one("AND", "OR")+" ", g.predicate))
}

func (g *generator) predicate() string {
	if g.depth > 2 {
		return "active"
	}
	g.depth++
	defer func() { g.depth-- }()
	return g.pick(
		func() string { return "id = " + g.value() },
		func() string { return "NOT active" },
		func() string { return "name " + g.one("IS NULL", "IS NOT NULL", "ISNULL", "NOTNULL") },
		func() string { return "s.deleted_at IS NULL" },
		func() string {
			return g.one("p.id", "p.name", `"p"."id"`, "p . id") + " " + g.one("IS NULL", "IS NOT NULL", "ISNULL")
		},
		func() string { return "name NOT LIKE '%x'" },
		func() string { return "id NOT BETWEEN 1 AND 5" },
		func() string { return "id " + g.one("IN", "NOT IN") + " ( 1 , 2 )" },
		func() string { return "id " + g.one("IN", "NOT IN") + " ( " + g.query() + " )" },
		func() string { return "NOT id IN ( " + g.query() + " )" },
		func() string { return g.one("EXISTS", "NOT EXISTS", "NOT EXISTS") + " ( " + g.query() + " )" },
		func() string { return "NOT ( EXISTS ( " + g.query() + " ) )" },
		func() string { return "id <> ALL ( " + g.one("$1", g.query()) + " )" },
		func() string {
			return "( SELECT " + g.one("count(*)", "count ( id )", "max(id)") + " FROM " + g.table() + " ) = " + g.one("0", "1")
		},
		func() string { return "id = ANY ( $1 )" },
		func() string { return "( " + g.predicate() + " AND " + g.predicate() + " )" },
		func() string { return "name IS DISTINCT FROM " + g.value() },
		func() string { return fmt.Sprintf("n > %d", g.rng.IntN(10)) },
	)
}
