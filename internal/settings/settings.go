// Package settings says which rules run, and with which settings. The command
// line's flags, the configuration file and golangci-lint's settings are the same
// list: a key is the name of a flag, and a dot in the name is a level of the file.
//
// What a flag says wins over the file, the file over the preset, and the preset
// over the default.
package settings

import (
	"flag"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers"
)

// A Set holds the settings of a run. The rules' own settings are variables of the
// rules, so there is one Set at a time, and it is read-only once analysis starts.
type Set struct {
	Preset  string   // "standard" unless set
	Enable  []string // rules besides the preset's
	Disable []string // rules not to run

	// The rest is for the command line; other drivers have settings of their own.
	Exclude []string // patterns of files to print nothing about
	Tests   bool     // also lint tests
	Tags    []string // build tags
	Warn    []string // rules whose findings are warnings
	FailOn  string   // the severity from which on findings make a run fail

	flags *flag.FlagSet
	given map[string]bool // the flags and keys that somebody has set
	line  map[string]bool // those of the command line
}

// New returns the defaults, and sets the rules' own settings to theirs.
func New() *Set {
	s := &Set{Preset: analyzers.Standard, FailOn: Warning, flags: flag.NewFlagSet("", flag.ContinueOnError), given: make(map[string]bool)}
	s.flags.Var((*preset)(&s.Preset), "preset", "the `preset` of rules: "+orList(analyzers.Presets()))
	s.flags.Var((*rules)(&s.Enable), "enable", "`rules` to run besides the preset's, with commas between them")
	s.flags.Var((*rules)(&s.Disable), "disable", "`rules` not to run, with commas between them")
	s.flags.Var((*patterns)(&s.Exclude), "exclude", "print nothing about these `files`: paths below the module's root, in which ... stands for any string, with commas between them")
	s.flags.Var((*rules)(&s.Warn), "warn", "`rules` whose findings are warnings, not errors, with commas between them")
	s.flags.Var((*severity)(&s.FailOn), "fail-on", "the lowest `severity` that sets the exit status 1: warning or error")
	s.flags.BoolVar(&s.Tests, "tests", true, "also lint tests")
	s.flags.Var((*list)(&s.Tags), "tags", "build `tags`, with commas between them")
	for _, setting := range analyzers.Settings() {
		if err := setting.Flag.Value.Set(setting.Flag.DefValue); err != nil {
			panic(fmt.Sprintf("default of %s: %v", setting.Name, err))
		}
		s.flags.Var(setting.Flag.Value, setting.Name, setting.Flag.Usage)
	}
	return s
}

// Register adds the settings to the flags of a command: those with the given
// names, or all.
func (s *Set) Register(flags *flag.FlagSet, names ...string) {
	s.flags.VisitAll(func(f *flag.Flag) {
		if len(names) == 0 || slices.Contains(names, f.Name) {
			flags.Var(f.Value, f.Name, f.Usage)
		}
	})
}

// Parsed tells the set which flags a command line has set: they win over a file
// that is read later, and over the preset.
func (s *Set) Parsed(flags *flag.FlagSet) {
	flags.Visit(func(f *flag.Flag) { s.given[f.Name] = true })
	s.line = maps.Clone(s.given)
}

// Analyzers applies the preset and returns the analyzers of the selected rules.
func (s *Set) Analyzers() ([]*analysis.Analyzer, error) {
	if err := s.apply(analyzers.PresetSettings(s.Preset)); err != nil {
		return nil, fmt.Errorf("preset %s: %w", s.Preset, err)
	}
	disable := s.Disable
	if s.line["enable"] && !s.line["disable"] {
		disable = slices.DeleteFunc(slices.Clone(disable), func(name string) bool { return slices.Contains(s.Enable, name) })
	}
	return analyzers.Select(s.Preset, s.Enable, disable)
}

// apply sets what neither flags nor a file have set.
func (s *Set) apply(values map[string]string) error {
	for name, value := range values {
		if s.given[name] {
			continue
		}
		if err := s.flags.Set(name, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// Excludes reports whether a file, as a path below the module's root with slashes,
// is excluded.
func (s *Set) Excludes(file string) bool {
	for _, pattern := range s.Exclude {
		// As the go command has it, x/... is x too; a file is never named like a folder.
		expr := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, `.*`)
		if regexp.MustCompile("^" + expr + "$").MatchString(file) {
			return true
		}
	}
	return false
}

// A kind is the type of a setting's value.
type kind string

const (
	boolean kind = "boolean"
	integer kind = "integer"
	number  kind = "number"
	text    kind = "string"
	texts   kind = "array"
)

func kindOf(f *flag.Flag) kind {
	if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		return boolean
	}
	getter, ok := f.Value.(flag.Getter)
	if !ok {
		return text
	}
	switch getter.Get().(type) {
	case int, int64, uint, uint64:
		return integer
	case float64:
		return number
	case []string:
		return texts
	}
	return text
}

// list is a flag of values with commas between them.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }
func (l *list) Get() any       { return []string(*l) }

func (l *list) Set(s string) error {
	*l = strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
	return nil
}

// rules is a list of rules.
type rules []string

func (r *rules) String() string    { return strings.Join(*r, ",") }
func (r *rules) Get() any          { return []string(*r) }
func (r *rules) Allowed() []string { return analyzers.Names() }

func (r *rules) Set(s string) error {
	if err := (*list)(r).Set(s); err != nil {
		return err
	}
	for _, name := range *r {
		if analyzers.Lookup(name) == nil {
			return fmt.Errorf("unknown rule %q: want %s", name, orList(analyzers.Names()))
		}
	}
	return nil
}

// Severities of findings.
const (
	Warning = "warning"
	Error   = "error"
)

type severity string

func (s *severity) String() string    { return string(*s) }
func (s *severity) Get() any          { return string(*s) }
func (s *severity) Allowed() []string { return []string{Warning, Error} }

func (s *severity) Set(value string) error {
	if value != Warning && value != Error {
		return fmt.Errorf("unknown severity %q: want %s", value, orList(s.Allowed()))
	}
	*s = severity(value)
	return nil
}

type preset string

func (p *preset) String() string    { return string(*p) }
func (p *preset) Get() any          { return string(*p) }
func (p *preset) Allowed() []string { return analyzers.Presets() }

func (p *preset) Set(s string) error {
	if !slices.Contains(analyzers.Presets(), s) {
		return fmt.Errorf("unknown preset %q: want %s", s, orList(analyzers.Presets()))
	}
	*p = preset(s)
	return nil
}

// patterns is a list of patterns of files.
type patterns []string

func (p *patterns) String() string { return strings.Join(*p, ",") }
func (p *patterns) Get() any       { return []string(*p) }

func (p *patterns) Set(s string) error {
	if err := (*list)(p).Set(s); err != nil {
		return err
	}
	for i, pattern := range *p {
		cleaned := path.Clean(strings.ReplaceAll(pattern, "...", "\x00"))
		if path.IsAbs(pattern) || cleaned == ".." || strings.HasPrefix(cleaned, "../") {
			return fmt.Errorf("pattern %q does not stay below the module's root", pattern)
		}
		(*p)[i] = strings.ReplaceAll(cleaned, "\x00", "...")
	}
	return nil
}

// orList is "a, b or c".
func orList(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
