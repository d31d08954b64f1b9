package facts

import (
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

func TestCut(t *testing.T) {
	long := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	got := Cut(long)
	if len(got) != MaxChain || got[0] != "a" || got[len(got)-1] != "j" {
		t.Errorf("Cut(%v) = %v", long, got)
	}
	if got := Cut(long[:MaxChain]); len(got) != MaxChain {
		t.Errorf("Cut shortens a chain of %d: %v", MaxChain, got)
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
		got := keys.Display(Cut(chain))
		if len(got) > MaxChain || len(got) > len(chain) {
			t.Errorf("%d hops of %d", len(got), len(chain))
		}
		for i, hop := range got {
			if i < MaxChain/2 && !strings.HasSuffix(chain[i], hop) {
				t.Errorf("hop %d is %q, was %q", i, hop, chain[i])
			}
		}
		if n := len(got); n > 0 && !strings.HasSuffix(chain[len(chain)-1], got[n-1]) {
			t.Errorf("the last hop is %q, was %q", got[n-1], chain[len(chain)-1])
		}
	})
}
