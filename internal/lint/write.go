package lint

import (
	"fmt"
	"os"
	"path/filepath"
)

// write replaces files, each at once: a reader sees the old text or the new one. If
// one cannot be written, none is replaced.
func write(files map[string][]byte) (err error) {
	staged := make(map[string]string) // by temporary name
	defer func() {
		for temporary := range staged {
			os.Remove(temporary)
		}
	}()
	for name, data := range files {
		// The file itself, not a link to it.
		if target, err := filepath.EvalSymlinks(name); err == nil {
			name = target
		}
		mode := os.FileMode(0o644)
		if info, err := os.Stat(name); err == nil {
			if !info.Mode().IsRegular() {
				return fmt.Errorf("%s is no regular file", name)
			}
			mode = info.Mode().Perm()
		}
		temporary, err := os.CreateTemp(filepath.Dir(name), ".mcwflint-*")
		if err != nil {
			return err
		}
		staged[temporary.Name()] = name
		_, err = temporary.Write(data)
		if err == nil {
			err = temporary.Chmod(mode)
		}
		if closing := temporary.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	for temporary, name := range staged {
		if err := os.Rename(temporary, name); err != nil {
			return err
		}
		delete(staged, temporary)
	}
	return nil
}
