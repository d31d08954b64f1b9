package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"go/token"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/aymanbagabas/go-udiff"
	"golang.org/x/tools/go/analysis"
)

// Fixes are the changes that the first fix of each finding makes, as far as they go
// together.
type Fixes struct {
	Findings []Finding // those that are fixed
	Left     []Left    // those whose fix is not made

	before, after map[string][]byte // by file
}

// Left is a finding whose fix is not made.
type Left struct {
	Finding Finding
	Why     string
}

// Fixes computes the fixes of the report's findings and changes nothing. Two that
// overlap are not made together: the later waits for the next run. Files that were
// gofmt-ed stay so.
func (r *Report) Fixes() (*Fixes, error) { return r.fixes(make(map[string]bool)) }

// fixes leaves alone the files that fixes would break.
func (r *Report) fixes(broken map[string]bool) (*Fixes, error) {
	x := &Fixes{before: make(map[string][]byte), after: make(map[string][]byte)}
	merged := make(map[string][]udiff.Edit)
	for _, f := range r.Findings {
		if len(f.Diagnostic.SuggestedFixes) == 0 {
			continue
		}
		edits, why, err := r.edits(f.Diagnostic.SuggestedFixes[0], x.before)
		if err != nil {
			return nil, err
		}
		with := maps.Clone(merged)
		for name, list := range edits {
			if broken[name] {
				why = "would not make a Go file of " + filepath.Base(name)
			}
			all, ok := udiff.Merge(merged[name], list)
			if !ok {
				why = "overlaps with another fix: run again"
			}
			with[name] = all
		}
		if why != "" {
			x.Left = append(x.Left, Left{f, why})
			continue
		}
		merged = with
		x.Findings = append(x.Findings, f)
	}
	for name, edits := range merged {
		before := x.before[name]
		after, err := udiff.ApplyBytes(before, edits)
		if err != nil {
			return nil, fmt.Errorf("fixing %s: %w", name, err)
		}
		formatted, err := format.Source(after)
		if err != nil {
			broken[name] = true
			return r.fixes(broken)
		}
		if was, err := format.Source(before); err == nil && bytes.Equal(was, before) {
			after = formatted
		}
		x.after[name] = after
	}
	return x, nil
}

// edits sorts the edits of a fix by file, and reads the files. It says why the fix
// cannot be made, if so.
func (r *Report) edits(fix analysis.SuggestedFix, before map[string][]byte) (edits map[string][]udiff.Edit, why string, err error) {
	edits = make(map[string][]udiff.Edit)
	for _, e := range fix.TextEdits {
		file := r.Fset.File(e.Pos)
		// Not the name that a //line comment gives.
		name := r.Fset.PositionFor(e.Pos, false).Filename
		if !r.own[name] {
			return nil, "stands in a file that the go command generates", nil
		}
		if before[name] == nil {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, "", err
			}
			before[name] = data
		}
		if len(before[name]) != file.Size() {
			return nil, "", fmt.Errorf("%s has changed since it was read", name)
		}
		offset := func(pos token.Pos) int { return file.Offset(pos) }
		edits[name] = append(edits[name], udiff.Edit{Start: offset(e.Pos), End: offset(cmp.Or(e.End, e.Pos)), New: string(e.NewText)})
	}
	for _, list := range edits {
		udiff.SortEdits(list)
	}
	return edits, "", nil
}

// Write writes the fixed files: all or, if one cannot be written, none.
func (x *Fixes) Write() error { return write(x.after) }

// Diff writes what Write would change, as a unified diff with paths below the
// current folder, and reports whether there is anything.
func (x *Fixes) Diff(w io.Writer) (changes bool, err error) {
	for _, name := range slices.Sorted(maps.Keys(x.after)) {
		path := filepath.ToSlash(shown(token.Position{Filename: name}).Filename)
		diff := udiff.Unified("a/"+path, "b/"+path, string(x.before[name]), string(x.after[name]))
		changes = changes || diff != ""
		if _, err := io.WriteString(w, diff); err != nil {
			return changes, err
		}
	}
	return changes, nil
}
