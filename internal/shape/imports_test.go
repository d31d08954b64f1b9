package shape

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/mediacloud/mcwflint/"

// A layer is a set of rooms, by path or, with a slash at the end, by prefix, and what they may
// import of ours. The first that fits counts.
var layers = []struct {
	room string
	may  []string
}{
	{"analyzers/internal/syntax", nil},
	{"analyzers/internal/flags", nil},
	{"analyzers/internal/codec", nil},
	{"analyzers/internal/sdk", []string{"analyzers/internal/syntax"}},
	{"analyzers/internal/structure", nil},
	{"analyzers/internal/report", nil},
	{"analyzers/internal/keys", []string{"analyzers/internal/syntax"}},
	{"analyzers/internal/wire", []string{"analyzers/internal/sdk", "analyzers/internal/syntax"}},
	{"analyzers/internal/sqltext", []string{"analyzers/internal/syntax"}},
	{"analyzers/internal/roles", []string{"analyzers/internal/flow", "analyzers/internal/sdk", "analyzers/internal/syntax", "analyzers/internal/keys"}},
	{"analyzers/internal/flow", []string{"analyzers/internal/syntax"}},
	{"analyzers/internal/flow/", []string{"analyzers/internal/syntax", "analyzers/internal/keys"}},
	{"analyzers/internal/bindings", []string{"analyzers/internal/syntax", "analyzers/internal/keys"}},
	{"analyzers/internal/facts", []string{"analyzers/internal/codec", "analyzers/internal/bindings"}},
	{"analyzers/internal/callgraph", []string{
		"analyzers/internal/syntax", "analyzers/internal/keys", "analyzers/internal/codec", "analyzers/internal/bindings", "analyzers/internal/facts", "analyzers/internal/report",
	}},
	{"analyzers/internal/callgraph/toy", []string{"analyzers/internal/callgraph", "analyzers/internal/facts", "analyzers/internal/keys", "analyzers/internal/report"}},
	{"analyzers/internal/domains/domaintest", []string{"analyzers/internal/callgraph", "analyzers/internal/report"}},
	{"analyzers/internal/domains/", []string{
		"analyzers/internal/callgraph", "analyzers/internal/facts", "analyzers/internal/bindings", "analyzers/internal/domains/", "analyzers/internal/flow", "analyzers/internal/flow/", "analyzers/internal/roles", "analyzers/internal/sdk",
		"analyzers/internal/syntax", "analyzers/internal/keys", "analyzers/internal/flags", "analyzers/internal/sqltext", "analyzers/internal/wire",
	}},
	{"analyzers/internal/program", []string{
		"analyzers/internal/callgraph", "analyzers/internal/flags", "analyzers/internal/keys", "analyzers/internal/report",
	}},
	{"analyzers/internal/payloads", []string{
		"analyzers/internal/domains/", "analyzers/internal/roles", "analyzers/internal/sdk", "analyzers/internal/syntax",
	}},
	{"analyzers/internal/", []string{"analyzers"}}, // tools
	{"analyzers", []string{"analyzers/"}},
	{"analyzers/wirebreak", []string{"analyzers/commands", "analyzers/internal/"}},
	{"analyzers/", []string{"analyzers/internal/"}}, // a rule
	{"cmd/", []string{"analyzers", "analyzers/commands", "internal/"}},
	{"internal/graph", []string{"analyzers/commands"}},
	{"internal/compat", []string{"analyzers/commands", "analyzers/wirebreak", "internal/"}},
	{"internal/", []string{"analyzers", "internal/"}},
	{"", []string{"analyzers", "internal/settings"}}, // the plugin
}

func fits(path, room string) bool {
	return path == room || strings.HasSuffix(room, "/") && strings.HasPrefix(path, room)
}

// Have: imports go one way. A rule does not import another, the call graph knows no domain,
// and nothing imports a command.
func TestImports(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	rooms := 0
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		rooms++
		room := strings.TrimPrefix(strings.TrimPrefix(pkg.ImportPath, strings.TrimSuffix(module, "/")), "/")
		for _, imp := range pkg.Imports {
			if to, ours := strings.CutPrefix(imp, module); ours && !allowed(room, to) {
				t.Errorf("%s imports %s", room, to)
			}
		}
	}
	if allowed("analyzers/internal/callgraph", "analyzers/internal/roles") || allowed("analyzers/rawinsert", "analyzers/dbconnect") || allowed("internal/lint", "cmd/mcwflint") {
		t.Error("the table allows what it must not")
	}
	if rooms < 30 {
		t.Errorf("only %d rooms", rooms)
	}
}

func allowed(room, to string) bool {
	for _, l := range layers {
		if !fits(room, l.room) {
			continue
		}
		for _, may := range l.may {
			if fits(to, may) {
				return true
			}
		}
		return false
	}
	return false
}
