package pgquery

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	seed  = flag.Uint64("seed", 1, "of the generated statements")
	count = flag.Int("statements", 20_000, "how many are generated")
)

// A gen makes statements that PostgreSQL accepts, and that are hard to tell apart.
type gen struct{ *rand.Rand }

func (g gen) of(choices ...string) string { return choices[g.IntN(len(choices))] }

// maybe is one of the choices, or nothing.
func (g gen) maybe(choices ...string) string {
	if g.IntN(2) == 0 {
		return ""
	}
	return g.of(choices...)
}

func (g gen) space() string {
	return g.of(" ", " ", "\n", "\t", " /* on conflict do nothing */ ", " -- insert into x values (1)\n")
}

func (g gen) join(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p != "" {
			b.WriteString(p + g.space())
		}
	}
	return b.String()
}

func (g gen) word(w string) string { return g.of(w, strings.ToLower(w), w[:1]+strings.ToLower(w[1:])) }

func (g gen) table() string {
	return g.of("people", "public.people", `"people"`, `public."people"`, "insert_log", "conflicts", `"on conflict"`, "Returning_t")
}

func (g gen) value() string {
	return g.of("1", "$1", "'x'", "'on conflict do nothing'", "'it''s'", "$$ on conflict do nothing $$", "$q$insert into x$q$", `E'\' on conflict'`,
		"now()", "NULL", "DEFAULT", "(SELECT max(n) FROM people)", "'{\"a\": \"insert into y\"}'::jsonb", "ARRAY[1,2]", "-1.5e3")
}

func (g gen) values() string {
	row := func() string { return "(" + g.value() + ", " + g.value() + ")" }
	rows := row()
	for g.IntN(3) == 0 {
		rows += "," + g.space() + row()
	}
	return g.word("VALUES") + " " + rows
}

func (g gen) query() string {
	return g.of(
		"SELECT a, b FROM staging",
		"SELECT a, b FROM staging WHERE a IS NULL",
		"SELECT a, b FROM staging s LEFT JOIN other o ON o.a = s.a",
		"SELECT s.a, s.b FROM staging s LEFT JOIN people p ON p.a = s.a WHERE p.a IS NULL",
		"SELECT s.a, s.b FROM staging s LEFT OUTER JOIN people p USING (a) WHERE p.a IS NULL",
		"SELECT a, b FROM staging WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.a = staging.a)",
		"SELECT a, b FROM staging WHERE EXISTS (SELECT 1 FROM other)",
		"SELECT a, b FROM staging WHERE a NOT IN (SELECT a FROM people)",
		"SELECT a, b FROM staging WHERE a IN (SELECT a FROM other)",
		"SELECT a, b FROM staging EXCEPT SELECT a, b FROM people",
		"SELECT a, b FROM staging UNION ALL SELECT a, b FROM more",
		"SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM people WHERE a = $1)",
		"(SELECT a, b FROM staging LIMIT 5)",
		"SELECT 'not exists (select', 'not in (select'",
		"TABLE staging",
	)
}

func (g gen) conflict() string {
	return g.maybe("ON CONFLICT DO NOTHING", "on conflict (a) do nothing", "ON CONFLICT ON CONSTRAINT people_key DO NOTHING",
		"ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b", "ON CONFLICT (lower(a)) WHERE b > 0 DO UPDATE SET b = 1 WHERE people.b < 2")
}

func (g gen) insert() string {
	body := g.of(g.values(), g.values(), g.query(), "DEFAULT VALUES")
	columns := g.maybe("(a, b)", "(\"a\", \"on\")", "( a , b )")
	if body == "DEFAULT VALUES" {
		columns = ""
	}
	return g.join(g.word("INSERT"), g.word("INTO"), g.table()+g.maybe(" AS p"), columns, g.maybe("OVERRIDING SYSTEM VALUE"), body, g.conflict(), g.maybe("RETURNING id", "RETURNING *"))
}

func (g gen) statement() string {
	switch g.IntN(10) {
	case 0:
		return "WITH a AS (" + g.insert() + ") " + g.of("SELECT 1", "SELECT * FROM a", g.insert(), "UPDATE people SET a = 1")
	case 1:
		return "WITH a AS (SELECT 1), b AS (" + g.insert() + ") " + g.of("SELECT 1", g.insert())
	case 2:
		return g.of("BEGIN; ", "", "SET LOCAL x = 1; ") + g.insert() + "; " + g.insert()
	case 3:
		return g.of(
			"SELECT 'INSERT INTO people VALUES (1)'",
			"SELECT insert, into_x FROM people",
			"UPDATE people SET note = 'insert into people values (1)' WHERE a = 1",
			"DELETE FROM people WHERE a = 'on conflict do nothing'",
			"CREATE TABLE inserts (insert text, at timestamptz)",
			"COMMENT ON TABLE people IS 'insert into people values (1)'",
			"GRANT INSERT ON people TO joe",
			"MERGE INTO people p USING staging s ON p.a = s.a WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.a, s.b)",
			"CREATE TRIGGER t AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION f()",
			"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ INSERT INTO people VALUES (1) $$",
			"CREATE POLICY p ON people FOR INSERT WITH CHECK (true)",
		)
	}
	return g.insert()
}

// Have: of what PostgreSQL accepts, both say the same: which INSERTs there are, into
// which table, and whether they handle a row that is there.
func TestGenerated(t *testing.T) {
	g := gen{rand.New(rand.NewPCG(*seed, 0))}
	accepted := 0
	for range *count {
		text := g.statement()
		want, ok := theirs(text)
		if !ok {
			continue
		}
		accepted++
		if got := ours(text); !slices.Equal(got, want) {
			t.Errorf("seed %d: %s\nsqltext says %v, PostgreSQL %v", *seed, text, got, want)
		}
	}
	t.Logf("%d of %d statements accepted by PostgreSQL, seed %d", accepted, *count, *seed)
	if accepted < *count*4/5 {
		t.Errorf("PostgreSQL accepts only %d of %d", accepted, *count)
	}
}

// Have: the same for the SQL of public modules, which modules.txt lists: .sql files, and
// strings in Go that mention INSERT. There are no exceptions.
func TestModules(t *testing.T) {
	list, err := os.ReadFile("modules.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		module := strings.Replace(line, " ", "@", 1)
		t.Run(module, func(t *testing.T) {
			texts, accepted, inserts := 0, 0, 0
			check := func(file, text string) {
				if !strings.Contains(strings.ToLower(text), "insert") {
					return
				}
				texts++
				text = placeholders.ReplaceAllString(text, "${1}$$1")
				want, ok := theirs(text)
				if !ok {
					return
				}
				accepted++
				inserts += len(want)
				if got := ours(text); !slices.Equal(got, want) {
					t.Errorf("%s: %.600s\nsqltext says %v, PostgreSQL %v", file, text, got, want)
				}
			}
			dir := download(t, module)
			err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				rel, _ := filepath.Rel(dir, name)
				switch filepath.Ext(name) {
				case ".sql":
					data, err := os.ReadFile(name)
					check(rel, string(data))
					return err
				case ".go":
					for _, s := range stringsOf(name) {
						check(rel, s)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d texts mention INSERT, PostgreSQL accepts %d, with %d INSERTs", texts, accepted, inserts)
			if inserts == 0 {
				t.Error("no INSERT was compared")
			}
		})
	}
}

// placeholders are those of other libraries: ? and :name.
var placeholders = regexp.MustCompile(`([\s(,=])(\?|:[A-Za-z_]\w*)`)

func download(t *testing.T, module string) string {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", module)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	var info struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &info); err != nil || jsonErr != nil || info.Error != "" {
		t.Fatalf("downloading %s: %v %v %s", module, err, jsonErr, info.Error)
	}
	return info.Dir
}

// stringsOf are the string constants of a Go file, concatenations as a whole.
func stringsOf(name string) []string {
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if v := literal(x); v != nil {
			all = append(all, constant.StringVal(v))
			return false
		}
		return true
	})
	return all
}

// literal is the value of a string literal or of a sum of them, or nil.
func literal(x ast.Expr) constant.Value {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return literal(x.X)
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			return constant.MakeFromLiteral(x.Value, token.STRING, 0)
		}
	case *ast.BinaryExpr:
		a, b := literal(x.X), literal(x.Y)
		if x.Op == token.ADD && a != nil && b != nil {
			return constant.BinaryOp(a, token.ADD, b)
		}
	}
	return nil
}
