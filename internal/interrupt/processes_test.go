package interrupt

import (
	"os/exec"
	"slices"
	"testing"
	"time"
)

// Have: both ways to list processes find a shell and what it has started, and not
// what has ended.
func TestParents(t *testing.T) {
	cmd := exec.Command("sh", "-c", "sleep 60; true")
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	shell := cmd.Process.Pid
	below := func(parents map[int]int) (pids []int) {
		for pid, parent := range parents {
			if parent == shell {
				pids = append(pids, pid)
			}
		}
		return pids
	}
	deadline := time.Now().Add(10 * time.Second)
	for len(below(parents())) == 0 && time.Now().Before(deadline) {
		time.Sleep(pause)
	}
	sleeping := below(parents())
	if len(sleeping) != 1 || !slices.Contains(descendants(), descendant{shell, true}) || !slices.Contains(descendants(), descendant{sleeping[0], false}) {
		t.Errorf("below the shell %d: %v, descendants %v", shell, sleeping, descendants())
	}
	if byPS := psParents(); byPS == nil {
		t.Log("no ps")
	} else if !slices.Equal(below(byPS), sleeping) {
		t.Errorf("ps finds %v, want %v", below(byPS), sleeping)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	endDescendants()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Error("the shell is still there")
	}
	if left := descendants(); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
