package load

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

const (
	directiveText = "//mcwflint:"
	sdkPath       = "go.temporal.io/sdk"
)

func hasDirective(name string) bool {
	data, err := os.ReadFile(name)
	return err == nil && bytes.Contains(data, []byte(directiveText))
}

// matters reports whether a test has a directive, or imports the SDK.
func matters(text []byte) bool {
	return bytes.Contains(text, []byte(`"`+sdkPath+"/")) || bytes.Contains(text, []byte(directiveText))
}

// testFiles are the tests in a folder.
func testFiles(dir string) []string {
	if dir == "" {
		return nil
	}
	names, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	return names
}

// testsMatter reports whether a test in the folder of a package does.
func (g *graph) testsMatter(path string) bool {
	matter, known := g.tested[path]
	if !known {
		matter = slices.ContainsFunc(testFiles(g.dirs[path]), func(name string) bool {
			data, err := os.ReadFile(name)
			return err == nil && matters(data)
		})
		g.tested[path] = matter
	}
	return matter
}

// idleTests are the tests of packages that no rule has anything to say about: those in folders where none
// matters, and those of packages that the patterns do not match. A package with nothing but tests
// keeps them: the go command would not find it.
func (g *graph) idleTests(paths []string) []string {
	var idle []string
	for _, path := range paths {
		if !g.empty[path] && (!g.initial[path] || !g.testsMatter(path)) {
			idle = append(idle, testFiles(g.dirs[path])...)
		}
	}
	return idle
}

// mayHide reports whether the go command can be given an overlay: that it is not given one
// already, and that the packages do not come from elsewhere.
func mayHide() bool {
	return !overlaid.MatchString("GOFLAGS="+os.Getenv("GOFLAGS")) && !overlaid.Match(goEnv()) && !hasDriver()
}

// hide makes the flag that tells the go command that files are not there. What only tests import
// is neither listed nor compiled then, and no package is checked a second time with tests that
// nobody reads.
func hide(files []string) (flag string, remove func(), err error) {
	replace := make(map[string]string) // in an overlay, "" means that the file does not exist
	for _, name := range files {
		abs, err := filepath.Abs(name)
		if err != nil {
			return "", nil, err
		}
		replace[abs] = ""
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", nil, err
	}
	f, err := os.CreateTemp("", "mcwflint-*.json")
	if err != nil {
		return "", nil, err
	}
	remove = func() { os.Remove(f.Name()) }
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		remove()
		return "", nil, err
	}
	return "-overlay=" + f.Name(), remove, nil
}
