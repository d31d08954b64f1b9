//go:build unix

package servers_test

import (
	"testing"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
)

func TestMain(m *testing.M) { servers.Main(m) }

// TestRestart kills each server and starts it again, at the same address.
func TestRestart(t *testing.T) {
	postgres, temporal := servers.NewPostgres(t), servers.NewTemporal(t)
	for _, s := range []interface {
		Address() string
		Start() error
		Kill()
	}{postgres, temporal} {
		before := s.Address()
		s.Kill()
		if err := s.Start(); err != nil {
			t.Fatal(err)
		}
		if after := s.Address(); after != before {
			t.Errorf("started again at %s, before at %s", after, before)
		}
	}
}
