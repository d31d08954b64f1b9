package main

import (
	"strings"
	"testing"
)

// Have: text of the program reaches neither a terminal nor GitHub's runner as a command,
// whatever the format.
func TestControlCharacters(t *testing.T) {
	const table = `\"a\x1b[31m\n::error::boo\"`
	text := strings.Replace(activity, "INSERT INTO people", "INSERT INTO "+table, 1)
	if text == activity {
		t.Fatal("the statement is not there")
	}
	dir := module(t, map[string]string{"people/people.go": text})
	for _, format := range formats {
		stdout, stderr, status := runCLI(t, "-format="+format, "-C", dir, "./...")
		if status != findings || !strings.Contains(stdout, "boo") {
			t.Fatalf("%s: status %d, %q, %s", format, status, stdout, stderr)
		}
		if strings.Contains(stdout+stderr, "\x1b") {
			t.Errorf("%s: ESC in %q", format, stdout+stderr)
		}
		for line := range strings.Lines(stdout + stderr) {
			if strings.HasPrefix(line, "::error::boo") {
				t.Errorf("%s: a command of the program under analysis: %q", format, line)
			}
		}
	}
}
