//go:build unix

package servers

import (
	"errors"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// Main runs a package's tests, stops the server of [TemporalAddress], and checks that no goroutine is left.
func Main(m *testing.M) { goleak.VerifyTestMain(tests{m}) }

type tests struct{ *testing.M }

func (t tests) Run() int {
	code := t.M.Run()
	if shared.temporal != nil {
		shared.temporal.Stop()
	}
	if shared.dir != "" {
		os.RemoveAll(shared.dir)
	}
	return code
}

var shared struct {
	sync.Mutex
	dir      string
	temporal *Temporal
}

// TemporalAddress returns the address of a Temporal server that the tests of a package share. Its tests are run by [Main].
func TemporalAddress(t testing.TB) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.temporal == nil {
		var err error
		if shared.dir, err = os.MkdirTemp("", "temporal"); err != nil {
			t.Fatal(err)
		}
		server, err := StartTemporal(shared.dir)
		require(t, err)
		shared.temporal = server
	}
	return shared.temporal.Address()
}

// NewTemporal returns a Temporal server of the test's own.
func NewTemporal(t testing.TB) *Temporal {
	t.Helper()
	s, err := StartTemporal(t.TempDir())
	require(t, err)
	t.Cleanup(s.Stop)
	return s
}

// NewPostgres returns a PostgreSQL of the test's own.
func NewPostgres(t testing.TB) *Postgres {
	t.Helper()
	dir, err := os.MkdirTemp("", "postgres") // t.TempDir is out of reach for other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s, err := StartPostgres(dir)
	require(t, err)
	t.Cleanup(s.Stop)
	return s
}

// require skips a test whose server cannot be had on this machine. In CI it can, and the test fails.
func require(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case errors.Is(err, ErrMissing) && os.Getenv("CI") == "":
		t.Skipf("SKIPPED: %v", err)
	default:
		t.Fatal(err)
	}
}
