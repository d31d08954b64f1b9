package settings

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mediacloud/mcwflint/analyzers"
)

// FileName is the name of the configuration file. It stands beside go.mod.
const FileName = ".mcwflint.yml"

// Root returns the folder of the module that dir is in, or dir if it is in none.
func Root(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if filepath.Dir(d) == d {
			return dir
		}
	}
}

// ReadFile reads a configuration file. It sets what the flags have not set. An
// unknown key or a wrong value is an error that names the key and its line; then
// nothing of the set is to be used.
func (s *Set) ReadFile(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return s.parse(name, data)
}

func (s *Set) parse(name string, data []byte) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil // empty
		}
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: more than one document", name)
	}
	return s.decode(&doc, func(node *yaml.Node, format string, args ...any) error {
		return fmt.Errorf("%s:%d: %s", name, node.Line, fmt.Sprintf(format, args...))
	}, nil)
}

// elsewhere are the settings that golangci-lint has itself.
var elsewhere = map[string]string{
	"exclude": "linters.exclusions.paths",
	"tests":   "run.tests",
	"tags":    "run.build-tags",
	"warn":    "severity",
	"fail-on": "run.issues-exit-code",
}

// Decode reads the settings of golangci-lint, as it hands them to plugins.
func (s *Set) Decode(settings any) error {
	if settings == nil {
		return nil
	}
	var doc yaml.Node
	if err := doc.Encode(settings); err != nil {
		return err
	}
	return s.decode(&doc, func(_ *yaml.Node, format string, args ...any) error {
		return fmt.Errorf(format, args...)
	}, elsewhere)
}

// complain builds an error about a node.
type complain func(node *yaml.Node, format string, args ...any) error

func (s *Set) decode(doc *yaml.Node, complain complain, elsewhere map[string]string) error {
	if doc.Kind == yaml.DocumentNode {
		doc = doc.Content[0]
	}
	if doc.ShortTag() == "!!null" {
		return nil
	}
	if doc.Kind != yaml.MappingNode {
		return complain(doc, "want a list of keys and values")
	}
	var errs []error
	seen := make(map[string]bool)
	for i := 0; i+1 < len(doc.Content); i += 2 {
		key, value := doc.Content[i], doc.Content[i+1]
		switch {
		case seen[key.Value]:
			errs = append(errs, complain(key, "%s is there twice", key.Value))
		case elsewhere[key.Value] != "":
			errs = append(errs, complain(key, "%s is a setting of the command line: use golangci-lint's %s", key.Value, elsewhere[key.Value]))
		case analyzers.Lookup(key.Value) != nil:
			errs = append(errs, s.decodeRule(key, value, complain))
		default:
			errs = append(errs, s.decodeValue(key, key.Value, s.keys(""), value, complain))
		}
		seen[key.Value] = true
	}
	return errors.Join(errs...)
}

// decodeRule reads the settings of a rule.
func (s *Set) decodeRule(rule, doc *yaml.Node, complain complain) error {
	if doc.ShortTag() == "!!null" {
		return nil
	}
	known := s.keys(rule.Value + ".")
	if len(known) == 0 {
		return complain(rule, "rule %s has no settings", rule.Value)
	}
	if doc.Kind != yaml.MappingNode {
		return complain(doc, "%s: want its settings: %s", rule.Value, orList(known))
	}
	var errs []error
	seen := make(map[string]bool)
	for i := 0; i+1 < len(doc.Content); i += 2 {
		key, value := doc.Content[i], doc.Content[i+1]
		name := rule.Value + "." + key.Value
		if seen[name] {
			errs = append(errs, complain(key, "%s is there twice", name))
			continue
		}
		seen[name] = true
		errs = append(errs, s.decodeValue(key, name, known, value, complain))
	}
	return errors.Join(errs...)
}

// keys lists the keys below a prefix.
func (s *Set) keys(prefix string) []string {
	var keys []string
	s.flags.VisitAll(func(f *flag.Flag) {
		key, ok := strings.CutPrefix(f.Name, prefix)
		if rule, _, nested := strings.Cut(key, "."); nested {
			key = rule
		}
		if ok && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	})
	return keys
}

func (s *Set) decodeValue(key *yaml.Node, name string, known []string, value *yaml.Node, complain complain) error {
	f := s.flags.Lookup(name)
	if rule, sub, nested := strings.Cut(key.Value, "."); f != nil && nested {
		return complain(key, "want the key %s below %s", sub, rule)
	}
	if f == nil {
		return complain(key, "unknown key %q: want %s", name, orList(known))
	}
	if value.Kind == yaml.AliasNode {
		value = value.Alias
	}
	if value.ShortTag() == "!!null" {
		return nil
	}
	want := kindOf(f)
	var got string
	switch tag := value.ShortTag(); {
	case want == texts && value.Kind == yaml.SequenceNode:
		var elements []string
		for _, element := range value.Content {
			if element.ShortTag() != "!!str" {
				return complain(element, "%s: want strings", name)
			}
			if strings.Contains(element.Value, ",") {
				return complain(element, "%s: %q has a comma: write two elements", name, element.Value)
			}
			elements = append(elements, element.Value)
		}
		got = strings.Join(elements, ",")
	case want == boolean && tag == "!!bool",
		want == integer && tag == "!!int",
		want == number && (tag == "!!int" || tag == "!!float"),
		want == text && tag == "!!str":
		got = value.Value
	default:
		return complain(value, "%s: want %s", name, map[kind]string{
			boolean: "true or false", integer: "an integer", number: "a number", text: "a string", texts: "a list of strings"}[want])
	}
	if s.given[name] {
		return nil
	}
	if err := f.Value.Set(got); err != nil {
		return complain(value, "%s: %v", name, err)
	}
	s.given[name] = true
	return nil
}
