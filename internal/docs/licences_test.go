package docs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// known are the licences that a module may have, by their SPDX identifiers: they ask
// nothing of the code that is linted or that links to it. What a file says is decided
// by a sentence that only they have.
var known = []struct{ id, sentence, not string }{
	{"Apache-2.0", "Apache License Version 2.0, January 2004", ""},
	{"Apache-2.0", "Licensed under the Apache License, Version 2.0", ""},
	{"BSD-3-Clause", "Neither the name of", ""},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce the above copyright notice", "Neither the name of"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose", ""},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software", ""},
}

type module struct {
	Path, Version, Dir string
	Main               bool
}

// TestLicences checks the licences of the modules that a user of the command or of
// the plugin pulls, and holds their table to them.
func TestLicences(t *testing.T) {
	var table strings.Builder
	table.WriteString("| module | version | licence | in the command | in the plugin |\n| --- | --- | --- | --- | --- |\n")
	command, plugin := modules(t, "./cmd/mcwflint"), modules(t, ".")
	all := append(command[:len(command):len(command)], plugin...)
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	for _, m := range slices.Compact(all) {
		found, err := licences(m.Dir)
		if err != nil {
			t.Errorf("%s: %v", m.Path, err)
			continue
		}
		yes := func(in []module) string {
			if slices.Contains(in, m) {
				return "yes"
			}
			return ""
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s |\n", m.Path, m.Version, strings.Join(found, ", "), yes(command), yes(plugin))
	}
	const dependencies = "../../docs/dependencies.md"
	data, err := os.ReadFile(dependencies)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- licences -->\n", "<!-- end -->"
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", dependencies)
	}
	want := before + begin + table.String() + end + after
	if *update {
		if err := os.WriteFile(dependencies, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Errorf("the table of %s is old: make docs", dependencies)
	}
}

// modules are those that a package is built from, without its own.
func modules(t *testing.T, pattern string) []module {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=Module", pattern)
	cmd.Dir, cmd.Stderr = "../..", os.Stderr
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []module
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct{ Module *module }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main && !slices.Contains(all, *p.Module) {
			all = append(all, *p.Module)
		}
	}
}

// licences are the SPDX identifiers of what the licence files in a module's folder
// say.
func licences(dir string) ([]string, error) {
	var ids []string
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			said := strings.Join(strings.Fields(string(text)), " ")
			before := len(ids)
			for _, l := range known {
				if strings.Contains(said, l.sentence) && (l.not == "" || !strings.Contains(said, l.not)) {
					ids = append(ids, l.id)
				}
			}
			if len(ids) == before {
				return nil, fmt.Errorf("%s is no licence that a module may have", filepath.Base(file))
			}
		}
	}
	if len(ids) == 0 {
		return nil, errors.New("no licence")
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

func TestUnknownLicence(t *testing.T) {
	dir := t.TempDir()
	if ids, err := licences(dir); err == nil {
		t.Errorf("no licence is %v", ids)
	}
	if err := os.WriteFile(filepath.Join(dir, "COPYING"), []byte("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if ids, err := licences(dir); err == nil {
		t.Errorf("the GPL is %v", ids)
	}
}
