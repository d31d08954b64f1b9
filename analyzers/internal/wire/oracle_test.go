package wire_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/types"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers/internal/oracle"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

var (
	seed  = flag.Uint64("seed", 1, "of the generated types")
	count = flag.Int("types", 2500, "how many to generate")
)

const corpus = "../../../testdata/src"

// TestOracle compares the verdicts on generated types with what the default data
// converter does to filled values of them.
func TestOracle(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program with the SDK")
	}
	g := &generator{rand: rand.New(rand.NewPCG(*seed, 0))}
	source := g.file(*count)
	dir, err := filepath.Abs(filepath.Join(corpus, "oracle", "values"))
	if err != nil {
		t.Fatal(err)
	}
	cases := filepath.Join(dir, "cases.go")
	told := oracle.Run(t, source, cases)

	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax, Dir: dir, Overlay: map[string][]byte{cases: source},
	}, ".")
	if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
		t.Fatalf("load: %v %v", err, pkgs)
	}
	names := map[wire.Outcome]string{wire.OK: "ok", wire.Encode: "encode", wire.Decode: "decode", wire.Lost: "lost"}
	seen := make(map[string]int)
	for i := range *count {
		name := fmt.Sprintf("T%d", i)
		typ := pkgs[0].Types.Scope().Lookup(name).Type()
		v := wire.Check(typ)
		got, want := names[v.Outcome], told[name]
		seen[want]++
		if got == want || excepted(v, want) {
			continue
		}
		t.Errorf("seed %d: %s = %s: got %s (%s), the converter says %s", *seed, name, types.TypeString(typ.Underlying(), func(*types.Package) string { return "" }), got, v, want)
	}
	t.Logf("seed %d: %v", *seed, seen)
	for outcome := range names {
		if seen[names[outcome]] < *count/100 {
			t.Errorf("only %d of the types are %q: the generator is too tame", seen[names[outcome]], names[outcome])
		}
	}
}

// excepted lists where a verdict must differ from what the converter does.
func excepted(v wire.Verdict, want string) bool {
	// Locks and atomics are written as {} without an error; a copy of one is still
	// never meant.
	return strings.Contains(v.Reason, "which does not travel") && want != "encode"
}

// generator writes Go types.
type generator struct {
	rand *rand.Rand
	out  bytes.Buffer
}

func (g *generator) file(n int) []byte {
	fmt.Fprint(&g.out, `package main

import (
	"context"
	"encoding/json"
	"io"
	"math/big"
	"reflect"
	"sync"
	"time"

	commonpb "go.temporal.io/api/common/v1"
)

var (
	_ context.Context
	_ json.Number
	_ io.Reader
	_ big.Int
	_ sync.Mutex
	_ time.Time
	_ commonpb.Payload
)

`)
	for i := range n {
		fmt.Fprintf(&g.out, "type T%d = %s\n", i, g.typ(0))
	}
	fmt.Fprint(&g.out, "\nvar cases = []testCase{\n")
	for i := range n {
		fmt.Fprintf(&g.out, "\t{\"T%d\", reflect.TypeFor[T%d]()},\n", i, i)
	}
	fmt.Fprint(&g.out, "}\n")
	return g.out.Bytes()
}

func (g *generator) pick(from ...string) string { return from[g.rand.IntN(len(from))] }

func (g *generator) typ(depth int) string {
	n := g.rand.IntN(20)
	if depth > 3 {
		n = g.rand.IntN(7)
	}
	switch {
	case n < 5:
		return g.pick("int", "string", "bool", "float64", "uint8", "int64", "uintptr", "Str", "Num", "Bytes", "[]byte", "[]Octet", "any", "time.Duration")
	case n < 6:
		return g.pick("time.Time", "json.RawMessage", "json.Number", "*big.Int", "Both", "*ByPointer", "Writer", "Reader", "Text",
			"TextNum", "Name", "Box[int]", "Box[string]", "WithBoth", "WithText", "WithBox", "Shown", "Node", "struct{}", "*commonpb.Payload", "commonpb.WorkflowType")
	case n < 7:
		return g.pick("int", "string", "string", "error", "io.Reader", "chan int", "func()", "complex128", "private", "hidden", "Label", "Legend",
			"Loop", "Blind", "sync.Mutex", "[0]func()", "interface{ String() string }", "Pair[chan int]", "Pair[private]")
	case n < 9:
		return "*" + g.typ(depth+1)
	case n < 11:
		return "[]" + g.typ(depth+1)
	case n < 12:
		return fmt.Sprintf("[%d]", g.rand.IntN(3)) + g.typ(depth+1)
	case n < 14:
		return "map[" + g.pick("string", "string", "int", "Str", "Num", "uint8", "bool", "float64", "Text", "TextNum", "Legend", "[2]int", "any", "Shown", "*Text") + "]" + g.typ(depth+1)
	}
	return g.structure(depth)
}

func (g *generator) structure(depth int) string {
	var b strings.Builder
	b.WriteString("struct {")
	embedded := make(map[string]bool)
	for i := range g.rand.IntN(4) {
		switch g.rand.IntN(8) {
		case 0:
			e := g.pick("Shown", "hidden", "private", "*Shown", "*hidden", "*private", "Str", "Num")
			// Types with marshalers are embedded in named structs only: whether a pointer
			// to a struct without a name has promoted methods depends on the linker.
			bare := strings.TrimPrefix(e, "*")
			if embedded[bare] {
				continue
			}
			embedded[bare] = true
			fmt.Fprintf(&b, " %s%s;", e, g.pick("", "", "", " `json:\"e\"`", " `json:\"-\"`"))
		case 1, 2:
			fmt.Fprintf(&b, " f%d %s;", i, g.typ(depth+1))
		default:
			fmt.Fprintf(&b, " F%d %s%s;", i, g.typ(depth+1), g.pick("", "", "", "", "", " `json:\"-\"`", " `json:\"name\"`", " `json:\"Y,omitempty\"`",
				" `json:\",string\"`", " `json:\"-,\"`", " `json:\",omitzero\"`", " `json:\"bad\\\"name\"`"))
		}
	}
	b.WriteString(" }")
	return b.String()
}
