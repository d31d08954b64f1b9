package load

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

// A Skipped package could not be analysed.
type Skipped struct {
	Package string
	Reason  string // its first error
	More    int    // how many more errors it has
	NoFiles bool   // there is nothing to compile
}

// Test reports whether it is a variant that tests make of a package.
func (s *Skipped) Test() bool { return IsTest(s.Package) }

// IsTest reports whether a package's ID is that of a variant that tests make.
func IsTest(id string) bool { return strings.Contains(id, " [") }

// String is the skipped package and why.
func (s Skipped) String() string {
	var b strings.Builder
	b.WriteString(s.Package)
	if !s.NoFiles {
		b.WriteString(" does not compile and")
	}
	fmt.Fprintf(&b, " was skipped: %s", s.Reason)
	switch {
	case s.More == 1:
		b.WriteString(" (and 1 more error)")
	case s.More > 1:
		fmt.Fprintf(&b, " (and %d more errors)", s.More)
	}
	return analyzers.Printable(b.String())
}

// Divide parts packages into those that can be analysed and those that cannot.
func Divide(pkgs []*packages.Package) (sound []*packages.Package, skipped []Skipped) {
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			skipped = append(skipped, skip(pkg))
		} else {
			sound = append(sound, pkg)
		}
	}
	return sound, skipped
}

// skip says why a package with errors cannot be analysed.
func skip(pkg *packages.Package) Skipped {
	first, n := firstError(pkg.Errors)
	return Skipped{pkg.ID, first, n - 1, len(pkg.GoFiles) == 0}
}

// firstError returns the first error and their number. The go command repeats the
// compiler's errors in one of its own; it counts only if there is nothing else.
func firstError(errs []packages.Error) (string, int) {
	var own []packages.Error
	for _, e := range errs {
		if e.Kind != packages.ListError {
			own = append(own, e)
		}
	}
	if len(own) == 0 {
		own = errs
	}
	return oneLine(strings.TrimPrefix(own[0].Error(), "-: ")), len(own)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Sound loads the packages that a run would lint, without tests, and says which cannot be
// analysed. Patterns of files of standard input and the like are the go command's.
func Sound(ctx context.Context, opts Options) ([]*packages.Package, []Skipped, error) {
	opts.Tests = false
	loaded, err := Load(ctx, opts)
	if err != nil {
		return nil, nil, err
	}
	sound, skipped := Divide(loaded.Packages)
	return sound, skipped, nil
}
