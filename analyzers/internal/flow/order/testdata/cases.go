// Package cases has functions over maps. The comment of each says where the order goes:
// "nothing", "returned", or what a finding says.
package cases

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
)

// command is the function whose order of calls and arguments matters.
func command(args ...any) {}

// wait is the function that waits.
func wait(any) error { return nil }

// want: the order in which command is called
func called(m map[string]int) {
	for k := range m {
		command(k)
	}
}

// want: nothing
func unused(m map[string]int) {
	for range m {
	}
	for k := range m {
		_ = k
	}
}

// want: returned
func keys(m map[string]int) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	return list
}

// want: returned
func namedResult(m map[string]int) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	return
}

// want: nothing
func sorted(m map[string]int) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// want: what command is given
func argument(m map[string]int) {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	command(list)
}

// want: nothing
func sortedLater(m map[string]int) {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	fmt.Println(len(list))
	slices.Sort(list)
	command(list)
}

// want: what command is given
func sortedTooLate(m map[string]int) {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	command(list)
	slices.Sort(list)
}

// want: which element list[0] is
func indexed(m map[string]int) string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	first := list[0]
	return first
}

// want: nothing
func onlyOne(m map[string]int) string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	if len(list) == 1 {
		return list[0]
	}
	return ""
}

// want: what command is given
func concatenated(m map[string]int) {
	s := ""
	for k := range m {
		s += k
	}
	command(s)
}

// want: what command is given
func built(m map[string]int) {
	var b strings.Builder
	for k := range m {
		b.WriteString(k)
	}
	command(b.String())
}

// want: nothing
func constantText(m map[string]int) {
	var b strings.Builder
	for range m {
		b.WriteString(".")
	}
	command(b.String())
}

// want: what command is given
func field(m map[string]int) {
	var r struct {
		names []string
		n     int
	}
	for k := range m {
		r.names = append(r.names, k)
	}
	command(r.names)
}

// want: nothing
func otherField(m map[string]int) {
	var r struct {
		names []string
		n     int
	}
	for k := range m {
		r.names = append(r.names, k)
		r.n++
	}
	command(r.n)
}

// want: nothing
func folds(m map[string]int, other map[int]string) {
	sum, n, most := 0, 0, 0
	for k, v := range m {
		sum += v
		n++
		most = max(most, v)
		other[v] = k
		delete(m, k)
	}
	command(sum, n, most, other)
}

// want: what command is given
func floats(m map[string]float64) {
	sum := 0.0
	for _, v := range m {
		sum += v
	}
	command(sum)
}

// want: which element is returned
func first(m map[string]int) string {
	for k := range m {
		return k
	}
	return ""
}

// want: nothing
func found(m map[string]int, want int) string {
	for k, v := range m {
		if v == want {
			return k
		}
	}
	return ""
}

// want: nothing
func failed(m map[string]int) (int, error) {
	for k, v := range m {
		if v < 0 {
			return 0, fmt.Errorf("%s", k)
		}
	}
	return 1, nil
}

// want: nothing
func anyOf(m map[string]int) bool {
	for _, v := range m {
		if v > 1 {
			return true
		}
	}
	return false
}

// want: which elements come before the loop ends
func batch(m map[string]int) map[string]int {
	out := map[string]int{}
	for k, v := range m {
		if len(out) == 10 {
			break
		}
		out[k] = v
	}
	return out
}

// want: which future is waited for first, and where the loop ends early
func waits(m map[string]any) error {
	for _, f := range m {
		if err := wait(f); err != nil {
			return err
		}
	}
	return nil
}

// want: nothing
func waitsForAll(m map[string]any) error {
	var err error
	for _, f := range m {
		if e := wait(f); e != nil {
			err = e
		}
	}
	return err
}

// want: the order in which command is called
func throughList(m map[string]int) {
	for _, k := range slices.Collect(maps.Keys(m)) {
		command(k)
	}
}

// want: nothing
func sortedKeys(m map[string]int) {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		command(k)
	}
}

// want: the order in which command is called
func syncMap(m *sync.Map) {
	m.Range(func(k, v any) bool {
		command(k)
		return true
	})
}

// want: what command is given
func closure(m map[string]int) {
	list := func() (s []string) {
		for k := range m {
			s = append(s, k)
		}
		return s
	}
	command(list())
}

// want: nothing
func overwritten(m map[string]int) {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	list = []string{"a"}
	command(list)
}

// want: what command is given
func counted(m map[string]int) {
	list := make([]string, len(m))
	i := 0
	for k := range m {
		list[i] = k
		i++
	}
	command(list)
}

// want: nothing
func printed(m map[string]int) { command(fmt.Sprint(m)) }

// want: the order in which command is called
func generic[M ~map[K]V, K comparable, V any](m M) {
	for k := range m {
		command(k)
	}
}

// want: what command is given
func last(m map[string]int) {
	var k string
	for k = range m {
	}
	command(k)
}

// want: nothing
func oneKey(m map[string]int, want string) {
	for k, v := range m {
		if k == want && v > 0 {
			command(v)
		}
	}
	for k, v := range m {
		if v == 0 || k != want {
			continue
		}
		command(v)
	}
}

// want: the order in which command is called, the order in which command is called, the order in which command is called
func manyKeys(m map[string]int, want string, last map[string]int) {
	for k, v := range m {
		if k == want || v > 0 {
			command(v)
		}
	}
	for k, v := range m {
		if k != want && v == 0 {
			continue
		}
		command(v)
	}
	previous := ""
	for k, v := range m {
		if k == previous {
			command(v)
		}
		previous = k
	}
}

// want: nothing
func endsAlike(m map[string]int) error {
	for _, v := range m {
		if v == 0 {
			return wait("not ready")
		}
	}
	return nil
}
