package determinism // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"sort"
	"time"
)

func Now() time.Time { return time.Now() } // want Now:`^differs time.Now$`

func Age(t time.Time) time.Duration { return Now().Sub(t) } // want Age:`^differs time.Now$`

func Fixed() time.Time { return time.Unix(0, 0) }

func First(m map[string]int) string { // want First:`^differs range over m decides which element is returned$`
	for k := range m {
		return k
	}
	return ""
}

func Sorted(m map[string]int) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}

func Start() { // want Start:`^differs go statement$`
	go func() {}()
}
