// Package oracle runs the programs of testdata/src/oracle on generated cases. Only
// tests use it.
package oracle

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Run builds the program that file belongs to, with source in the file's place, and
// returns the verdict that it prints for each case.
func Run(t *testing.T, source []byte, file string) map[string]string {
	t.Helper()
	temp := t.TempDir()
	generated := filepath.Join(temp, "cases.go")
	overlay := filepath.Join(temp, "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": map[string]string{file: generated}})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{generated: source, overlay: data} {
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "run", "-overlay", overlay, ".")
	cmd.Dir = filepath.Dir(file)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go run: %v\n%s", err, stderr.String())
	}
	told := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		name, verdict, _ := strings.Cut(strings.TrimSpace(line), " ")
		told[name] = verdict
	}
	return told
}
