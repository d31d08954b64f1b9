//go:build unix

package temporalclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
)

func TestMain(m *testing.M) { servers.Main(m) }

// proxy stands between a client and a server. It counts connections, and may keep them waiting.
type proxy struct {
	listener net.Listener
	accepted atomic.Int64
	serving  chan struct{} // closed when it does
	wg       sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
}

func newProxy(t *testing.T, listen, server string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", listen)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, serving: make(chan struct{})}
	p.wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.accepted.Add(1)
			p.keep(conn)
			<-p.serving
			to, err := net.Dial("tcp", server)
			if err != nil {
				conn.Close()
				continue
			}
			p.keep(to)
			p.wg.Go(func() { io.Copy(to, conn); to.Close() })
			p.wg.Go(func() { io.Copy(conn, to); conn.Close() })
		}
	})
	t.Cleanup(func() {
		l.Close()
		p.mu.Lock()
		for _, conn := range p.conns {
			conn.Close()
		}
		p.mu.Unlock()
		p.wg.Wait()
	})
	return p
}

func (p *proxy) keep(conn net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns = append(p.conns, conn)
}

// setup points the environment at an address, and nothing else, until the test ends.
func setup(t *testing.T, address string) {
	t.Helper()
	for _, name := range []string{"TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "TEMPORAL_API_KEY", "TEMPORAL_PROFILE"} {
		t.Setenv(name, "") // which puts it back in the end
		os.Unsetenv(name)  // set to nothing it would still be above the file
	}
	t.Setenv("TEMPORAL_CONFIG_FILE", filepath.Join(t.TempDir(), "temporal.toml"))
	if address != "" {
		t.Setenv("TEMPORAL_ADDRESS", address)
	}
	t.Cleanup(temporalclient.Close)
}

// TestOneConnection: 200 goroutines that ask at the same time get the same client, over one connection.
func TestOneConnection(t *testing.T) {
	p := newProxy(t, "127.0.0.1:0", servers.TemporalAddress(t))
	close(p.serving)
	setup(t, p.listener.Addr().String())

	var made atomic.Int64
	temporalclient.Configure(func(*client.Options) { made.Add(1) })
	t.Cleanup(func() { temporalclient.Configure(func(*client.Options) {}) })

	const goroutines = 200
	clients := make([]client.Client, goroutines)
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range goroutines {
		wg.Go(func() {
			<-start
			c, err := temporalclient.Shared(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			clients[i] = c
			if _, err := c.CheckHealth(t.Context(), nil); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	for _, c := range clients {
		if c != clients[0] {
			t.Fatal("two goroutines got different clients")
		}
	}
	// Another namespace is another client over the same connection.
	other, err := temporalclient.SharedIn(t.Context(), "other")
	if err != nil {
		t.Fatal(err)
	}
	if other == clients[0] {
		t.Error("another namespace got the same client")
	}
	if _, err := other.CheckHealth(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if again, err := temporalclient.SharedIn(t.Context(), "other"); err != nil || again != other {
		t.Errorf("asked again: %v, %v, want the same client", again, err)
	}
	if n := p.accepted.Load(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
	if n := made.Load(); n != 2 {
		t.Errorf("options for %d clients, want 2", n)
	}
}

// TestServerDown: the process lives, the error says where it looked, and the next call tries again.
func TestServerDown(t *testing.T) {
	server := servers.TemporalAddress(t)
	reserved, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := reserved.Addr().String()
	reserved.Close()
	setup(t, address)

	start := time.Now()
	_, err = temporalclient.Shared(t.Context())
	if _, ok := errors.AsType[*mcerror.McTransientError](err); !ok {
		t.Fatalf("nobody listens: %v, want an McTransientError", err)
	}
	t.Logf("after %v: %v", time.Since(start), err)
	if !strings.Contains(err.Error(), address) {
		t.Errorf("%q does not say that %s was tried", err, address)
	}
	if _, err := temporalclient.SharedIn(t.Context(), "other"); err == nil {
		t.Error("another namespace has a client although nobody listens")
	}

	close(newProxy(t, address, server).serving)
	c, err := temporalclient.Shared(t.Context())
	if err != nil {
		t.Fatalf("the failure was remembered: %v", err)
	}
	if _, err := c.CheckHealth(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// TestCancelled: a caller's context ends its wait at once. It does not end the attempt for others.
func TestCancelled(t *testing.T) {
	p := newProxy(t, "127.0.0.1:0", servers.TemporalAddress(t))
	setup(t, p.listener.Addr().String())

	patient := make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	impatient := make(chan error, 1)
	go func() {
		_, err := temporalclient.Shared(ctx)
		impatient <- err
	}()
	for p.accepted.Load() == 0 { // the attempt is in the middle
		time.Sleep(time.Millisecond)
	}
	go func() {
		_, err := temporalclient.Shared(t.Context())
		patient <- err
	}()
	cancel()
	if err := <-impatient; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v, want the context's error", err)
	}
	select {
	case err := <-patient:
		t.Errorf("the attempt ended for others too: %v", err)
	default:
	}
	close(p.serving)
	if err := <-patient; err != nil {
		t.Errorf("the attempt of a cancelled caller failed for others: %v", err)
	}
}

// TestProfile: Temporal's own configuration file names server and namespace.
func TestProfile(t *testing.T) {
	setup(t, "")
	file := filepath.Join(t.TempDir(), "temporal.toml")
	content := "[profile.staging]\naddress = \"" + servers.TemporalAddress(t) + "\"\nnamespace = \"from-profile\"\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TEMPORAL_CONFIG_FILE", file)
	t.Setenv("TEMPORAL_PROFILE", "staging")

	var namespaces []string
	temporalclient.Configure(func(options *client.Options) { namespaces = append(namespaces, options.Namespace) })
	t.Cleanup(func() { temporalclient.Configure(func(*client.Options) {}) })
	if _, err := temporalclient.Shared(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(namespaces) != 1 || namespaces[0] != "from-profile" {
		t.Errorf("namespaces %q, want the profile's", namespaces)
	}
}

// TestWrongConfiguration: the error is of the kind that somebody must mend, and tells no secret.
func TestWrongConfiguration(t *testing.T) {
	const secret = "s3cr3t"
	file := func(content string) func(t *testing.T) {
		return func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "temporal.toml")
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("TEMPORAL_CONFIG_FILE", file)
		}
	}
	tests := map[string]func(t *testing.T){
		"no such profile":     func(t *testing.T) { t.Setenv("TEMPORAL_PROFILE", "nowhere") },
		"quote missing":       file("[profile.default]\napi_key = \"" + secret + "\n"),
		"quotes missing":      file("[profile.default]\napi_key = " + secret + "\n"),
		"key twice":           file("[profile.default]\napi_key = \"" + secret + "\"\napi_key = \"" + secret + "\"\n"),
		"value of wrong type": file("[profile.default]\napi_key = [\"" + secret + "\"]\n"),
		"escape":              file("[profile.default]\napi_key = \"" + secret + "\\q\"\n"),
		"junk":                file("[profile.default]\napi_key = \"" + "x" + "\" " + secret + "\n"),
		"number":              file("[profile.default]\napi_key = 0" + secret + "\n"),
		"date":                file("[profile.default]\napi_key = 1979-05-27T" + secret + "\n"),
		"no value":            file("[profile.default]\napi_key " + secret + "\n"),
		"no such certificate": func(t *testing.T) { t.Setenv("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/nonexistent/ca.pem") },
		"key that is none":    func(t *testing.T) { t.Setenv("TEMPORAL_TLS_CLIENT_KEY_DATA", secret) },
		"key and certificate": func(t *testing.T) {
			t.Setenv("TEMPORAL_TLS_CLIENT_KEY_DATA", secret)
			t.Setenv("TEMPORAL_TLS_CLIENT_CERT_DATA", secret)
		},
	}
	for name, set := range tests {
		t.Run(name, func(t *testing.T) {
			setup(t, servers.TemporalAddress(t))
			set(t)
			_, err := temporalclient.Shared(t.Context())
			if _, ok := errors.AsType[*mcerror.McConfigurationError](err); !ok {
				t.Fatalf("%v, want an McConfigurationError", err)
			}
			t.Log(err)
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%q tells the secret", err)
			}
		})
	}
}

// TestSecretsInTransit: a server that cannot be reached does not learn, nor do logs tell, with which key it was asked.
func TestSecretsInTransit(t *testing.T) {
	const secret = "s3cr3t"
	setup(t, servers.TemporalAddress(t)) // which does not speak TLS, as an API key demands
	for _, key := range []string{secret, secret + "\n", "\x00" + secret} {
		os.Setenv("TEMPORAL_API_KEY", key)
		_, err := temporalclient.Shared(t.Context())
		if err == nil {
			t.Fatal("a client without TLS")
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q tells the secret", err)
		}
	}
}
