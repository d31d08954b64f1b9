package report

import "testing"

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"INSERT into people": "INSERT into people",
		"naïve – 人":          "naïve – 人",
		"a\x1b[31mred":       `a\x1b[31mred`,
		"a\n::error::boo":    `a\n::error::boo`,
		"a\r\tb\x00":         `a\r\tb\x00`,
		"a\u2028b":           `a\u2028b`,
		"a\u202etxt.exe":     `a\u202etxt.exe`,
		"\u009b31m":          `\u009b31m`,
	} {
		if got := Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}
