package keys

import (
	"os/exec"
	"strings"
	"testing"
)

func TestIsStd(t *testing.T) {
	list, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(string(list)) {
		if !IsStd(path) {
			t.Errorf("%s is in the standard library", path)
		}
	}
	for _, path := range []string{"image/resize", "log/loki", "cmd/worker", "plugin/orders", "example.com/net/http"} {
		if IsStd(path) {
			t.Errorf("%s is not in the standard library", path)
		}
	}
}
