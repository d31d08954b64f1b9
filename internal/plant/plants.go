//go:build tools

package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed orders/*.txt payments/*.txt
var plantFiles embed.FS

// A plant is one violation, or one look-alike that must stay silent. It is a text file in the format of txtar: a head of
// "key: value" lines, then files to add, each after a line "-- path --".
//
//	rule: rawinsert        the rule that must report it; "silent: rawinsert" for a look-alike
//	shape: ...             what makes it hard to see
//	names: planted_x f     tables and functions that no other plant has: a report that says one is the plant's
//	edit: path             an existing file to edit, followed by one of
//	  line: text           the only line that reads so, but for the space around it
//	  add: text            what is added at that line's end
//	  old: text            text that only one line has
//	  new: text            what replaces it
//
// A line of an added file that ends in "// effect" is a place where a report counts as the plant's too. Edits keep the number of lines, so that
// the positions of a program's own findings stay what they were.
type plant struct {
	name   string
	rule   string
	silent bool
	shape  string
	names  []string
	edits  []change
	files  []file
}

type change struct {
	path     string
	anchor   string
	whole    bool // the anchor is a whole line
	text     string
	appended bool
}

type file struct {
	path string
	text string
}

const effectMark = "// effect"

// load reads the plants of a program, in the order of their names.
func load(program string) ([]plant, error) {
	names, err := fs.Glob(plantFiles, program+"/*.txt")
	if err != nil {
		return nil, err
	}
	var plants []plant
	owner := map[string]string{} // name or path -> the plant that has it
	for _, name := range names {
		data, err := plantFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		p, err := parse(strings.TrimSuffix(path.Base(name), ".txt"), string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		// Have: no two plants share a name or a file, so a report belongs to one plant at most.
		keys := append([]string(nil), p.names...)
		for _, f := range p.files {
			keys = append(keys, f.path)
		}
		for _, key := range keys {
			if o := owner[key]; o != "" {
				return nil, fmt.Errorf("%s: %s belongs to %s already", name, key, o)
			}
			owner[key] = p.name
		}
		plants = append(plants, p)
	}
	return plants, nil
}

var fileLine = regexp.MustCompile(`^-- (\S+) --$`)

func parse(name, text string) (plant, error) {
	p := plant{name: name}
	var cur *change
	for n, line := range strings.SplitAfter(text, "\n") {
		if m := fileLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			p.files = append(p.files, file{path: m[1]})
			continue
		}
		if len(p.files) > 0 {
			p.files[len(p.files)-1].text += line
			continue
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(strings.TrimRight(line, "\n"), ":")
		value = strings.TrimPrefix(value, " ")
		if !ok || cur == nil && (key == "line" || key == "add" || key == "old" || key == "new") {
			return p, fmt.Errorf("line %d: not understood: %s", n+1, line)
		}
		switch key {
		case "rule", "silent":
			p.rule, p.silent = value, key == "silent"
		case "shape":
			p.shape = value
		case "names":
			p.names = strings.Fields(value)
		case "edit":
			p.edits = append(p.edits, change{path: value})
			cur = &p.edits[len(p.edits)-1]
		case "line":
			cur.anchor, cur.whole = value, true
		case "old":
			cur.anchor = value
		case "add":
			cur.text, cur.appended = value, true
		case "new":
			cur.text = value
		default:
			return p, fmt.Errorf("line %d: unknown key %q", n+1, key)
		}
	}
	if !isJudged[p.rule] || p.shape == "" || len(p.files) == 0 {
		return p, fmt.Errorf("a plant needs a rule, a shape and a file")
	}
	for _, c := range p.edits {
		if c.anchor == "" || c.text == "" || c.whole != c.appended {
			return p, fmt.Errorf("an edit of %s needs line and add, or old and new", c.path)
		}
	}
	if !p.silent && len(p.names) == 0 && len(p.effects()) == 0 {
		return p, fmt.Errorf("nothing would tell a report of this plant: no names, no line marked %q", effectMark)
	}
	return p, nil
}

// effects returns the marked lines, as "path:line".
func (p plant) effects() map[string]bool {
	at := map[string]bool{}
	for _, f := range p.files {
		for i, line := range strings.Split(f.text, "\n") {
			if strings.HasSuffix(strings.TrimSpace(line), effectMark) {
				at[fmt.Sprintf("%s:%d", f.path, i+1)] = true
			}
		}
	}
	return at
}

// addFiles writes the plant's own files, none of which may exist.
func (p plant) addFiles(root string) error {
	for _, f := range p.files {
		name := filepath.Join(root, filepath.FromSlash(f.path))
		if _, err := os.Lstat(name); err == nil {
			return fmt.Errorf("%s exists in the program", f.path)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(f.text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// edit applies the edits of all plants. Anchors are looked up in the files as they were, so that several plants can hang
// on the same line; what they add stands there in the order of the plants.
func edit(root string, plants []plant) error {
	original := map[string][]string{}
	edited := map[string][]string{}
	for _, p := range plants {
		for _, c := range p.edits {
			if original[c.path] == nil {
				data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(c.path)))
				if err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
				original[c.path] = strings.Split(string(data), "\n")
				edited[c.path] = strings.Split(string(data), "\n")
			}
			i, err := c.find(original[c.path])
			if err != nil {
				return fmt.Errorf("%s: %s: %w", p.name, c.path, err)
			}
			lines := edited[c.path]
			if c.appended {
				lines[i] += " " + c.text
				continue
			}
			if !strings.Contains(lines[i], c.anchor) {
				return fmt.Errorf("%s: %s: another plant replaced %q", p.name, c.path, c.anchor)
			}
			lines[i] = strings.Replace(lines[i], c.anchor, c.text, 1)
		}
	}
	for name, lines := range edited {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// find returns the index of the only line that has the anchor.
func (c change) find(lines []string) (int, error) {
	at := -1
	for i, line := range lines {
		hit := strings.Contains(line, c.anchor)
		if c.whole {
			hit = strings.TrimSpace(line) == c.anchor
		}
		if !hit {
			continue
		}
		if at >= 0 {
			return 0, fmt.Errorf("the anchor %q stands on lines %d and %d", c.anchor, at+1, i+1)
		}
		at = i
	}
	if at < 0 {
		return 0, fmt.Errorf("the anchor %q is missing: the program has changed", c.anchor)
	}
	return at, nil
}

// copyTree copies a checkout without its history.
func copyTree(dst, src string) error {
	return filepath.WalkDir(src, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, name)
		if err != nil {
			return err
		}
		to := filepath.Join(dst, rel)
		switch {
		case d.Name() == ".git":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(to, 0o755)
		case d.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			if err != nil {
				return err
			}
			return os.Symlink(target, to)
		case !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	})
}
