package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// withEnvironment lists the processes that have a variable in their environment,
// which they hand on to all that they start, as "pid command line".
func withEnvironment(variable string) []string {
	var found []string
	names, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, name := range names {
		environment, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(environment, []byte(variable+"\x00")) {
			continue
		}
		dir := filepath.Dir(name)
		line, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		if len(line) > 0 { // a zombie has none
			found = append(found, filepath.Base(dir)+" "+strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

// slowCompiler is a program for -toolexec: a compiler that takes a minute.
const slowCompiler = `#!/bin/sh
case "$*" in
*-V=full*) ;;
*/compile*) sleep 60 ;;
esac
exec "$@"
`

// Have: a signal ends the go command and the compilers that it has started.
func TestSignals(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("no /proc to find processes in")
	}
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := module(t, map[string]string{"people/people.go": activity})
	slow := filepath.Join(dir, "slow.sh")
	if err := os.WriteFile(slow, []byte(slowCompiler), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, goflags, wait string
		signal              syscall.Signal
	}{
		{"compilers", "", "/compile ", syscall.SIGTERM},
		{"slow compilers", "-toolexec=" + slow, "sleep 60", syscall.SIGTERM},
		{"slow compilers", "-toolexec=" + slow, "sleep 60", syscall.SIGINT},
	} {
		t.Run(test.name+" "+test.signal.String(), func(t *testing.T) {
			cache := "GOCACHE=" + t.TempDir()
			cmd := exec.Command(tool, "-C", dir, "./people")
			cmd.Env = append(os.Environ(), "MCWFLINT_TEST_TOOL=1", cache, "GOFLAGS="+test.goflags)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				for _, process := range withEnvironment(cache) {
					if pid, err := strconv.Atoi(strings.Fields(process)[0]); err == nil {
						syscall.Kill(pid, syscall.SIGKILL)
					}
				}
			}()
			deadline := time.Now().Add(time.Minute)
			for !strings.Contains(strings.Join(withEnvironment(cache), "\n"), test.wait) {
				if time.Now().After(deadline) {
					t.Fatalf("no %s among %q; stderr %s", test.wait, withEnvironment(cache), stderr.String())
				}
				time.Sleep(10 * time.Millisecond)
			}
			begin := time.Now()
			cmd.Process.Signal(test.signal)
			err := cmd.Wait()
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v to end", took)
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 128+int(test.signal) {
				t.Errorf("%v, want status %d", err, 128+int(test.signal))
			}
			if want := "mcwflint: stopped by signal: " + test.signal.String() + "\n"; stderr.String() != want {
				t.Errorf("stderr %q, want %q", stderr.String(), want)
			}
			if left := withEnvironment(cache); len(left) > 0 {
				t.Errorf("still there:\n%s", strings.Join(left, "\n"))
			}
		})
	}
}
