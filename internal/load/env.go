package load

import (
	"os"
	"path/filepath"
	"regexp"
)

// Settings of go env -w that let the go command see other files than the environment of this
// process says.
var (
	otherFiles = regexp.MustCompile(`(?m)^(GOFLAGS=.*-(tags|mod|modfile|overlay)\b|GOOS=|GOARCH=|CGO_ENABLED=|GOWORK=|GOEXPERIMENT=)`)
	overlaid   = regexp.MustCompile(`(?m)^GOFLAGS=.*-overlay\b`)
)

// hasOtherFiles reports whether flags or settings of the go command may choose other files.
func hasOtherFiles() bool {
	work := os.Getenv("GOWORK")
	return os.Getenv("GOFLAGS") != "" || work != "" && work != "off" || hasDriver() || otherFiles.Match(goEnv())
}

// hasDriver reports whether another program than the go command lists packages.
func hasDriver() bool {
	driver := os.Getenv("GOPACKAGESDRIVER")
	return driver != "" && driver != "off"
}

// goEnv is what go env -w has set. There need not be such a file, and "off" is none.
func goEnv() []byte {
	name := os.Getenv("GOENV")
	if name == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return nil
		}
		name = filepath.Join(dir, "go", "env")
	}
	data, _ := os.ReadFile(name)
	return data
}

// hasWorkspace reports whether a folder is below a workspace.
func hasWorkspace(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return true
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}
