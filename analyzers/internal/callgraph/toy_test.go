package callgraph_test

import (
	"flag"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph/toy"
)

func TestMain(m *testing.M) {
	if os.Getenv("CALLGRAPH_TEST_TOOL") != "" {
		flag.CommandLine = flag.NewFlagSet("toy", flag.ExitOnError)
		unitchecker.Main(toy.Analyzer)
	}
	os.Exit(m.Run())
}

func Test(t *testing.T) {
	analysistest.Run(t, "testdata/toy", toy.Analyzer, "./...")
}

// Have: go vet, which sees the facts of direct imports and compiled types, reports the same.
func TestVet(t *testing.T) {
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "vet", "-vettool="+tool, "./...")
	cmd.Dir = "testdata/toy"
	cmd.Env = append(os.Environ(), "CALLGRAPH_TEST_TOOL=1")
	out, _ := cmd.CombinedOutput()
	var lines []string
	for line := range strings.Lines(string(out)) {
		if at, message, ok := strings.Cut(strings.TrimSpace(line), ": Boom"); ok {
			lines = append(lines, at[strings.LastIndexByte(at, '/')+1:]+message)
		}
	}
	slices.Sort(lines)
	const want = `app.go:13:21 (RootDirect)
app.go:15:24 (RootComponent -> deep.A -> b -> c at deep.go:17)
app.go:18:16 (RootClosure)
app.go:23:6 (RootMethodValue -> deep.T.Do at deep.go:30; 1 more activity reaches it)
app.go:39:18 (RootStoredElsewhere -> explode; 1 more activity reaches it)
app.go:47:2 (RootInterface -> iface.Loud.Do at iface.go:13)
app.go:57:2 (RootNoisy -> shared.Noisy.Run -> Bang.Do at shared.go:26)
app.go:64:20 (RootTable -> tables.Table.Run -> bang at tables.go:41)
app.go:66:20 (RootHooks -> tables.Table.Start -> crash at tables.go:42; 1 more activity reaches it)
app.go:68:24 (RootDecorated -> tables.Table.Stop -> loud at tables.go:44)
app.go:74:9 (RootGroup)`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("go vet reports\n%s\nwant\n%s\nof\n%s", got, want, out)
	}
}
