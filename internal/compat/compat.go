// Package compat compares two revisions of a program: what running executions have in their
// histories, and in flight, must fit the new code.
package compat

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/mediacloud/mcwflint/internal/lint"
)

// A Checkout is a revision in a folder of its own.
type Checkout struct {
	Dir  string // the folder that stands for the current one
	Root string // the folder that stands for the repository's root
	Top  string // that root, "" for a folder
	// Revision is the commit's hash, "" for a folder.
	Revision string

	temporary bool
}

// Close removes what was written.
func (c *Checkout) Close() error {
	if c.temporary {
		return os.RemoveAll(c.Root)
	}
	return nil
}

// relative is a file's name below the root: what both revisions have in common may be a file of
// the work tree.
func (c *Checkout) relative(name string) string {
	for _, root := range []string{c.Root, c.Top} {
		if rel, err := filepath.Rel(root, name); root != "" && err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return name
}

// Open reads a revision of the repository that dir is in into a temporary folder, or takes a
// folder as it is. The work tree, the index and stashes are not touched.
func Open(ctx context.Context, dir, rev string) (*Checkout, error) {
	if rev == "" {
		return nil, errors.New("no revision: -from wants one, or a folder")
	}
	// A folder counts if git does not know the name.
	top, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err == nil {
		commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
		if err == nil {
			return extract(ctx, dir, top, commit)
		}
	}
	if info, statErr := os.Stat(rev); statErr == nil && info.IsDir() {
		abs, err := filepath.Abs(rev)
		return &Checkout{Dir: abs, Root: abs}, err
	}
	if err != nil {
		return nil, fmt.Errorf("%s is no folder, and %s is in no git repository: %w", rev, dir, err)
	}
	if shallow, _ := git(ctx, dir, "rev-parse", "--is-shallow-repository"); shallow == "true" {
		return nil, fmt.Errorf("revision %q is not in this shallow clone: git fetch --deepen, or fetch-depth: 0 in CI", rev)
	}
	return nil, fmt.Errorf("%q is neither a revision of this repository nor a folder", rev)
}

// git is what a git command prints, without line breaks around it.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	out, err := lint.Git(ctx, dir, args...)
	return strings.TrimSpace(string(out)), err
}

// extract writes a commit into a temporary folder.
func extract(ctx context.Context, dir, top, commit string) (_ *Checkout, err error) {
	prefix, err := git(ctx, dir, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	root, err := temporary(top)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(root))
		}
	}()
	// The go command prints paths without links.
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "git", "archive", "--format=tar", commit)
	cmd.Dir = top
	var stderr strings.Builder
	cmd.Stderr = &stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	unpackErr := unpack(pipe, root)
	if err := cmd.Wait(); err != nil {
		return nil, fmt.Errorf("git archive %s: %w: %s", commit, err, strings.TrimSpace(stderr.String()))
	}
	if unpackErr != nil {
		return nil, unpackErr
	}
	if top, err = filepath.EvalSymlinks(top); err != nil {
		return nil, err
	}
	c := &Checkout{Dir: filepath.Join(root, filepath.FromSlash(prefix)), Root: root, Top: top, Revision: commit, temporary: true}
	if _, err := os.Stat(c.Dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the folder %s is not in revision %.12s", prefix, commit)
	}
	return c, nil
}

// temporary makes the folder for a revision of a repository: the same every time, unless another
// run has it, because the go command's cache knows packages by their folders.
func temporary(top string) (string, error) {
	h := fnv.New64a()
	h.Write([]byte(top))
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("mcwflint-compat-%d-%x", os.Getuid(), h.Sum64()))
	if err := os.Mkdir(dir, 0o700); err == nil {
		return dir, nil
	}
	return os.MkdirTemp("", "mcwflint-compat-")
}

// unpack writes the files of a tar archive that git has made. Links are left out if they lead
// elsewhere: Go code does not need them.
func unpack(r io.Reader, root string) error {
	archive := tar.NewReader(r)
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !filepath.IsLocal(filepath.FromSlash(h.Name)) {
			continue
		}
		name := filepath.Join(root, filepath.FromSlash(h.Name))
		switch h.Typeflag {
		case tar.TypeDir:
			err = os.MkdirAll(name, 0o755)
		case tar.TypeReg:
			err = write(name, archive)
		case tar.TypeSymlink:
			if filepath.IsLocal(filepath.Join(filepath.Dir(filepath.FromSlash(h.Name)), filepath.FromSlash(h.Linkname))) {
				err = os.Symlink(h.Linkname, name)
			}
		}
		if err != nil {
			return err
		}
	}
}

func write(name string, r io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}
