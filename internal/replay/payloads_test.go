package replay

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A payloadType is a type of one revision, with a value of it.
type payloadType struct{ name, value string }

var payloadTypes = []payloadType{
	{"string", `"a"`}, {"int", "1"}, {"int64", "1"}, {"float64", "2.5"}, {"bool", "true"}, {"[]string", `[]string{"a"}`},
	{"map[string]int", `map[string]int{"a": 1}`}, {"time.Duration", "time.Second"}, {"time.Time", "time.Unix(1, 0)"}, {"[]byte", `[]byte("a")`},
	{"Order", `Order{ID: "a", Cents: 1}`}, {"*Order", `&Order{ID: "a", Cents: 1}`}, {"[]Order", `[]Order{{ID: "a", Cents: 1}}`},
	{"Grown", `Grown{ID: "a", Cents: 1, Note: "b"}`}, {"Shrunk", `Shrunk{ID: "a"}`}, {"Retyped", `Retyped{ID: "a", Cents: "1"}`},
	{"Nested", `Nested{ID: "a", Cents: 1, Order: Order{ID: "b"}}`}, {"NestedRetyped", `NestedRetyped{ID: "a", Cents: 1, Order: "b"}`},
}

const payloadDecls = `
type Order struct{ ID string; Cents int }
type Grown struct{ ID string; Cents int; Note string }
type Shrunk struct{ ID string }
type Retyped struct{ ID, Cents string }
type Nested struct{ ID string; Cents int; Order Order }
type NestedRetyped struct{ ID string; Cents int; Order string }
`

// payloadKinds are the places of a payload: T is its type, NAME the pair's.
var payloadKinds = map[string]string{
	"argument": "func NAME(ctx context.Context, v T) error { return nil }\n\nfunc init() { add(func(w worker.Worker) { w.RegisterActivity(NAME) }) }\n",
	"result":   "func NAME(ctx context.Context) (v T, err error) { return v, nil }\n\nfunc init() { add(func(w worker.Worker) { w.RegisterActivity(NAME) }) }\n",
	"workflow": "func NAME(ctx workflow.Context, v T) error { return nil }\n\nfunc init() { add(func(w worker.Worker) { w.RegisterWorkflow(NAME) }) }\n",
	"signal":   "func NAMEWorkflow(ctx workflow.Context) error {\nvar v T\nworkflow.GetSignalChannel(ctx, \"NAME\").Receive(ctx, &v)\nreturn nil\n}\n\nfunc init() { add(func(w worker.Worker) { w.RegisterWorkflow(NAMEWorkflow) }) }\n",
	"update":   "func NAMEWorkflow(ctx workflow.Context) error {\nreturn workflow.SetUpdateHandler(ctx, \"NAME\", func(ctx workflow.Context, v T) error { return nil })\n}\n\nfunc init() { add(func(w worker.Worker) { w.RegisterWorkflow(NAMEWorkflow) }) }\n",
}

// The program of one revision: text is what it declares.
func payloadSource(text string) string {
	return "package main\n\nimport (\n\"context\"\n\"time\"\n\n\"go.temporal.io/sdk/worker\"\n\"go.temporal.io/sdk/workflow\"\n)\n" + payloadDecls +
		"\nvar _ time.Time\nvar _ context.Context\n\nvar all []func(worker.Worker)\n\nfunc add(f func(worker.Worker)) { all = append(all, f) }\n\nfunc main() {}\n\n" + text
}

// converted is a program that prints what the data converter says of each pair of types.
func converted() string {
	var pairs strings.Builder
	for i, from := range payloadTypes {
		for j, to := range payloadTypes {
			fmt.Fprintf(&pairs, "{\nvar to %s\nsay(%d, %d, %s, &to)\n}\n", to.name, i, j, from.value)
		}
	}
	return "package main\n\nimport (\n\"encoding/json\"\n\"fmt\"\n\"os\"\n\"time\"\n\n\"go.temporal.io/sdk/converter\"\n)\n" + payloadDecls + `
var _ time.Time

var said = make(map[string]string)

func say(i, j int, from, to any) {
	payload, err := converter.GetDefaultDataConverter().ToPayload(from)
	if err != nil {
		panic(err)
	}
	if err := converter.GetDefaultDataConverter().FromPayload(payload, to); err != nil {
		said[fmt.Sprint(i, " ", j)] = err.Error()
	}
}

func main() {
` + pairs.String() + "json.NewEncoder(os.Stdout).Encode(said)\n}\n"
}

// Have: of what activities, workflows, signals and updates carry, wirebreak reports what the
// SDK's data converter cannot read, and tells the directions apart.
func TestPayloads(t *testing.T) {
	root := t.TempDir()
	revisions := map[string]*strings.Builder{"old": {}, "new": {}}
	for i, from := range payloadTypes {
		for j, to := range payloadTypes {
			for kind, text := range payloadKinds {
				name := fmt.Sprintf("P%sX%dX%d", kind, i, j)
				revisions["old"].WriteString(strings.NewReplacer("NAME", name, "T)", from.name+")", "v T", "v "+from.name).Replace(text))
				revisions["new"].WriteString(strings.NewReplacer("NAME", name, "T)", to.name+")", "v T", "v "+to.name).Replace(text))
			}
		}
	}
	for name, text := range revisions {
		dir := filepath.Join(root, name)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		writeModule(t, dir)
		writeSource(t, filepath.Join(dir, "main.go"), payloadSource(text.String()))
	}
	judge := filepath.Join(root, "judge")
	if err := os.Mkdir(judge, 0o755); err != nil {
		t.Fatal(err)
	}
	writeModule(t, judge)
	writeSource(t, filepath.Join(judge, "main.go"), converted())
	var refused map[string]string
	if err := json.Unmarshal(output(t, judge, nil, "go", "run", "."), &refused); err != nil {
		t.Fatal(err)
	}

	linter := filepath.Join(root, "mcwflint")
	output(t, "../..", nil, "go", "build", "-o", linter, "./cmd/mcwflint")
	says := make(map[string]string)
	for _, line := range strings.Split(compatOutput(t, linter, filepath.Join(root, "new"), filepath.Join(root, "old")), "\n") {
		if _, rest, ok := strings.Cut(line, " P"); ok && strings.Contains(line, "(wirebreak)") {
			name, message, _ := strings.Cut(rest, ": ")
			says["P"+name] = message
		}
	}
	reports := 0
	for i, from := range payloadTypes {
		for j, to := range payloadTypes {
			for kind := range payloadKinds {
				name := fmt.Sprintf("P%sX%dX%d", kind, i, j)
				ahead, back := refused[fmt.Sprint(i, " ", j)], refused[fmt.Sprint(j, " ", i)]
				message := says[name]
				if message != "" {
					reports++
				}
				var have string
				switch {
				case ahead == "" && (strings.Contains(message, "is gone, and") || strings.Contains(message, "no field in common")):
					continue // read, without what it was
				case strings.Contains(message, "cannot be read any more"):
					have = "running executions"
				case strings.Contains(message, "while old workers run"):
					have = "old workers"
				}
				if from.name == "string" && to.name == "time.Time" || to.name == "string" && from.name == "time.Time" {
					continue // a text may be a time
				}
				want := ""
				if ahead != "" {
					want = "running executions"
				} else if back != "" {
					want = "old workers"
				}
				if have != want {
					t.Errorf("%s, %s to %s: compat says %q; the converter %q, and back %q", kind, from.name, to.name, message, ahead, back)
				}
			}
		}
	}
	t.Logf("%d pairs, %d reported", len(payloadTypes)*len(payloadTypes)*len(payloadKinds), reports)
}
