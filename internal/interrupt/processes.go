package interrupt

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A descendant is a process that runs.
type descendant struct {
	pid   int
	child bool // of this process, not of another descendant
}

// descendants lists the processes below this one. On Windows it finds none: there a
// console tells all its processes of Ctrl-C.
func descendants() []descendant {
	below := make(map[int][]int) // by the process that has started them
	for pid, parent := range parents() {
		below[parent] = append(below[parent], pid)
	}
	var all []descendant
	for _, pid := range below[os.Getpid()] {
		all = append(all, descendant{pid, true})
	}
	for i := 0; i < len(all); i++ {
		for _, pid := range below[all[i].pid] {
			all = append(all, descendant{pid, false})
		}
	}
	return all
}

// parents says which process has started each that runs.
func parents() map[int]int {
	if stats, err := filepath.Glob("/proc/[0-9]*/stat"); err == nil && len(stats) > 0 {
		return procParents(stats)
	}
	return psParents()
}

// procParents reads Linux's files.
func procParents(stats []string) map[int]int {
	parents := make(map[int]int)
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		// The name of the program may have spaces and parentheses.
		text := string(data)
		var pid, parent int
		var state string
		if _, err := fmt.Sscan(text, &pid); err != nil {
			continue
		}
		if _, err := fmt.Sscan(text[strings.LastIndexByte(text, ')')+1:], &state, &parent); err == nil && state != "Z" {
			parents[pid] = parent
		}
	}
	return parents
}

// psParents asks a program that macOS and the BSDs have, and small containers with
// Linux have not.
func psParents() map[int]int {
	cmd := exec.Command("ps", "-A", "-o", "pid=,ppid=,stat=")
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	parents := make(map[int]int)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) < 3 || strings.HasPrefix(fields[2], "Z") {
			continue
		}
		pid, err1 := strconv.Atoi(fields[0])
		parent, err2 := strconv.Atoi(fields[1])
		if err1 == nil && err2 == nil && pid != cmd.Process.Pid {
			parents[pid] = parent
		}
	}
	return parents
}
