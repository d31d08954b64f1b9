package pgquery

import (
	_ "embed"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	pg "github.com/pganalyze/pg_query_go/v6"
)

//go:embed modules.txt
var modules string

// TestModules compares the two on SQL that others wrote.
func TestModules(t *testing.T) {
	if testing.Short() {
		t.Skip("downloads modules")
	}
	tree := module{seen: make(map[string]bool)}
	for line := range strings.Lines(modules) {
		if !strings.HasPrefix(line, "#") {
			f := strings.Fields(line)
			tree.read(t, download(t, f[0]+"@"+f[1], f[2]))
		}
	}
	t.Logf("%d texts, of which PostgreSQL parses %d, with %d INSERTs, %d of them with conflict handling; in %d others sqltext finds INSERTs",
		len(tree.seen), tree.judged, tree.inserts, tree.handled, tree.foreign)
	if tree.inserts < 500 {
		t.Error("too little SQL")
	}
}

// download returns the folder of a module that is what the list says.
func download(t *testing.T, version, sum string) string {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", version)
	cmd.Dir = t.TempDir() // outside of this module
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	var got struct{ Dir, Sum, Error string }
	if e := json.Unmarshal(out, &got); e != nil || err != nil {
		t.Fatalf("go mod download %s: %v, %v %s", version, err, e, got.Error)
	}
	if got.Sum != sum {
		t.Fatalf("%s has the sum %s, not %s", version, got.Sum, sum)
	}
	return got.Dir
}

type module struct {
	seen                              map[string]bool
	judged, inserts, handled, foreign int
}

func (m *module) read(t *testing.T, dir string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimPrefix(path, filepath.Dir(dir)+string(filepath.Separator))
		switch filepath.Ext(path) {
		case ".sql":
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			m.text(t, name, string(data))
			// Where a part of a file is not PostgreSQL's, others are.
			if parts, err := pg.SplitWithScanner(string(data), true); err == nil {
				for _, part := range parts {
					m.text(t, name, part)
				}
			}
		case ".go":
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return nil // templates and tests of parsers
			}
			ast.Inspect(file, func(n ast.Node) bool {
				x, ok := n.(ast.Expr)
				if !ok {
					return true
				}
				text, ok := literal(x)
				if ok {
					m.text(t, name+":"+strconv.Itoa(fset.Position(x.Pos()).Line), text)
				}
				return !ok
			})
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// literal is the text of a string literal, or of several with + between them.
func literal(x ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(x.Value)
		return text, err == nil && x.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(x.X)
		right, ok2 := literal(x.Y)
		return left + right, ok && ok2 && x.Op == token.ADD
	}
	return "", false
}

var (
	// sql matches what may be a statement; most strings in Go are none.
	sql = regexp.MustCompile(`(?i)\b(insert|select|update|delete|merge|create|with|values|truncate)\b`)
	// placeholder matches other libraries' placeholders, which are values.
	placeholder = regexp.MustCompile(`\?|[:@][A-Za-z_]\w*`)
	// verb matches those of fmt: names, as often as not.
	verb = regexp.MustCompile(`%(\[\d\])?[svdq]`)
)

func (m *module) text(t *testing.T, where, text string) {
	if m.seen[text] || !sql.MatchString(text) {
		return
	}
	m.seen[text] = true
	values := placeholder.ReplaceAllString(strings.ReplaceAll(text, "`", `"`), "$$1")
	for _, text := range []string{text, values, verb.ReplaceAllString(values, "x")} {
		difference, judged := disagreement(text)
		if !judged {
			continue
		}
		m.judged++
		for _, in := range ours(text) {
			m.inserts++
			if in.handled {
				m.handled++
			}
		}
		if difference != "" {
			t.Errorf("%s: %s\n%s", where, difference, text)
		}
		return
	}
	if len(ours(text)) > 0 {
		m.foreign++
	}
}
