package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mediacloud/mcwflint/internal/lint"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// runInit writes the configuration file of a module, and prints what to write
// into the files of others.
func runInit(_ context.Context, c *call) (status int, err error) {
	if err := c.enter(); err != nil {
		return failed, err
	}
	if len(c.args) > 0 {
		return failed, misuse("init takes no arguments: %v", c.args)
	}
	if _, err := os.Stat(filepath.Join(c.root, "go.mod")); err != nil {
		return failed, errors.New("init: no go.mod here or above: the configuration belongs beside it")
	}
	name := filepath.Join(c.root, settings.FileName)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return failed, fmt.Errorf("init: %s is there already", lint.Relative(name))
	}
	if err != nil {
		return failed, err
	}
	_, err = f.Write(settings.Example())
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(name)
		return failed, err
	}
	fmt.Fprintf(c.stdout, "Wrote %s.\n", lint.Relative(name))
	for _, s := range settings.Snippets() {
		fmt.Fprintf(c.stdout, "\n# %s\n%s", s.File, s.Text)
	}
	return clean, nil
}
