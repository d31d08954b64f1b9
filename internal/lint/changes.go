package lint

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Changes are the lines of the work tree that a revision has not.
//
// First and last lines by file; nil is the whole file. Where lines were deleted, the
// first is the one behind them and the last the one in front.
type Changes map[string][][2]int

// ChangesSince asks git what has changed in the work tree that dir is in since it
// left rev: since the newest commit that rev and HEAD have in common, so that
// what others did on rev in the meantime does not count. Files that git does not
// know yet are new, unless they are ignored.
func ChangesSince(ctx context.Context, dir, rev string) (Changes, error) {
	root, err := Git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	top := strings.TrimRight(string(root), "\r\n")
	// A revision never starts with a dash: it would be an option.
	if strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("%q is no revision", rev)
	}
	if _, err := Git(ctx, dir, "rev-parse", "--verify", "--quiet", rev+"^{commit}"); err != nil {
		return nil, fmt.Errorf("git knows no revision %q here", rev)
	}
	base, err := Git(ctx, dir, "merge-base", rev, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("%s and HEAD have no commit in common: is this a shallow clone?", rev)
	}
	diff, err := Git(ctx, top, "-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--unified=0",
		"--inter-hunk-context=0", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/", strings.TrimSpace(string(base)), "--", "*.go")
	if err != nil {
		return nil, err
	}
	untracked, err := Git(ctx, top, "ls-files", "--others", "--exclude-standard", "-z", "--", "*.go")
	if err != nil {
		return nil, err
	}
	changes := make(Changes)
	if err := changes.read(top, diff); err != nil {
		return nil, err
	}
	for _, name := range strings.Split(string(untracked), "\x00") {
		if name != "" {
			changes[filepath.Join(top, filepath.FromSlash(name))] = nil
		}
	}
	return changes, nil
}

// Git runs git in a folder and returns what it prints.
func Git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return nil, fmt.Errorf("git %s: %s", args[0], strings.Join(strings.Fields(string(exit.Stderr)), " "))
	}
	if err != nil {
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out, nil
}

// hunk matches the head of a hunk; its groups are the number of lines in the old
// file, and the first line and the number of lines in the new one.
var hunk = regexp.MustCompile(`^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@`)

// read reads a diff without context lines.
func (c Changes) read(top string, diff []byte) error {
	name := ""
	skip := 0 // lines of the hunk that are text
	scanner := bufio.NewScanner(bytes.NewReader(diff))
	scanner.Buffer(nil, len(diff)+1)
	for scanner.Scan() {
		line := scanner.Text()
		if skip > 0 && line != "" && (line[0] == '+' || line[0] == '-') {
			skip--
			continue
		}
		if file, ok := strings.CutPrefix(line, "+++ "); ok {
			// git ends a name with spaces with a tab, and quotes one with quotes.
			file = strings.TrimSuffix(file, "\t")
			if strings.HasPrefix(file, `"`) {
				unquoted, err := strconv.Unquote(file)
				if err != nil {
					return fmt.Errorf("git diff: file name %s: %w", file, err)
				}
				file = unquoted
			}
			name = filepath.Join(top, filepath.FromSlash(strings.TrimPrefix(file, "b/")))
			continue
		}
		m := hunk.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		removed, err1 := lines(m[1])
		first, err2 := strconv.Atoi(m[2])
		added, err3 := lines(m[3])
		if err := errors.Join(err1, err2, err3); err != nil {
			return fmt.Errorf("git diff: %s: %w", line, err)
		}
		skip = removed + added
		if added == 0 {
			first++ // git names the line in front
		}
		c[name] = append(c[name], [2]int{first, first + added - 1})
	}
	return scanner.Err()
}

// lines is the number of lines in the head of a hunk, where none is one.
func lines(s string) (int, error) {
	if s == "" {
		return 1, nil
	}
	return strconv.Atoi(s)
}

// Has reports whether one of the lines from first to last of a file has changed, or one
// between them is gone.
func (c Changes) Has(file string, first, last int) bool {
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target // git tells the real one
	}
	changed, ok := c[file]
	if ok && changed == nil {
		return true
	}
	for _, lines := range changed {
		if lines[0] <= last && first <= lines[1] {
			return true
		}
	}
	return false
}

// KeepNew drops the findings that changes have no part in: neither in the lines
// of the finding nor, if it is known, in the line where its effect stands.
func (r *Report) KeepNew(changes Changes) {
	r.Keep(func(f Finding) bool {
		if changes.Has(f.Pos.Filename, f.Pos.Line, max(f.Pos.Line, f.End.Line)) {
			return true
		}
		return slices.ContainsFunc(f.Diagnostic.Related, func(rel analysis.RelatedInformation) bool {
			pos := r.Fset.Position(rel.Pos)
			return changes.Has(pos.Filename, pos.Line, pos.Line)
		})
	})
}
