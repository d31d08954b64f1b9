//go:build tools

package main

import (
	"fmt"
	"log"
	"path/filepath"
	"strings"
)

// shapes are programs of one package whose cost per unit must not grow with n.
var shapes = []struct {
	name string
	n    int
	text func(n int) string
}{
	{"cases of a switch in a workflow, an activity each", 5000, casesText},
	{"activities and workflows of a package", 1000, pairsText},
	{"functions that call each other through one interface", 300, mutualText},
}

// scaling measures what is left of a run without its load, for n units and for twice as many.
func (b *bench) scaling(corpus string) error {
	b.scale.title = "One package that grows: the run without its load, by what there is of it."
	b.scale.head = "what | units | time | a unit | units | time | a unit | ratio"
	for i, s := range shapes {
		var analysis [2]float64 // seconds
		for j, n := range []int{s.n, 2 * s.n} {
			dir := filepath.Join(b.tmp, fmt.Sprintf("shape%d-%d", i, j))
			if err := generateModule(dir, corpus); err != nil {
				return err
			}
			if err := write(dir, "shape.go", s.text(n)); err != nil {
				return err
			}
			measure(dir, nil, b.linter, "./...")
			var load, whole cost
			for range b.runs {
				load.best(measure(dir, nil, b.self, "-load", dir))
				whole.best(measure(dir, nil, b.linter, "./..."))
			}
			analysis[j] = max(whole.wall.Seconds()-load.wall.Seconds(), 0.001)
		}
		unit := func(j int) float64 { return analysis[j] / float64(s.n*(j+1)) * 1e6 }
		b.scale.add("%s | %d | %.2f s | %.0f µs | %d | %.2f s | %.0f µs | %.2f", s.name, s.n, analysis[0], unit(0), 2*s.n, analysis[1], unit(1), unit(1)/unit(0))
		log.Printf("%s: measured", s.name)
	}
	return nil
}

const shapeHead = `package shape

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

func Act(ctx context.Context, name string) (string, error) { return name, nil }
`

func casesText(n int) string {
	var b strings.Builder
	b.WriteString(shapeHead + "\nfunc BigWorkflow(ctx workflow.Context, kind string) (string, error) {\n\tvar out string\n\tswitch kind {\n")
	for i := range n {
		fmt.Fprintf(&b, "\tcase \"k%d\":\n\t\tvar r%d string\n\t\tif err := workflow.ExecuteActivity(ctx, Act, kind).Get(ctx, &r%d); err != nil {\n\t\t\treturn \"\", err\n\t\t}\n\t\tout = r%d\n", i, i, i, i)
	}
	b.WriteString("\t}\n\treturn out, nil\n}\n")
	return b.String()
}

func pairsText(n int) string {
	var b strings.Builder
	b.WriteString(shapeHead)
	for i := range n {
		fmt.Fprintf(&b, "\nfunc Step%d(ctx context.Context, name string) (string, error) { return name, nil }\n\nfunc Run%dWorkflow(ctx workflow.Context, name string) error {\n\tvar out string\n\treturn workflow.ExecuteActivity(ctx, Step%d, name).Get(ctx, &out)\n}\n", i, i, i)
	}
	return b.String()
}

func mutualText(n int) string {
	var b strings.Builder
	b.WriteString(shapeHead + "\ntype Doer interface{ Do(ctx context.Context, name string) error }\n")
	for i := range n {
		fmt.Fprintf(&b, "\ntype Doer%d struct{ next Doer }\n\nfunc (d *Doer%d) Do(ctx context.Context, name string) error {\n\tif name == \"\" {\n\t\treturn nil\n\t}\n\treturn d.next.Do(ctx, name[1:])\n}\n", i, i)
	}
	b.WriteString("\nvar doers = []Doer{")
	for i := range n {
		fmt.Fprintf(&b, "&Doer%d{}, ", i)
	}
	b.WriteString("}\n\nfunc DoActivity(ctx context.Context, name string) error { return doers[len(name)].Do(ctx, name) }\n\nfunc DoWorkflow(ctx workflow.Context, name string) error {\n\treturn workflow.ExecuteActivity(ctx, DoActivity, name).Get(ctx, nil)\n}\n")
	return b.String()
}
