package drivers

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// sarifSchemaPackage is the npm package of Microsoft's that brings the schema of
// SARIF 2.1.0 along.
const (
	sarifSchemaPackage = "@microsoft/jest-sarif@1.0.0-beta.0"
	sarifSchemaFile    = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
)

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil && os.Getenv("CI") == "" {
		t.Skip("the schema comes with npm")
	}
	dir := t.TempDir()
	cmd := exec.Command("npm", "pack", "--silent", sarifSchemaPackage)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("npm pack %s: %v", sarifSchemaPackage, err)
	}
	f, err := os.Open(filepath.Join(dir, strings.TrimSpace(string(out))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			t.Fatalf("%s has no %s", sarifSchemaPackage, sarifSchemaFile)
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Name == sarifSchemaFile {
			return compile(t, archive)
		}
	}
}

func compile(t *testing.T, r io.Reader) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(r)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSARIF(t *testing.T) {
	schema := sarifSchema(t)
	for _, patterns := range [][]string{{"./..."}, {"./directive/../../../testdata/src/oracle/args"}} {
		out, stderr := run(t, corpus, nil, tools.mcwflint, append([]string{"-format=sarif", "-preset=all"}, patterns...)...)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%v: %s", err, stderr)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%v: %v", patterns, err)
		}
	}
	// Have: the schema refuses what is no log.
	if schema.Validate(map[string]any{"version": "2.1.0", "runs": []any{map[string]any{}}}) == nil {
		t.Error("the schema accepts a run without a tool")
	}
}

// Have: what graph prints of the corpus fits its published schema, which refuses something else.
func TestGraphSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "docs", "graph.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema := compile(t, bytes.NewReader(data))
	out, stderr := run(t, corpus, nil, tools.mcwflint, "graph", "-format=json", "-findings", "-preset=all", "./...")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	if schema.Validate(map[string]any{"nodes": []any{map[string]any{"id": "x"}}, "edges": []any{}}) == nil {
		t.Error("the schema accepts a node without a kind")
	}
}

// The published schema of .mcwflint.yml agrees with what reads it.
func TestConfigSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "docs", "mcwflint.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema := compile(t, bytes.NewReader(data))
	for text, valid := range map[string]bool{
		"preset: all\nenable: [rawinsert]\nrawinsert: {counters: true}\npayloadsize: {limit: 1}\n": true,
		"enable:\nrawinsert:\n":             true,
		"presets: all\n":                    false,
		"preset: strict\n":                  false,
		"enable: [nonsense]\n":              false,
		"enable: rawinsert\n":               false,
		"rawinsert: {counter: true}\n":      false,
		"payloadsize: {limit: lots}\n":      false,
		"own: [1]\n":                        false,
		"tests: 1\n":                        false,
		"dbconnect: {funcs: [a/b.Connect]}": true,
	} {
		var doc any
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); (err == nil) != valid {
			t.Errorf("schema: %q: %v", text, err)
		}
		dir := t.TempDir()
		config := filepath.Join(dir, "config.yml")
		if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(tools.mcwflint, "-config="+config, "./oracle/args")
		cmd.Dir = corpus
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		refused := errors.As(err, &exit) && exit.ExitCode() == 2
		if refused == valid {
			t.Errorf("mcwflint: %q: %v\n%s", text, err, out)
		}
	}
}
