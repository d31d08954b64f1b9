//go:build unix

package postgres_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/postgres"
)

// daemon, if set, makes the test binary a daemon that connects and ends.
const daemon = "POSTGRES_TEST_DAEMON"

func TestMain(m *testing.M) {
	if os.Getenv(daemon) != "" {
		postgres.Configure(func(c *postgres.Config) {
			c.Attempts, c.Pause, c.Timeout = 3, 10*time.Millisecond, 10*time.Second
		})
		if _, err := postgres.ConnectToDB(context.Background()); err != nil {
			panic(err)
		}
		os.Stdout.WriteString("connected")
		os.Exit(0)
	}
	servers.Main(m)
}

// setup points the environment at a database until the test ends.
func setup(t *testing.T, url string) {
	t.Helper()
	for _, name := range []string{"PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSERVICE", "PGSSLMODE"} {
		t.Setenv(name, "") // which puts it back in the end
		os.Unsetenv(name)
	}
	t.Setenv("DATABASE_URL", url)
	t.Cleanup(postgres.Close)
}

// nobody returns an address at which nobody listens.
func nobody(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// deaf returns an address at which somebody listens and does not answer.
func deaf(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

func configure(t *testing.T, c postgres.Config) {
	t.Helper()
	var before postgres.Config
	postgres.Configure(func(config *postgres.Config) { before, *config = *config, c })
	t.Cleanup(func() { postgres.Configure(func(config *postgres.Config) { *config = before }) })
}

// TestConnect: all who ask get one pool; its connections outlive the server.
func TestConnect(t *testing.T) {
	server := servers.NewPostgres(t)
	setup(t, server.URL())
	pools := make([]*pgxpool.Pool, 50)
	var wg sync.WaitGroup
	for i := range pools {
		wg.Go(func() {
			connect := postgres.ConnectToDBOrRaise
			if i%2 == 0 {
				connect = postgres.ConnectToDB
			}
			var err error
			if pools[i], err = connect(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, p := range pools {
		if p == nil || p != pools[0] {
			t.Fatal("different pools")
		}
	}

	server.Kill()
	p, err := postgres.ConnectToDBOrRaise(t.Context())
	if err != nil || p != pools[0] {
		t.Errorf("without a server: %v, %v, want the same pool", p, err)
	}
	if _, err := p.Exec(t.Context(), "SELECT 1"); err == nil {
		t.Error("a dead server answers")
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Exec(t.Context(), "SELECT 1"); err != nil {
		t.Errorf("after the server's return: %v", err)
	}
}

// TestEnvironment: libpq's variables name the database, too.
func TestEnvironment(t *testing.T) {
	server := servers.NewPostgres(t)
	setup(t, "")
	host, port, err := net.SplitHostPort(server.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PGHOST", host)
	t.Setenv("PGPORT", port)
	t.Setenv("PGUSER", "postgres")
	t.Setenv("PGDATABASE", "postgres")
	if _, err := postgres.ConnectToDBOrRaise(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestErrors: each failure is an error of the right kind, in bounded time, and is not remembered.
func TestErrors(t *testing.T) {
	server := servers.NewPostgres(t)
	configure(t, postgres.Config{Timeout: 200 * time.Millisecond})
	tests := []struct {
		name, url string
		is        func(error) bool
	}{
		{"nobody listens", "postgres://kim:s3cr3t@" + nobody(t) + "/db", is[*mcerror.McTransientError]},
		{"nobody answers", "postgres://kim:s3cr3t@" + deaf(t) + "/db?sslmode=disable", is[*mcerror.McTransientError]},
		{"no such host", "postgres://kim:s3cr3t@nowhere.invalid/db", is[*mcerror.McTransientError]},
		{"no such database", "postgres://postgres:s3cr3t@" + server.Address() + "/nowhere", is[*mcerror.McConfigurationError]},
		{"no such user", "postgres://kim:s3cr3t@" + server.Address() + "/postgres", is[*mcerror.McConfigurationError]},
		{"no port", "postgres://kim:s3cr3t@localhost:port/db", is[*mcerror.McConfigurationError]},
		{"no number", "postgres://kim:s3cr3t@localhost/db?pool_max_conns=many", is[*mcerror.McConfigurationError]},
		{"no mode", "postgres://kim:s3cr3t@localhost/db?sslmode=perhaps", is[*mcerror.McConfigurationError]},
		{"percent", "postgres://kim:s3cr3t%zz@localhost/db", is[*mcerror.McConfigurationError]},
		{"slash", "postgres://kim:x/s3cr3t@localhost/db", is[*mcerror.McConfigurationError]},
		{"no scheme", "kim:s3cr3t@localhost/db", is[*mcerror.McConfigurationError]},
		{"space", "host=localhost user=kim password=x s3cr3t", is[*mcerror.McConfigurationError]},
		{"quote", "host=localhost user=kim password='x s3cr3t", is[*mcerror.McConfigurationError]},
		{"typo", "host=localhost user=kim pasword = s3cr3t port=x", is[*mcerror.McConfigurationError]},
		{"other scheme", "mysql://kim:s3cr3t@localhost/db", is[*mcerror.McConfigurationError]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			setup(t, tt.url)
			start := time.Now()
			pool, err := postgres.ConnectToDBOrRaise(t.Context())
			if pool != nil || err == nil {
				t.Fatal("connected")
			}
			t.Log(err)
			if !tt.is(err) {
				t.Errorf("%T: %v, want another kind", err, err)
			}
			if strings.Contains(err.Error(), "s3cr3t") {
				t.Errorf("%q tells the password", err)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("failed after %v, want 200 ms", took)
			}
			t.Setenv("DATABASE_URL", server.URL())
			configure(t, postgres.Config{Timeout: time.Minute})
			if _, err := postgres.ConnectToDBOrRaise(t.Context()); err != nil {
				t.Errorf("the failure was remembered: %v", err)
			}
		})
	}
}

func is[T error](err error) bool {
	_, ok := errors.AsType[T](err)
	return ok
}

// TestCancelled: a context ends the wait of both functions, and ConnectToDB does not end the process.
func TestCancelled(t *testing.T) {
	for name, connect := range map[string]func(context.Context) (*pgxpool.Pool, error){
		"ConnectToDBOrRaise": postgres.ConnectToDBOrRaise,
		"ConnectToDB":        postgres.ConnectToDB,
	} {
		for where, address := range map[string]string{"in an attempt": deaf(t), "in a pause": nobody(t)} {
			if name == "ConnectToDBOrRaise" && where == "in a pause" {
				continue
			}
			t.Run(name+" "+where, func(t *testing.T) {
				configure(t, postgres.Config{Attempts: 1000, Pause: time.Hour, Timeout: 2 * time.Second})
				setup(t, "postgres://"+address+"/db?sslmode=disable")
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				start := time.Now()
				pool, err := connect(ctx)
				if pool != nil || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%v, %v, want the context's error", pool, err)
				}
				if took := time.Since(start); took > time.Minute {
					t.Errorf("returned after %v", took)
				}
			})
		}
	}
	// Attempts go on for others; this package's check for goroutines waits for less than they may take.
	time.Sleep(2 * time.Second)
}

// TestConnectToDB runs a daemon: with a database it goes on, without one it tries three times and ends.
func TestConnectToDB(t *testing.T) {
	server := servers.NewPostgres(t)
	tests := []struct {
		name, url string
		attempts  int // that are logged
		ends      bool
	}{
		{"database", server.URL(), 0, false},
		{"no database", "postgres://kim:s3cr3t@" + nobody(t) + "/db", 3, true},
		{"nonsense", "postgres://kim:s3cr3t%zz@localhost/db", 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stdout, stderr, code := runDaemon(t, tt.url)
			t.Logf("\n%s", stderr)
			if n := strings.Count(stderr, "no connection to the database"); n != tt.attempts {
				t.Errorf("%d attempts logged, want %d", n, tt.attempts)
			}
			wantCode, wantOut := 0, "connected"
			if tt.ends {
				wantCode, wantOut = 1, ""
				if !strings.Contains(stderr, "ending the process") {
					t.Error("the log does not say that the process ends")
				}
			}
			if code != wantCode || stdout != wantOut {
				t.Errorf("status %d and %q, want %d and %q", code, stdout, wantCode, wantOut)
			}
			if strings.Contains(stderr, "s3cr3t") {
				t.Error("the log tells the password")
			}
		})
	}
}

func runDaemon(t *testing.T, url string) (stdout, stderr string, code int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), daemon+"=1", "DATABASE_URL="+url)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	err = cmd.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	return out.String(), log.String(), cmd.ProcessState.ExitCode()
}
