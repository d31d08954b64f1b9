package settings

import (
	"flag"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers"
)

func value(s *Set, name string) string { return s.flags.Lookup(name).Value.String() }

func TestFile(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       map[string]string // settings by name
		errs       []string
	}{
		{name: "empty"},
		{name: "comments", text: "# nothing\n"},
		{name: "null", text: "~\n"},
		{name: "selection", text: "preset: recommended\nenable: [rawinsert, directive]\ndisable:\n  - dbconnect\n",
			want: map[string]string{"preset": "recommended", "enable": "rawinsert,directive", "disable": "dbconnect"}},
		{name: "rules", text: "rawinsert:\n  counters: true\npayloadsize: {limit: 1024}\ndbconnect:\n  funcs: [example.com/db.Connect, example.com/db.Pool.Open]\n",
			want: map[string]string{"rawinsert.counters": "true", "payloadsize.limit": "1024", "dbconnect.funcs": "example.com/db.Connect,example.com/db.Pool.Open"}},
		{name: "shared", text: "own: [example.com/shared]\ntests: false\ntags: [a, b]\nexclude: [internal/legacy/...]\n",
			want: map[string]string{"own": "example.com/shared", "tests": "false", "tags": "a,b", "exclude": "internal/legacy/..."}},
		{name: "values left out", text: "enable:\nrawinsert:\npayloadsize:\n  limit:\n", want: map[string]string{"payloadsize.limit": "204800"}},
		{name: "unknown key", text: "preset: tips\nenabled: [rawinsert]\n", errs: []string{`f.yml:2: unknown key "enabled": want`, "preset, rawinsert,"}},
		{name: "unknown setting", text: "rawinsert:\n  counter: true\n", errs: []string{`f.yml:2: unknown key "rawinsert.counter": want counters`}},
		{name: "flag name as key", text: "rawinsert.counters: true\n", errs: []string{`f.yml:1: want the key counters below rawinsert`}},
		{name: "rule without settings", text: "directive:\n  x: 1\n", errs: []string{"f.yml:1: rule directive has no settings"}},
		{name: "rule that is no mapping", text: "rawinsert: true\n", errs: []string{"f.yml:1: rawinsert: want its settings: counters"}},
		{name: "unknown rule", text: "enable:\n  - rawinsert\n  - nonsense\n", errs: []string{`f.yml:2: enable: unknown rule "nonsense"`}},
		{name: "unknown preset", text: "preset: strict\n", errs: []string{`f.yml:1: preset: unknown preset "strict": want standard, tips, recommended or all`}},
		{name: "wrong types", text: "payloadsize:\n  limit: lots\nrawinsert:\n  counters: 1\nown: example.com\nenable: [1]\n",
			errs: []string{"f.yml:2: payloadsize.limit: want an integer", "f.yml:4: rawinsert.counters: want true or false", "f.yml:5: own: want a list of strings", "f.yml:6: enable: want strings"}},
		{name: "quoted number", text: "payloadsize:\n  limit: \"1024\"\n", errs: []string{"f.yml:2: payloadsize.limit: want an integer"}},
		{name: "too large", text: "payloadsize:\n  limit: 99999999999999999999\n", errs: []string{"f.yml:2: payloadsize.limit: "}},
		{name: "comma", text: "own: [\"a,b\"]\n", errs: []string{`f.yml:1: own: "a,b" has a comma`}},
		{name: "outside", text: "exclude: [../x]\n", errs: []string{`f.yml:1: exclude: pattern "../x" does not stay below`}},
		{name: "absolute", text: "exclude: [/x]\n", errs: []string{`f.yml:1: exclude: pattern "/x" does not stay below`}},
		{name: "twice", text: "preset: tips\npreset: all\n", errs: []string{"f.yml:2: preset is there twice"}},
		{name: "no mapping", text: "- preset\n", errs: []string{"f.yml:1: want a list of keys"}},
		{name: "syntax", text: "preset: [\n", errs: []string{"f.yml: yaml: "}},
		{name: "two documents", text: "preset: tips\n---\npreset: all\n", errs: []string{"f.yml: more than one document"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := New()
			err := s.parse("f.yml", []byte(test.text))
			if len(test.errs) == 0 && err != nil {
				t.Fatal(err)
			}
			for _, want := range test.errs {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q", err, want)
				}
			}
			for name, want := range test.want {
				if got := value(s, name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}

// What golangci-lint hands over has no lines, and has numbers and lists of any.
func TestDecode(t *testing.T) {
	s := New()
	err := s.Decode(map[string]any{
		"preset":      "all",
		"disable":     []any{"dbconnect"},
		"payloadsize": map[string]any{"limit": 1024},
		"rawinsert":   map[string]any{"counters": true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if value(s, "preset") != "all" || value(s, "payloadsize.limit") != "1024" || value(s, "rawinsert.counters") != "true" {
		t.Errorf("preset %s, limit %s", value(s, "preset"), value(s, "payloadsize.limit"))
	}
	selected, err := s.Analyzers()
	if err != nil {
		t.Fatal(err)
	}
	if len(selected) != len(analyzers.Suite)-1 {
		t.Errorf("%d rules selected", len(selected))
	}
	if err := New().Decode(nil); err != nil {
		t.Error(err)
	}
	for _, test := range []struct {
		settings any
		want     string
	}{
		{map[string]any{"presets": "all"}, `unknown key "presets": want `},
		{map[string]any{"exclude": []any{"x"}}, "exclude is a setting of the command line: use golangci-lint's linters.exclusions.paths"},
		{map[string]any{"payloadsize": map[string]any{"limit": "x"}}, "payloadsize.limit: want an integer"},
		{map[string]any{"own": []any{map[string]any{"a": 1}}}, "own: want strings"},
		{[]any{"all"}, "want a list of keys and values"},
		{"all", "want a list of keys and values"},
	} {
		if err := New().Decode(test.settings); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: error %v, want %q", test.settings, err, test.want)
		}
	}
}

// Flags win over the file, the file over the preset, the preset over defaults.
func TestPrecedence(t *testing.T) {
	s := New()
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	s.Register(flags)
	if err := flags.Parse([]string{"-payloadsize.limit=1", "-disable=rawinsert"}); err != nil {
		t.Fatal(err)
	}
	s.Parsed(flags)
	if err := s.parse("f.yml", []byte("disable: [dbconnect]\npayloadsize: {limit: 2}\nserializable: {partial: false}\n")); err != nil {
		t.Fatal(err)
	}
	if err := s.apply(map[string]string{"payloadsize.limit": "3", "serializable.partial": "true", "rawinsert.counters": "true"}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"payloadsize.limit": "1", "disable": "rawinsert", "serializable.partial": "false", "rawinsert.counters": "true", "serializable.customconverter": "false"} {
		if got := value(s, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if err := s.apply(map[string]string{"no.such": "1"}); err == nil {
		t.Error("a preset may set what there is not")
	}
	// The next run starts anew.
	if s := New(); value(s, "payloadsize.limit") != "204800" || value(s, "rawinsert.counters") != "false" {
		t.Error("settings outlive their run")
	}
}

// Have: the type of every setting is known, and what a preset changes is a setting.
func TestPresetSettings(t *testing.T) {
	for _, setting := range analyzers.Settings() {
		if _, ok := setting.Flag.Value.(flag.Getter); !ok {
			t.Errorf("%s: %T is no flag.Getter", setting.Name, setting.Flag.Value)
		}
	}
	for _, preset := range analyzers.Presets() {
		s := New()
		s.Preset = preset
		if _, err := s.Analyzers(); err != nil {
			t.Error(err)
		}
		if got, want := value(s, "workerstop.prefer") == "true", preset != analyzers.Recommended; got != want {
			t.Errorf("preset %s: workerstop.prefer is %v", preset, got)
		}
	}
	s := New()
	if err := s.parse("f.yml", []byte("preset: recommended\nworkerstop: {prefer: true}\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Analyzers(); err != nil || value(s, "workerstop.prefer") != "true" {
		t.Errorf("the preset wins over the file: %v", err)
	}
	New()
}

func TestExcludes(t *testing.T) {
	s := New()
	if err := s.flags.Set("exclude", "internal/legacy/...,cmd/old/main.go,./gen/.../x.go"); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{
		"internal/legacy/a.go":   true,
		"internal/legacy/b/a.go": true,
		"internal/legacyx/a.go":  false,
		"x/internal/legacy/a.go": false,
		"cmd/old/main.go":        true,
		"cmd/old/main_test.go":   false,
		"cmd/old/mainXgo":        false,
		"gen/a/b/x.go":           true,
	} {
		if got := s.Excludes(file); got != want {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
	}
}

// The example has every key: without its comment marks it is a valid file.
func TestExample(t *testing.T) {
	if err := New().parse("example", Example()); err != nil {
		t.Error(err)
	}
	var lines []string
	for _, line := range strings.Split(string(Example()), "\n") {
		if rest, ok := strings.CutPrefix(line, "# "); ok && strings.Contains(rest, ":") && !strings.HasPrefix(rest, "yaml-language-server") && !strings.ContainsAny(strings.SplitN(strings.TrimSpace(rest), ":", 2)[0], " =$#") {
			line = rest
		}
		lines = append(lines, line)
	}
	s := New()
	if err := s.parse("example", []byte(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	s.flags.VisitAll(func(f *flag.Flag) {
		if !s.given[f.Name] {
			t.Errorf("the example lacks %s", f.Name)
		}
	})
}

func FuzzFile(f *testing.F) {
	f.Add([]byte("preset: tips\nenable: [rawinsert]\nrawinsert: {counters: true}\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := New()
		if s.parse("f.yml", data) == nil && !slices.Contains(analyzers.Presets(), s.Preset) {
			t.Errorf("preset %q", s.Preset)
		}
	})
}
