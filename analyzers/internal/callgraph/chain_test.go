package callgraph

import (
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

func TestCut(t *testing.T) {
	long := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	got := cut(long)
	if len(got) != maxChain || got[0] != "a" || got[len(got)-1] != "j" {
		t.Errorf("cut(%v) = %v", long, got)
	}
	if got := cut(long[:maxChain]); len(got) != maxChain {
		t.Errorf("cut shortens a chain of %d: %v", maxChain, got)
	}
}

func TestDisplay(t *testing.T) {
	got := keys.Display([]string{"people.Activities.Add", "store.Store.Add", "store.insert", "store2.x"})
	want := []string{"Activities.Add", "store.Store.Add", "insert", "store2.x"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("hop %d: got %s, want %s", i, got[i], want[i])
		}
	}
}

// FuzzChain: a chain that is cut and shown keeps its ends and never grows.
func FuzzChain(f *testing.F) {
	f.Add("a.B c.D e.F")
	f.Add("a.B . c. .d ... e.F.G a.B c.D e.F h i j k")
	f.Fuzz(func(t *testing.T, text string) {
		chain := strings.Fields(text)
		got := keys.Display(cut(chain))
		if len(got) > maxChain || len(got) > len(chain) {
			t.Errorf("%d hops of %d", len(got), len(chain))
		}
		for i, hop := range got {
			if i < maxChain/2 && !strings.HasSuffix(chain[i], hop) {
				t.Errorf("hop %d is %q, was %q", i, hop, chain[i])
			}
		}
		if n := len(got); n > 0 && !strings.HasSuffix(chain[len(chain)-1], got[n-1]) {
			t.Errorf("the last hop is %q, was %q", got[n-1], chain[len(chain)-1])
		}
	})
}
