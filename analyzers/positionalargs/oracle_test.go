package positionalargs_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers/internal/oracle"
	"github.com/mediacloud/mcwflint/analyzers/positionalargs"
)

var (
	seed  = flag.Uint64("seed", 1, "of the generated calls")
	count = flag.Int("calls", 2500, "how many to generate")
)

// TestOracle compares the findings on generated signatures and calls with what the
// SDK does with them in its test environment: an error, something lost, or neither.
func TestOracle(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program with the SDK")
	}
	g := &generator{rand: rand.New(rand.NewPCG(*seed, 0))}
	source := g.file(*count)
	dir, err := filepath.Abs("../../testdata/src/oracle/args")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "cases.go")
	told := oracle.Run(t, source, file)
	found := findings(t, source, file)

	seen, excepted := make(map[string]int), 0
	for i, c := range g.cases {
		name := fmt.Sprintf("W%d", i)
		verdict := told[fmt.Sprintf("C%d", i)]
		seen[c.form+" "+verdict]++
		message, reported := found[name]
		if c.excepted() {
			excepted++
			continue
		}
		if reported != (verdict != "ok") {
			t.Errorf("seed %d: %s\n\t%s: the SDK says %s, found %q", *seed, name, c, verdict, message)
		}
	}
	t.Logf("seed %d: %v, %d excepted", *seed, seen, excepted)
	if excepted > *count/5 {
		t.Errorf("%d of %d calls are excepted", excepted, *count)
	}
}

// A call is one generated case.
type call struct {
	form         string // how the target is run
	params, args []string
	result, into string
}

func (c call) String() string {
	return fmt.Sprintf("%s(%s) with (%s), result %s into %s", c.form, strings.Join(c.params, ", "), strings.Join(c.args, ", "), c.result, c.into)
}

// excepted lists where a static answer must differ.
func (c call) excepted() bool {
	pairs := [][2]string{{c.result, c.into}}
	for i := range min(len(c.params), len(c.args)) {
		pairs = append(pairs, [2]string{c.args[i], c.params[i]})
	}
	if c.form == "local" || c.form == "continue" {
		pairs = pairs[:1] // checked by assignability, exactly
	}
	for _, p := range pairs {
		from, to := p[0], p[1]
		switch {
		case from == to:
		case ownJSON[strings.TrimPrefix(from, "*")] || ownJSON[strings.TrimPrefix(to, "*")]:
			return true // what it writes and accepts is a matter of its methods
		case strings.Contains(to, "commonpb.") && strings.Contains(from, "commonpb."):
			return true // whether the messages share fields is a matter of protobuf
		case strings.Contains(to, "commonpb."):
			return true // a plain struct may have the message's JSON fields
		case strings.Contains(from, "any"):
			return true // what is in an interface is not known
		case strings.HasPrefix(from, "map[string]") && isStruct[strings.TrimPrefix(to, "*")]:
			return true // whether the keys are fields is a matter of the value
		}
	}
	return false
}

var ownJSON = map[string]bool{"time.Time": true, "json.RawMessage": true, "Key": true, "json.Number": true}

var isStruct = map[string]bool{"Order": true, "Status": true, "Numbered": true, "Extended": true, "Quoted": true, "Lower": true}

type generator struct {
	rand  *rand.Rand
	cases []call
}

func (g *generator) typ() string {
	all := []string{"int", "int64", "uint8", "float64", "string", "Str", "bool", "[]byte", "Bytes", "[]int", "[]string", "[2]int",
		"map[string]int", "map[string]string", "map[int]string", "Order", "*Order", "Status", "Numbered", "Extended", "*Extended", "Quoted", "Lower",
		"time.Time", "json.Number", "json.RawMessage", "Key", "commonpb.WorkflowType", "*commonpb.WorkflowType", "[]Order", "map[string]Order", "map[string]any", "*int", "*[]byte"}
	return all[g.rand.IntN(len(all))]
}

// like returns the type itself more often than another one.
func (g *generator) like(t string) string {
	switch n := g.rand.IntN(10); {
	case n < 6:
		return t
	case n < 7 && strings.HasPrefix(t, "*"):
		return t[1:]
	case n < 7:
		return "*" + t
	}
	return g.typ()
}

func (g *generator) next() call {
	c := call{form: []string{"activity", "local", "child", "continue", "name"}[g.rand.IntN(5)]}
	for range g.rand.IntN(4) {
		c.params = append(c.params, g.typ())
	}
	for _, p := range c.params {
		c.args = append(c.args, g.like(p))
		if g.rand.IntN(12) == 0 {
			c.params[len(c.args)-1] = "any"
		}
	}
	switch g.rand.IntN(8) {
	case 0:
		c.args = append(c.args, g.typ())
	case 1:
		if len(c.args) > 0 {
			c.args = c.args[1:]
		}
	}
	if c.form != "continue" && g.rand.IntN(3) == 0 {
		c.result = g.typ()
		c.into = g.like(c.result)
	}
	return c
}

func (g *generator) file(n int) []byte {
	var out, table bytes.Buffer
	fmt.Fprint(&out, `package main

import (
	"context"
	"encoding/json"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/oracle/filled"
)

var (
	_ json.Number
	_ time.Time
	_ commonpb.Payload
	_ context.Context
)

`)
	for i := range n {
		c := g.next()
		g.cases = append(g.cases, c)
		g.write(&out, i, c)
		args := len(c.args)
		if c.form == "continue" {
			args = -1
		}
		fmt.Fprintf(&table, "\t{\"C%d\", A%d, W%d, %d},\n", i, i, i, args)
	}
	fmt.Fprintf(&out, "var cases = []testCase{\n%s}\n", table.String())
	return out.Bytes()
}

func (g *generator) write(out *bytes.Buffer, i int, c call) {
	context := "context.Context"
	if c.form == "child" || c.form == "continue" {
		context = "workflow.Context"
	}
	var params, names, args strings.Builder
	for k, p := range c.params {
		fmt.Fprintf(&params, ", p%d %s", k, p)
		fmt.Fprintf(&names, "p%d, ", k)
	}
	for _, a := range c.args {
		fmt.Fprintf(&args, ", filled.Of[%s]()", a)
	}
	if c.result != "" {
		fmt.Fprintf(out, "func A%d(ctx %s%s) (%s, error) { record(%s); return filled.Of[%s](), nil }\n\n", i, context, params.String(), c.result, names.String(), c.result)
	} else {
		fmt.Fprintf(out, "func A%d(ctx %s%s) error { record(%s); return nil }\n\n", i, context, params.String(), names.String())
	}
	target := fmt.Sprintf("A%d", i)
	if c.form == "name" {
		target = fmt.Sprintf("%q", target)
	}
	call := map[string]string{"activity": "ExecuteActivity", "name": "ExecuteActivity", "local": "ExecuteLocalActivity", "child": "ExecuteChildWorkflow"}[c.form]
	fmt.Fprintf(out, "func W%d(ctx workflow.Context) error {\n", i)
	switch {
	case c.form == "continue":
		fmt.Fprintf(out, "\treturn workflow.NewContinueAsNewError(ctx, %s%s)\n}\n\n", target, args.String())
	case c.result != "":
		fmt.Fprintf(out, "\tvar v %s\n\tif err := workflow.%s(once(ctx), %s%s).Get(ctx, &v); err != nil {\n\t\treturn err\n\t}\n\tgot = append(got, v)\n\tif len(got) != %d+1 {\n\t\tgot = nil\n\t\tpanic(\"lost\")\n\t}\n\tgot = got[:%d]\n\tif zeroed(v) {\n\t\tpanic(\"lost\")\n\t}\n\treturn nil\n}\n\n",
			c.into, call, target, args.String(), len(c.params), len(c.params))
	default:
		fmt.Fprintf(out, "\treturn workflow.%s(once(ctx), %s%s).Get(ctx, nil)\n}\n\n", call, target, args.String())
	}
	if c.form == "name" {
		// The registration that the name is resolved by.
		fmt.Fprintf(out, "func R%d(w registry) { w.RegisterActivity(A%d) }\n\n", i, i)
	}
}

// findings runs the rule and returns its messages by the function they are in.
func findings(t *testing.T, source []byte, file string) map[string]string {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax | packages.NeedModule, Dir: filepath.Dir(file), Overlay: map[string][]byte{file: source},
	}, ".")
	if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
		t.Fatalf("load: %v %v", err, pkgs[0].Errors)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{positionalargs.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	scope := pkgs[0].Types.Scope()
	byLine := make(map[int]string)
	for _, name := range scope.Names() {
		if at := pkgs[0].Fset.Position(scope.Lookup(name).Pos()); strings.HasPrefix(name, "W") && at.Filename == file {
			byLine[at.Line] = name
		}
	}
	found := make(map[string]string)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, d := range act.Diagnostics {
			at := pkgs[0].Fset.Position(d.Pos)
			for line := at.Line; line > 0; line-- {
				if name := byLine[line]; name != "" {
					found[name] = d.Message
					break
				}
			}
		}
	}
	return found
}
