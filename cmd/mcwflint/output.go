package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"github.com/mediacloud/mcwflint/internal/lint"
)

func printFindings(report *lint.Report, format string, w io.Writer) error {
	switch {
	case format == "json":
		return report.PrintJSON(w)
	case format == "sarif":
		return report.PrintSARIF(w, version())
	case format == "github":
		return report.PrintGitHub(w)
	case format == "gitlab":
		return report.PrintGitLab(w)
	case format == "junit":
		return report.PrintJUnit(w)
	case format == "html":
		return report.PrintHTML(w)
	case isTerminal(w):
		// https://no-color.org
		return report.PrintTree(w, os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
	}
	return report.PrintText(w)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// progressLine returns a function that shows on a terminal what the run does; ""
// clears the line. Elsewhere it does nothing.
func progressLine(w io.Writer) func(string) {
	if !isTerminal(w) || os.Getenv("TERM") == "dumb" {
		return func(string) {}
	}
	return func(step string) {
		if step != "" {
			step = "mcwflint: " + step + " ..."
		}
		fmt.Fprint(w, "\r\x1b[K"+step)
	}
}
