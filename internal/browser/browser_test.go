// Package browser looks at the pages that mcwflint writes with a real browser.
package browser

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/creack/pty"

	"github.com/mediacloud/mcwflint/analyzers/commands"
	"github.com/mediacloud/mcwflint/internal/graph"
)

var update = flag.Bool("update", false, "write the pictures in docs/images")

// browser starts Chromium with a page of some size. What the page asks the network for and
// what it complains of are errors.
func browser(t *testing.T, width, height int) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium")
		}
		t.Skip("no Chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(width, height), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	var mu sync.Mutex
	var complaints []string
	complain := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		complaints = append(complaints, fmt.Sprintf(format, args...))
	}
	watch(ctx, runtime.ExceptionThrown, func(e runtime.EventExceptionThrown) { complain("exception: %+v", e.ExceptionDetails) })
	watch(ctx, runtime.ConsoleAPICalled, func(e runtime.EventConsoleAPICalled) {
		for _, arg := range e.Args {
			complain("console: %s", arg.Value)
		}
	})
	watch(ctx, network.RequestWillBeSent, func(e network.EventRequestWillBeSent) {
		if u := e.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			complain("asks the network for %s", u)
		}
	})
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range complaints {
			t.Error(c)
		}
	})
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// watch calls f for every event of a kind.
func watch[E any](ctx context.Context, kind cdp.Event[E], f func(E)) {
	events := chromedp.Events(ctx, kind)
	go func() {
		for e, err := range events {
			if err != nil {
				return
			}
			f(e)
		}
	}()
}

func run(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// evaluate is the value of an expression of JavaScript, as text.
func evaluate(t *testing.T, ctx context.Context, expression string) string {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func want(t *testing.T, ctx context.Context, expression, value string) {
	t.Helper()
	if got := evaluate(t, ctx, expression); got != value {
		t.Errorf("%s is %q, want %q", expression, got, value)
	}
}

// picture looks at the page: it must not be empty. One with a name is kept for the documentation.
func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	run(t, ctx, chromedp.Sleep(300*time.Millisecond))
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if len(png) < 8_000 {
		t.Errorf("%s is a picture of %d bytes: nothing is drawn", name, len(png))
	}
	if *update && name != "" {
		if err := os.WriteFile(filepath.Join("../../docs/images", name), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func address(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// output runs the command in the example that breaks the tips, and returns a file with what it
// prints. Findings are no failure.
func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := command(t, args...)
	out, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != 1 {
		t.Fatal(err)
	}
	return file(t, name, out)
}

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "mcwflint")
	build := exec.Command("go", "build", "-o", bin, "./cmd/mcwflint")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(bin, append(args, "./...")...)
	cmd.Dir = "../../examples/kardashians/bad"
	return cmd
}

func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Have: the graph is drawn, in light and dark; a node that is searched, clicked or reached by the
// keyboard is explained; a package is all that is shown if that is asked for.
func TestGraph(t *testing.T) {
	ctx := browser(t, 1400, 800)
	run(t, ctx, chromedp.Navigate(address(output(t, "graph.html", "graph", "-format=html"))), chromedp.WaitVisible(chromedp.CSS("#details h2")))
	want(t, ctx, "visible().nodes().length === nodes.filter(n => n.kind !== 'worker').length && nodes.some(n => n.kind === 'worker')", "true")
	want(t, ctx, "new Set(cy.nodes().map(n => n.position().x)).size > 1", "true")
	picture(t, ctx, "graph.png")

	// The keyboard: slash searches, Enter chooses, arrows follow edges, Escape ends.
	run(t, ctx, chromedp.KeyEvent("/"))
	want(t, ctx, "document.activeElement.id", "search")
	// The driver sends the character of a key whose default was prevented, too.
	evaluate(t, ctx, "document.getElementById('search').value = ''")
	run(t, ctx, chromedp.KeyEvent("throwparty"))
	want(t, ctx, "document.getElementById('search').value", "throwparty")
	run(t, ctx, chromedp.KeyEvent(kb.Enter))
	want(t, ctx, "document.querySelector('#details h2').textContent", "ThrowParty")
	want(t, ctx, "document.activeElement.id", "graph")
	run(t, ctx, chromedp.KeyEvent(kb.ArrowRight))
	want(t, ctx, "selected().id().startsWith('activity ')", "true")
	run(t, ctx, chromedp.KeyEvent(kb.ArrowLeft))
	want(t, ctx, "selected().data('group')", "workflow")
	before := evaluate(t, ctx, "cy.zoom()")
	run(t, ctx, chromedp.KeyEvent("+"))
	if evaluate(t, ctx, "cy.zoom()") == before {
		t.Error("plus does not zoom")
	}
	run(t, ctx, chromedp.KeyEvent("0"), chromedp.KeyEvent(kb.Escape))
	evaluate(t, ctx, "[...document.querySelectorAll('#kinds label')].find(l => l.textContent.includes('worker')).click()")
	want(t, ctx, "visible().nodes().length === nodes.length", "true")
	evaluate(t, ctx, "[...document.querySelectorAll('#kinds label')].find(l => l.textContent.includes('worker')).click()")
	want(t, ctx, "selected()", "null")

	// The mouse: a click on the place where AddCar is drawn.
	at, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64](`(() => { const p = cy.getElementById("activity AddCar").renderedPosition(), r = document.getElementById("graph").getBoundingClientRect(); return [p.x + r.x, p.y + r.y]; })()`))
	if err != nil {
		t.Fatal(err)
	}
	run(t, ctx, chromedp.MouseClickXY(at[0], at[1]), chromedp.Sleep(100*time.Millisecond))
	for _, text := range []string{"AddCar", "activities/tasks.go:", "rawinsert", "ThrowParty", "func("} {
		if details := evaluate(t, ctx, "document.getElementById('details').innerText"); !strings.Contains(details, text) {
			t.Errorf("the details of AddCar lack %q: %s", text, details)
		}
	}
	picture(t, ctx, "graph-node.png")

	run(t, ctx, chromedp.SetValue(chromedp.CSS("#package"), "github.com/mediacloud/mcwflint/examples/kardashians/bad/activities"))
	evaluate(t, ctx, "document.getElementById('package').dispatchEvent(new Event('change'))")
	want(t, ctx, "visible().nodes().every(n => byId.get(n.id()).package.endsWith('/activities'))", "true")
	want(t, ctx, "visible().nodes().length > 0", "true")

	dark := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, dark); err != nil {
		t.Fatal(err)
	}
	run(t, ctx, chromedp.SetValue(chromedp.CSS("#package"), ""))
	evaluate(t, ctx, "document.getElementById('package').dispatchEvent(new Event('change'))")
	want(t, ctx, "getComputedStyle(document.body).backgroundColor", "rgb(13, 17, 23)")
	picture(t, ctx, "graph-dark.png")
}

// Have: names of the program cannot end the script or become markup.
func TestNames(t *testing.T) {
	var g commands.Graph
	hostile := `</script><img src=x onerror="document.title='pwned'">`
	g.Nodes = append(g.Nodes, commands.GraphNode{ID: "workflow " + hostile, Kind: "workflow", Name: hostile, Package: hostile})
	ctx := browser(t, 800, 600)
	run(t, ctx, chromedp.Navigate(address(write(t, g, hostile))), chromedp.WaitVisible(chromedp.CSS("#details h2")))
	evaluate(t, ctx, "select(nodes[0].id)")
	want(t, ctx, "document.querySelector('#details h2').textContent", hostile)
	want(t, ctx, "document.images.length", "0")
	want(t, ctx, "document.title", hostile)
}

func write(t *testing.T, g commands.Graph, title string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "graph.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := graph.Print(f, g, "html", title); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

// Have: a program of 300 nodes is drawn and answers.
func TestLarge(t *testing.T) {
	var g commands.Graph
	for i := range 60 {
		w := fmt.Sprintf("Order%dWorkflow", i)
		g.Nodes = append(g.Nodes, commands.GraphNode{ID: "workflow " + w, Kind: "workflow", Name: w, Package: fmt.Sprintf("example.com/shop/p%d", i%7)})
		for j := range 4 {
			a := fmt.Sprintf("Step%dOf%d", j, i)
			g.Nodes = append(g.Nodes, commands.GraphNode{ID: "activity " + a, Kind: "activity", Name: a, Package: fmt.Sprintf("example.com/shop/p%d", i%7)})
			g.Edges = append(g.Edges, commands.GraphEdge{From: "workflow " + w, To: "activity " + a, Times: "once"},
				commands.GraphEdge{From: "workflow " + w, To: fmt.Sprintf("activity Step%dOf%d", j, (i*7+1)%60), Times: "loop"})
		}
		if i > 0 {
			g.Edges = append(g.Edges, commands.GraphEdge{From: fmt.Sprintf("workflow Order%dWorkflow", i/2), To: "workflow " + w, Times: "once"})
		}
	}
	ctx := browser(t, 1400, 800)
	file := write(t, g, "300 nodes")
	run(t, ctx, chromedp.Navigate(address(file)), chromedp.WaitVisible(chromedp.CSS("#details h2")))
	want(t, ctx, "visible().nodes().length", strconv.Itoa(len(g.Nodes)))
	t.Logf("drawn after %s ms", evaluate(t, ctx, "document.body.dataset.drawn"))
	frames := evaluate(t, ctx, "(() => { const t = performance.now(); for (let i = 0; i < 50; i++) { cy.panBy({x: 3, y: 1}); select(nodes[i].id); } return Math.round(performance.now() - t); })()")
	t.Logf("50 selections in %s ms", frames)
	picture(t, ctx, "")
}

// Have: the report shows findings with their code, by rule, and filters them.
func TestReport(t *testing.T) {
	ctx := browser(t, 1100, 900)
	run(t, ctx, chromedp.Navigate(address(output(t, "report.html", "-format=html"))), chromedp.WaitVisible(chromedp.CSS("article")))
	picture(t, ctx, "report.png")
	want(t, ctx, "document.querySelectorAll('#rawinsert').length", "1")
	want(t, ctx, "[...document.querySelectorAll('article')].every(a => a.querySelector('pre mark'))", "true")
	want(t, ctx, "articles.filter(a => !a.hidden).length === articles.length", "true")
	run(t, ctx, chromedp.SendKeys(chromedp.CSS("#search"), "insert into kardashians"))
	want(t, ctx, "articles.filter(a => !a.hidden).length > 0 && articles.filter(a => !a.hidden).every(a => a.textContent.includes('INSERT into kardashians'))", "true")
	want(t, ctx, "document.querySelector('#implnaming').closest('section').hidden", "true")
}

// Have: people at a terminal see chains as trees, in colours.
func TestTerminal(t *testing.T) {
	cmd := command(t)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "NO_COLOR=")
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 140})
	if err != nil {
		t.Fatal(err)
	}
	out, _ := io.ReadAll(terminal) // it ends with an error, for the other side is closed
	_ = cmd.Wait()
	text := string(out)
	for _, part := range []string{"\x1b[33m", "INSERT into kardashians", "└─ "} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in %s", part, text)
		}
	}
	// What went over the line of the progress is not there any more.
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if i := strings.LastIndexAny(line, "\r"); i >= 0 {
			line = line[i+1:]
		}
		lines = append(lines, strings.ReplaceAll(line, "\x1b[K", ""))
	}
	page := "<!DOCTYPE html><meta charset=utf-8><body style='margin:0;background:#0d1117;color:#f0f6fc'><pre style='margin:16px;font:13px/1.45 ui-monospace,DejaVu Sans Mono,monospace;white-space:pre-wrap'>$ mcwflint ./...\n" +
		colours.Replace(html.EscapeString(strings.Join(lines[:min(len(lines), 44)], "\n"))) + "</pre>"
	ctx := browser(t, 1200, 900)
	run(t, ctx, chromedp.Navigate(address(file(t, "terminal.html", []byte(page)))), chromedp.WaitVisible(chromedp.CSS("pre")))
	picture(t, ctx, "terminal.png")
}

// colours turns what the command sends to a terminal into HTML.
var colours = strings.NewReplacer("\x1b[1m", "<b>", "\x1b[33m", "<b style='font-weight:normal;color:#d29922'>", "\x1b[2m", "<b style='font-weight:normal;color:#9198a1'>", "\x1b[0m", "</b>")

// Have: code scanning shows the findings of a SARIF file by rule, each with its message. The
// viewer is that of Azure DevOps.
func TestCodeScanning(t *testing.T) {
	ctx := browser(t, 1200, 760)
	if _, err := exec.LookPath("npm"); err != nil && os.Getenv("CI") == "" {
		t.Skip("no npm")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("viewer")); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(output(t, "log.sarif", "-preset=recommended", "-format=sarif"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "log.sarif"), log, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"},
		{"node_modules/.bin/esbuild", "entry.jsx", "--bundle", "--outfile=out.js", "--loader:.sarif=json", `--define:process.env.NODE_ENV="production"`, "--log-level=error"},
	} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	run(t, ctx, chromedp.Navigate(address(filepath.Join(dir, "index.html"))), chromedp.WaitVisible(chromedp.CSS(".bolt-card")))
	var sarif struct {
		Runs []struct{ Results []struct{ RuleID string } }
	}
	if err := json.Unmarshal(log, &sarif); err != nil {
		t.Fatal(err)
	}
	results := sarif.Runs[0].Results
	want(t, ctx, fmt.Sprintf("/mcwflint\\s*%d\\b/.test(document.body.innerText)", len(results)), "true")
	for _, r := range results {
		want(t, ctx, fmt.Sprintf("document.body.innerText.includes(%q)", r.RuleID), "true")
	}
	picture(t, ctx, "code-scanning.png")
}

var program = flag.String("program", "", "a `folder` with a public program, of which a picture is taken")

// The picture of a program that others wrote.
func TestProgram(t *testing.T) {
	if *program == "" {
		t.Skip("no -program")
	}
	cmd := command(t, "graph", "-format=html")
	cmd.Dir = *program
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser(t, 1400, 800)
	run(t, ctx, chromedp.Navigate(address(file(t, "program.html", out))), chromedp.WaitVisible(chromedp.CSS("#details h2")))
	t.Logf("%d bytes, drawn after %s ms", len(out), evaluate(t, ctx, "document.body.dataset.drawn"))
	picture(t, ctx, "program.png")
}
