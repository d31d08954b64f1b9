package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mediacloud/mcwflint/internal/lint"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// initialize writes the configuration file of a module, and prints what to write
// into the files of others.
func initialize(root string, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		return fail(stderr, fmt.Errorf("init takes no arguments: %v", args))
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		return fail(stderr, errors.New("init: no go.mod here or above: the configuration belongs beside it"))
	}
	name := filepath.Join(root, settings.FileName)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fail(stderr, fmt.Errorf("init: %s is there already", lint.Relative(name)))
	}
	if err != nil {
		return fail(stderr, err)
	}
	_, err = f.Write(settings.Example())
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(name)
		return fail(stderr, err)
	}
	fmt.Fprintf(stdout, "Wrote %s.\n", lint.Relative(name))
	for _, s := range settings.Snippets() {
		fmt.Fprintf(stdout, "\n# %s\n%s", s.File, s.Text)
	}
	return clean
}
