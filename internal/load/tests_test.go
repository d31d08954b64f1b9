package load

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Have: a test that neither uses the SDK nor has a directive is not there for the go command, so
// that what it imports is neither listed nor compiled; unless somebody else gives it an overlay.
// Tests that matter, and packages that are nothing but tests, are there.
func TestIdleTests(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := t.TempDir()
	put(t, dir, "go.mod", "module example.com/m\n\ngo 1.26\n")
	const directive = "//mcwflint:ignore rawinsert -- no\n"
	put(t, dir, "idle/i.go", "package idle\n"+directive)
	put(t, dir, "idle/i_test.go", "package idle\n\nimport _ \"example.com/nowhere\"\n")
	put(t, dir, "tested/t.go", "package tested\n")
	put(t, dir, "tested/t_test.go", "package tested\n"+directive)
	put(t, dir, "only/o_test.go", "package only\n"+directive)
	overlay := filepath.Join(dir, "overlay.json")
	put(t, dir, "overlay.json", "{}")
	for _, c := range []struct {
		flags string
		want  []string
	}{
		{"", []string{"example.com/m/idle", "example.com/m/only", "example.com/m/only [example.com/m/only.test]", "example.com/m/tested", "example.com/m/tested [example.com/m/tested.test]"}},
		{"-overlay=" + overlay, []string{"example.com/m/idle", "example.com/m/idle [example.com/m/idle.test]", "example.com/m/only", "example.com/m/only [example.com/m/only.test]", "example.com/m/tested", "example.com/m/tested [example.com/m/tested.test]"}},
	} {
		t.Setenv("GOFLAGS", c.flags)
		p, err := Load(context.Background(), Options{Dir: dir, Patterns: []string{"./..."}, Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, pkg := range p.Packages {
			got = append(got, pkg.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("with GOFLAGS=%q: %q, want %q", c.flags, got, c.want)
		}
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "mcwflint-*.json"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}
