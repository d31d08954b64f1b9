//go:build unix

// Package servers runs a Temporal server and a PostgreSQL of a test's own, which it may kill.
//
// The programs are the machine's: temporal from a folder bin at or above the working directory or from PATH, and
// PostgreSQL's from PATH or from where Debian's package puts them.
package servers

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrMissing says that a server's program is not on this machine.
var ErrMissing = errors.New("not found")

// startTimeout is how long a server may take until it answers; on a machine that compiles at the same time, it needs some.
const startTimeout = time.Minute

// process is a server that listens on a port of its own and keeps its data in a folder.
type process struct {
	port   int
	path   string
	args   []string
	log    string
	user   *syscall.Credential // nil for this process's
	answer func() error        // nil when the server is ready

	cmd  *exec.Cmd
	done chan error
}

// Start starts the server, also again after it was stopped or killed, and waits until it answers.
func (p *process) Start() error {
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	p.cmd = exec.Command(p.path, p.args...)
	p.cmd.Dir = filepath.Dir(p.log)
	p.cmd.Env = environment()
	p.cmd.Stdout, p.cmd.Stderr = log, log
	// A group of its own: an interrupt from the keyboard reaches who started the server, and that one stops it.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.user, Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.done = make(chan error, 1)
	go func(cmd *exec.Cmd, done chan<- error) { done <- cmd.Wait() }(p.cmd, p.done)

	for deadline := time.Now().Add(startTimeout); ; time.Sleep(50 * time.Millisecond) {
		err := p.answer()
		if err == nil {
			return nil
		}
		select {
		case exit := <-p.done:
			p.cmd = nil
			return fmt.Errorf("%s ended: %v\n%s", p.path, exit, p.tail())
		default:
		}
		if time.Now().After(deadline) {
			p.Signal(syscall.SIGKILL)
			return fmt.Errorf("%s does not answer: %w\n%s", p.path, err, p.tail())
		}
	}
}

// environment is this process's without what tells clients where to go: servers and their tools read it too.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "PG") || strings.HasPrefix(variable, "TEMPORAL_")
	})
}

// Signal sends the server a signal that ends it, and waits for its end. A server that has ended is left alone.
func (p *process) Signal(signal syscall.Signal) {
	if p.cmd == nil {
		return
	}
	p.cmd.Process.Signal(signal)
	<-p.done
	p.cmd = nil
}

// Address is the server's host and port. It stays the same when the server is started again.
func (p *process) Address() string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port))
}

// tail returns the end of the server's log.
func (p *process) tail() string {
	log, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(log[max(0, len(log)-2000):])
}

// FreePort returns a port on which nobody listens.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// Temporal is a development server. It keeps its state in a file, and so over a kill.
type Temporal struct{ process }

// StartTemporal starts a server that keeps its files in dir.
func StartTemporal(dir string) (*Temporal, error) {
	path, err := findTemporal()
	if err != nil {
		return nil, err
	}
	port, err := FreePort()
	if err != nil {
		return nil, err
	}
	s := &Temporal{process{
		port: port,
		path: path,
		args: []string{"server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", strconv.Itoa(port),
			"--db-filename", filepath.Join(dir, "temporal.db"), "--log-level", "error"},
		log: filepath.Join(dir, "temporal.log"),
	}}
	s.answer = s.healthy
	return s, s.Start()
}

// healthy asks the server what it thinks of itself.
func (s *Temporal) healthy() error {
	cmd := exec.Command(s.path, "operator", "cluster", "health", "--address", s.Address())
	cmd.Env = environment()
	return cmd.Run()
}

// Kill ends the server without a chance to save anything.
func (s *Temporal) Kill() { s.Signal(syscall.SIGKILL) }

// Stop ends the server.
func (s *Temporal) Stop() { s.Signal(syscall.SIGINT) }

func findTemporal() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if path, err := exec.LookPath(filepath.Join(dir, "bin", "temporal")); err == nil {
			return path, nil
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if path, err := exec.LookPath("temporal"); err == nil {
		return path, nil
	}
	return "", fmt.Errorf("Temporal's command line, temporal: %w", ErrMissing)
}

// Postgres is a database server with one database, postgres, in which everybody is trusted.
type Postgres struct{ process }

// StartPostgres makes a database in dir and starts a server for it. For root it gives dir to another user, who must be
// able to reach it.
func StartPostgres(dir string) (*Postgres, error) {
	postgres, err := findPostgres("postgres")
	if err != nil {
		return nil, err
	}
	initdb, err := findPostgres("initdb")
	if err != nil {
		return nil, err
	}
	port, err := FreePort()
	if err != nil {
		return nil, err
	}
	credential, err := unprivileged()
	if err != nil {
		return nil, err
	}
	if credential != nil {
		if err := os.Chown(dir, int(credential.Uid), int(credential.Gid)); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	cmd := exec.Command(initdb, "--pgdata", data, "--username", "postgres", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--no-sync")
	cmd.Dir = dir
	cmd.Env = environment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", initdb, err, out)
	}
	s := &Postgres{process{
		port: port,
		path: postgres,
		args: []string{"-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", "", "-c", "fsync=off"},
		log:  filepath.Join(dir, "postgres.log"),
		user: credential,
	}}
	s.answer = s.accepts
	return s, s.Start()
}

// URL is what DATABASE_URL may be set to.
func (s *Postgres) URL() string {
	return fmt.Sprintf("postgres://postgres@%s/postgres?sslmode=disable", s.Address())
}

// Kill ends the server and all its connections in the middle of what they do; it recovers at the next start. This is
// PostgreSQL's immediate shutdown. SIGKILL would leave the connections' processes alive for a while.
func (s *Postgres) Kill() { s.Signal(syscall.SIGQUIT) }

// Stop ends the server, and the connections with their transactions rolled back.
func (s *Postgres) Stop() { s.Signal(syscall.SIGINT) }

// accepts tries a start-up message: the server listens before it is ready.
func (s *Postgres) accepts() error {
	conn, err := net.Dial("tcp", s.Address())
	if err != nil {
		return err
	}
	defer conn.Close()
	// Length, protocol 3.0, parameters: https://www.postgresql.org/docs/current/protocol-message-formats.html
	const parameters = "user\x00postgres\x00database\x00postgres\x00\x00"
	message := append([]byte{0, 0, 0, byte(8 + len(parameters)), 0, 3, 0, 0}, parameters...)
	if _, err := conn.Write(message); err != nil {
		return err
	}
	answer := make([]byte, 1)
	if _, err := io.ReadFull(conn, answer); err != nil {
		return err
	}
	if answer[0] != 'R' { // authentication
		return fmt.Errorf("answer %q", answer)
	}
	return nil
}

// findPostgres looks for a program on PATH, then where Debian keeps those of each version, the latest first.
func findPostgres(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	paths, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil {
		return "", err
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	slices.SortFunc(paths, func(a, b string) int { return version(b) - version(a) })
	if len(paths) == 0 {
		return "", fmt.Errorf("PostgreSQL's %s: %w", name, ErrMissing)
	}
	return paths[0], nil
}

// unprivileged returns the user whom PostgreSQL shall be run by, nil for the current one. It refuses to be run by root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL refuses to be run by root, and there is no user postgres or nobody")
}
