package replay

import (
	"fmt"
	"strings"
)

// A construct is a few statements of a workflow that set the variable v, whose text names
// the activity that comes next. NN is the number of the
// case.
type construct struct {
	name    string
	imports string // paths, with blanks between them
	decls   string
	body    string
	report  bool // the rule is to report it
	context bool // it needs the workflow's context
}

// A placement is where the construct stands.
type placement string

const (
	here      placement = "here"      // in the workflow
	helper    placement = "helper"    // in a function of the package
	closure   placement = "closure"   // in a function literal
	iface     placement = "interface" // behind an interface
	elsewhere placement = "elsewhere" // in another package
)

var placements = []placement{here, helper, closure, iface, elsewhere}

// A variant is a workflow.
type variant struct {
	n  int
	c  *construct
	at placement
}

func (v variant) name() string { return fmt.Sprintf("w%03d", v.n) }

func variants() []variant {
	var all []variant
	for i := range constructs {
		for _, at := range placements {
			all = append(all, variant{len(all), &constructs[i], at})
		}
	}
	return all
}

func (v variant) replace(s string) string {
	return strings.ReplaceAll(s, "NN", fmt.Sprintf("%03d", v.n))
}

func (v variant) header(pkg string, more ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n", pkg)
	for _, path := range append(strings.Fields(v.c.imports), more...) {
		alias := ""
		if path == "crypto/rand" {
			alias = "crand "
		}
		fmt.Fprintf(&b, "%s%q\n", alias, path)
	}
	b.WriteString(")\n")
	return b.String()
}

const (
	workflowPath = "go.temporal.io/sdk/workflow"
	helperPath   = "github.com/mediacloud/mcwflint/internal/replay/program/helper"
)

// sources are the files of a variant.
func (v variant) sources() map[string]string {
	params, args := "", ""
	if v.c.context {
		params, args = "ctx workflow.Context", "ctx"
	}
	decls, body := v.replace(v.c.decls), v.replace(v.c.body)
	function := func(name string) string {
		return fmt.Sprintf("func %s(%s) (v string) {\n%s\nreturn v\n}\n", name, params, body)
	}
	files := make(map[string]string)
	var get, extra string
	switch v.at {
	case here:
		get = "var v string\n" + body
	case helper:
		get, extra = v.replace("v := helpNN("+args+")"), decls+function(v.replace("helpNN"))
		decls = ""
	case closure:
		get = "v := func(" + params + ") (v string) {\n" + body + "\nreturn v\n}(" + args + ")"
	case iface:
		extra = v.replace("type makerNN interface{ make(" + params + ") string }\ntype realNN struct{}\n")
		extra += function(v.replace("(realNN) make"))
		extra += v.replace("type holderNN struct{ m makerNN }\n")
		get = v.replace("h := holderNN{m: realNN{}}\nv := h.m.make(" + args + ")")
	case elsewhere:
		get = v.replace("v := helper.GetNN(" + args + ")")
		head := v.header("helper")
		if v.c.context {
			head = v.header("helper", workflowPath)
		}
		files["helper/"+v.name()+".go"] = head + decls + function(v.replace("GetNN"))
		decls = ""
	}
	head := v.header("main", workflowPath)
	if v.at == elsewhere {
		head = fmt.Sprintf("package main\n\nimport (\n%q\n%q\n)\n", workflowPath, helperPath)
	}
	files[v.name()+".go"] = head + decls + extra + v.replace(`
func init() { workflows["wNN"] = workflowNN }

func workflowNN(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, options)
`) + get + `
	if v == "" {
		return nil
	}
	return workflow.ExecuteActivity(ctx, "A"+v).Get(ctx, nil)
}
`
	return files
}

const options = `package main

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

var options = workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second}
`

// m is a map of twenty entries, in a workflow. It has had others, another number in each
// process, so that it has another size inside.
const m = `m := map[string]int{}
for i := range entries {
	m[fmt.Sprint("other", i)] = i
}
for i := range 20 {
	m[fmt.Sprint(i)] = i
}
for i := range entries {
	delete(m, fmt.Sprint("other", i))
}
`

var constructs = []construct{
	// The clock.
	{"now", "fmt time", "", `v = fmt.Sprint(time.Now().UnixNano())`, true, false},
	{"since", "fmt time", "", `v = fmt.Sprint(time.Since(time.Unix(0, 0)).Nanoseconds())`, true, false},
	{"until", "fmt time", "", `v = fmt.Sprint(time.Until(time.Unix(0, 0)).Nanoseconds())`, true, false},
	{"now as a value", "fmt time", "", "now := time.Now\nv = fmt.Sprint(now().UnixNano())", true, false},
	{"now in a struct", "fmt time", "type clockNN struct{ now func() time.Time }\n", "c := clockNN{now: time.Now}\nv = fmt.Sprint(c.now().UnixNano())", true, false},
	{"after", "fmt time", "", `v = fmt.Sprint((<-time.After(time.Millisecond)).UnixNano())`, true, false},
	{"timer", "fmt time", "", "t := time.NewTimer(time.Millisecond)\nv = fmt.Sprint((<-t.C).UnixNano())", true, false},
	{"sleep", "time", "", "time.Sleep(time.Millisecond)\nv = \"slept\"", true, false},
	{"deadline", "context fmt time", "", "c, cancel := context.WithTimeout(context.Background(), time.Second)\ndefer cancel()\nd, _ := c.Deadline()\nv = fmt.Sprint(d.UnixNano())", true, false},
	{"unix", "fmt time", "", `v = fmt.Sprint(time.Unix(7, 0).Add(time.Hour).UTC().Year())`, false, false},
	{"parse", "fmt time", "", "t, _ := time.Parse(time.RFC3339, \"2026-01-02T03:04:05Z\")\nv = fmt.Sprint(t.Unix())", false, false},
	{"workflow.Now", "fmt", "", `v = fmt.Sprint(workflow.Now(ctx).UnixNano())`, false, true},
	{"workflow.Sleep", "time", "", "_ = workflow.Sleep(ctx, time.Millisecond)\nv = \"slept\"", false, true},

	// Random numbers and identifiers.
	{"rand", "fmt math/rand", "", `v = fmt.Sprint(rand.Int())`, true, false},
	{"rand v2", "fmt math/rand/v2", "", `v = fmt.Sprint(rand.Int())`, true, false},
	{"shuffle", "fmt math/rand", "", "list := []int{1, 2, 3, 4, 5, 6, 7, 8}\nrand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })\nfor _, n := range list { v += fmt.Sprint(n) }", true, false},
	{"crypto/rand", "fmt crypto/rand", "", "b := make([]byte, 8)\n_, _ = crand.Read(b)\nv = fmt.Sprintf(\"%x\", b)", true, false},
	{"crypto/rand.Reader", "fmt io crypto/rand", "", "b := make([]byte, 8)\n_, _ = io.ReadFull(crand.Reader, b)\nv = fmt.Sprintf(\"%x\", b)", true, false},
	{"uuid", "github.com/google/uuid", "", `v = uuid.NewString()`, true, false},
	{"uuid v7", "github.com/google/uuid", "", "id, _ := uuid.NewV7()\nv = id.String()", true, false},
	{"maphash", "fmt hash/maphash", "", `v = fmt.Sprint(maphash.String(maphash.MakeSeed(), "x"))`, true, false},
	{"seeded", "fmt math/rand", "", `v = fmt.Sprint(rand.New(rand.NewSource(7)).Int())`, false, false},
	{"seeded v2", "fmt math/rand/v2", "", `v = fmt.Sprint(rand.New(rand.NewPCG(1, 2)).Int())`, false, false},
	{"uuid of a name", "github.com/google/uuid", "", `v = uuid.NewSHA1(uuid.NameSpaceURL, []byte("x")).String()`, false, false},
	{"uuid parsed", "github.com/google/uuid", "", `v = uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8").String()`, false, false},
	{"side effect", "github.com/google/uuid", "", `_ = workflow.SideEffect(ctx, func(workflow.Context) any { return uuid.NewString() }).Get(&v)`, false, true},
	{"named side effect", "github.com/google/uuid", "func drawNN(workflow.Context) any { return uuid.NewString() }\n", `_ = workflow.SideEffect(ctx, drawNN).Get(&v)`, false, true},
	{"mutable side effect", "github.com/google/uuid", "", `_ = workflow.MutableSideEffect(ctx, "id", func(workflow.Context) any { return uuid.NewString() }, func(a, b any) bool { return a == b }).Get(&v)`, false, true},
	{"recorder", "github.com/google/uuid", "func recordNN(ctx workflow.Context, f func() string) (s string) {\n_ = workflow.SideEffect(ctx, func(workflow.Context) any { return f() }).Get(&s)\nreturn s\n}\n", `v = recordNN(ctx, uuid.NewString)`, false, true},
	{"local activity", "context fmt time", "", "ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second})\n_ = workflow.ExecuteLocalActivity(ctx, func(context.Context) (string, error) { return fmt.Sprint(time.Now().UnixNano()), nil }).Get(ctx, &v)", false, true},

	// Go's scheduler.
	{"goroutines", "fmt", "", "ch := make(chan int, 8)\nfor i := range 8 {\ngo func() { ch <- i }()\n}\nfor range 8 {\nv += fmt.Sprint(<-ch)\n}", true, false},
	{"wait group", "fmt sync", "", "var mu sync.Mutex\nvar wg sync.WaitGroup\nfor i := range 8 {\nwg.Add(1)\ngo func() {\ndefer wg.Done()\nmu.Lock()\ndefer mu.Unlock()\nv += fmt.Sprint(i)\n}()\n}\nwg.Wait()", true, false},
	{"errgroup", "fmt sync golang.org/x/sync/errgroup", "", "var mu sync.Mutex\nvar g errgroup.Group\nfor i := range 8 {\ng.Go(func() error {\nmu.Lock()\ndefer mu.Unlock()\nv += fmt.Sprint(i)\nreturn nil\n})\n}\n_ = g.Wait()", true, false},
	{"select", "", "", "a, b := make(chan int, 20), make(chan int, 20)\nfor range 20 {\na <- 1\nb <- 1\n}\nfor range 20 {\nselect {\ncase <-a:\nv += \"a\"\ncase <-b:\nv += \"b\"\n}\n}", true, false},
	{"mutex", "fmt sync", "", "var mu sync.Mutex\nmu.Lock()\nv = fmt.Sprint(len(\"x\"))\nmu.Unlock()", false, false},
	{"buffer of coroutines", "fmt", "", "ch := make(chan int, 8)\nwg := workflow.NewWaitGroup(ctx)\nfor i := range 8 {\nwg.Add(1)\nworkflow.Go(ctx, func(ctx workflow.Context) {\ndefer wg.Done()\nch <- i\n})\n}\nwg.Wait(ctx)\nclose(ch)\nfor i := range ch {\nv += fmt.Sprint(i)\n}", false, true},
	{"workflow.Go", "fmt", "", "wg := workflow.NewWaitGroup(ctx)\nfor i := range 8 {\nwg.Add(1)\nworkflow.Go(ctx, func(ctx workflow.Context) {\ndefer wg.Done()\nv += fmt.Sprint(i)\n})\n}\nwg.Wait(ctx)", false, true},
	{"workflow.Channel", "fmt", "", "ch := workflow.NewBufferedChannel(ctx, 8)\nfor i := range 8 {\nch.Send(ctx, i)\n}\nfor range 8 {\nvar i int\nch.Receive(ctx, &i)\nv += fmt.Sprint(i)\n}", false, true},
	{"await", "", "", "done := false\nworkflow.Go(ctx, func(ctx workflow.Context) { done = true })\n_ = workflow.Await(ctx, func() bool { return done })\nv = \"awaited\"", false, true},
	{"selector", "time", "", "s := workflow.NewSelector(ctx)\ns.AddFuture(workflow.NewTimer(ctx, time.Millisecond), func(workflow.Future) { v = \"timer\" })\ns.Select(ctx)", false, true},

	// The order of maps.
	{"commands", "fmt", "", m + "for k := range m {\n_ = workflow.ExecuteActivity(ctx, \"B\"+k).Get(ctx, nil)\n}", true, true},
	{"collected", "fmt strings", "", m + "var keys []string\nfor k := range m {\nkeys = append(keys, k)\n}\nv = strings.Join(keys, \"-\")", true, false},
	{"text", "fmt", "", m + "for k := range m {\nv += k\n}", true, false},
	{"builder", "fmt strings", "", m + "var b strings.Builder\nfor k, n := range m {\nfmt.Fprintf(&b, \"%s%d\", k, n)\n}\nv = b.String()", true, false},
	{"first", "fmt", "func firstNN(m map[string]int) string {\nfor k := range m {\nreturn k\n}\nreturn \"\"\n}\n", m + "v = firstNN(m)", true, false},
	{"last", "fmt", "", m + "for k := range m {\nv = k\n}", true, false},
	{"break after three", "fmt", "", m + "n, sum := 0, 0\nfor _, x := range m {\nif n >= 3 {\nbreak\n}\nn++\nsum += x * x\n}\nv = fmt.Sprint(sum)", true, false},
	{"float sum", "fmt", "", "m := map[string]float64{\"a\": 1e16, \"b\": -1e16, \"c\": 1, \"d\": 3.3, \"e\": 1e15}\nsum := 0.0\nfor _, x := range m {\nsum += x\n}\nv = fmt.Sprint(sum)", true, false},
	{"sync.Map", "fmt sync", "", "var sm sync.Map\nfor i := range 20 {\nsm.Store(i, i)\n}\nsm.Range(func(k, _ any) bool {\nv += fmt.Sprint(k)\nreturn true\n})", true, false},
	{"maps.Keys", "fmt maps", "", m + "for k := range maps.Keys(m) {\nv += k\n}", true, false},
	{"maps.Values collected", "fmt maps slices", "", m + "for _, n := range slices.Collect(maps.Values(m)) {\nv += fmt.Sprint(n)\n}", true, false},
	{"keys by a helper", "fmt strings", "func keysNN[K comparable, V any](m map[K]V) (keys []K) {\nfor k := range m {\nkeys = append(keys, k)\n}\nreturn keys\n}\n", m + "v = strings.Join(keysNN(m), \"\")", true, false},
	{"reflect", "fmt reflect", "", m + "for _, k := range reflect.ValueOf(m).MapKeys() {\nv += k.String()\n}", true, false},
	{"type parameter", "fmt", "func joinNN[M ~map[string]int](m M) (s string) {\nfor k := range m {\ns += k\n}\nreturn s\n}\n", m + "v = joinNN(m)", true, false},
	{"futures", "fmt", "", "futures := map[string]workflow.Future{}\nfor i := range 20 {\nfutures[fmt.Sprint(i)] = workflow.ExecuteActivity(ctx, fmt.Sprint(\"B\", i))\n}\nfor _, f := range futures {\nvar s string\nif err := f.Get(ctx, &s); err != nil {\nbreak\n}\n_ = workflow.ExecuteActivity(ctx, \"C\"+s).Get(ctx, nil)\n}", true, true},
	{"sorted", "fmt sort strings", "", m + "var keys []string\nfor k := range m {\nkeys = append(keys, k)\n}\nsort.Strings(keys)\nv = strings.Join(keys, \"-\")", false, false},
	{"sorted by a helper", "fmt slices strings", "func sortNN(list []string) { slices.Sort(list) }\n", m + "var keys []string\nfor k := range m {\nkeys = append(keys, k)\n}\nsortNN(keys)\nv = strings.Join(keys, \"-\")", false, false},
	{"sort.Slice", "fmt sort strings", "", m + "var keys []string\nfor k := range m {\nkeys = append(keys, k)\n}\nsort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })\nv = strings.Join(keys, \"-\")", false, false},
	{"slices.Sorted", "fmt maps slices", "", m + "for _, k := range slices.Sorted(maps.Keys(m)) {\nv += k\n}", false, false},
	{"DeterministicKeys", "fmt", "", m + "for _, k := range workflow.DeterministicKeys(m) {\nv += k\n}", false, true},
	{"sum", "fmt", "", m + "sum, n := 0, 0\nfor _, x := range m {\nsum += x\nn++\n}\nv = fmt.Sprint(sum, n)", false, false},
	{"largest", "fmt", "", m + "best := 0\nfor k, x := range m {\nif x > best {\nbest, v = x, k\n}\n}", false, false},
	{"min", "fmt", "", m + "least := 100\nfor _, x := range m {\nleast = min(least, x)\n}\nv = fmt.Sprint(least)", false, false},
	{"inverse", "fmt", "", m + "inverse := map[int]string{}\nfor k, x := range m {\ninverse[x] = k\n}\nv = inverse[7]", false, false},
	{"filtered", "fmt", "", m + "for k, x := range m {\nif x%2 == 0 {\ndelete(m, k)\n}\n}\nv = fmt.Sprint(len(m))", false, false},
	{"printed", "fmt", "", m + "v = fmt.Sprint(m)", false, false},
	{"json", "encoding/json fmt", "", m + "b, _ := json.Marshal(m)\nv = string(b)", false, false},
	{"found", "fmt", "", m + "for k, x := range m {\nif x == 7 {\nv = k\nbreak\n}\n}", false, false},
	{"any of", "fmt", "func anyNN(m map[string]int) bool {\nfor _, x := range m {\nif x > 3 {\nreturn true\n}\n}\nreturn false\n}\n", m + "v = fmt.Sprint(anyNN(m))", false, false},
	{"cloned", "fmt maps", "", m + "other := maps.Clone(m)\nmaps.Copy(other, m)\nv = fmt.Sprint(len(other))", false, false},
	{"transformed", "fmt", "func transformNN[K comparable, V, W any](m map[K]V, f func(V) W) map[K]W {\nout := map[K]W{}\nfor k, x := range m {\nout[k] = f(x)\n}\nreturn out\n}\n", m + "v = fmt.Sprint(transformNN(m, func(n int) int { return n + 1 }))", false, false},
	{"maximum of values", "fmt maps slices", "", m + "v = fmt.Sprint(slices.Max(slices.Collect(maps.Values(m))))", false, false},
	{"queries", "fmt", "", m + "for k, x := range m {\n_ = workflow.SetQueryHandler(ctx, k, func() (int, error) { return x, nil })\n}\nv = \"set\"", false, true},
	{"waited for", "fmt", "", "futures := map[string]workflow.Future{}\nfor i := range 20 {\nfutures[fmt.Sprint(i)] = workflow.ExecuteActivity(ctx, fmt.Sprint(\"B\", i))\n}\nn := 0\nfor _, f := range futures {\nif f.Get(ctx, nil) == nil {\nn++\n}\n}\nv = fmt.Sprint(n)", false, true},

	// The world.
	{"environment", "os", "", `v = os.Getenv("REPLAY_SALT")`, true, false},
	{"environment looked up", "os", "", `v, _ = os.LookupEnv("REPLAY_SALT")`, true, false},
	{"process", "fmt os", "", `v = fmt.Sprint(os.Getpid())`, true, false},
	{"folder", "os", "", "v, _ = os.Getwd()", true, false},
	{"file", "os", "", "b, _ := os.ReadFile(\"salt\")\nv = string(b)", true, false},
	{"modified", "fmt os", "", "info, err := os.Stat(\"salt\")\nif err == nil {\nv = fmt.Sprint(info.ModTime().UnixNano())\n}", true, false},
	{"temporary", "os", "", "f, err := os.CreateTemp(\"\", \"x\")\nif err == nil {\nv = f.Name()\n_ = f.Close()\n_ = os.Remove(f.Name())\n}", true, false},
	{"command", "os/exec", "", "b, _ := exec.Command(\"date\", \"+%N\").Output()\nv = string(b)", true, false},
	{"printing", "fmt os", "", "fmt.Fprintln(os.Stderr, \"x\")\nv = \"printed\"", false, false},
	{"text/template", "strings text/template", "", "var b strings.Builder\n_ = template.Must(template.New(\"x\").Parse(\"{{.}}\")).Execute(&b, 7)\nv = b.String()", false, false},
	{"address", "fmt", "", "x := new(int)\nv = fmt.Sprintf(\"%p\", x)", false, false},

	// The state of the process.
	{"counter", "fmt", "var counterNN int\n", "counterNN++\nv = fmt.Sprint(counterNN)", true, false},
	{"atomic counter", "fmt sync/atomic", "var counterNN atomic.Int64\n", "v = fmt.Sprint(counterNN.Add(1))", true, false},
	{"list", "fmt", "var listNN []int\n", "listNN = append(listNN, 1)\nv = fmt.Sprint(len(listNN))", true, false},
	{"constant variable", "", "var nameNN = \"name\"\n", "v = nameNN", false, false},
	{"lazy", "", "var tableNN map[string]string\n", "if tableNN == nil {\ntableNN = map[string]string{\"a\": \"b\"}\n}\nv = tableNN[\"a\"]", false, false},
	{"once", "sync", "var onceNN sync.Once\nvar valueNN string\n", "onceNN.Do(func() { valueNN = \"x\" })\nv = valueNN", false, false},
	{"cache", "", "var cacheNN = map[string]string{}\n", "x, ok := cacheNN[\"a\"]\nif !ok {\nx = \"computed\"\ncacheNN[\"a\"] = x\n}\nv = x", false, false},

	// What is not run on a replay, or is no workflow code.
	{"query", "fmt time", "", "_ = workflow.SetQueryHandler(ctx, \"q\", func() (string, error) { return fmt.Sprint(time.Now()), nil })\nv = \"query\"", false, true},
	{"guarded", "fmt time", "", "if !workflow.IsReplaying(ctx) {\n_ = fmt.Sprint(time.Now())\n}\nv = \"guarded\"", false, true},
	{"info", "", "", "v = workflow.GetInfo(ctx).WorkflowType.Name", false, true},
	{"version", "fmt", "", "v = fmt.Sprint(workflow.GetVersion(ctx, \"change\", workflow.DefaultVersion, 3))", false, true},
	{"log", "fmt", "", m + "for k := range m {\nworkflow.GetLogger(ctx).Info(k)\n}\nv = \"logged\"", false, true},
}
