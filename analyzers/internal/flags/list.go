// Package flags has the values of flags that package flag lacks.
package flags

import "strings"

// A List is a flag of values with commas between them.
type List []string

func (l *List) String() string { return strings.Join(*l, ",") }

// Get returns a []string.
func (l *List) Get() any { return []string(*l) }

// Set replaces the list.
func (l *List) Set(s string) error {
	*l = nil
	for _, v := range strings.Split(s, ",") {
		if v = strings.TrimSpace(v); v != "" {
			*l = append(*l, v)
		}
	}
	return nil
}
