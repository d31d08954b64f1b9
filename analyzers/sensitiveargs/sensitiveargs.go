// Package sensitiveargs reports payloads whose names say that they are secret.
//
// # Analyzer sensitiveargs
//
// sensitiveargs: report payloads that are named like secrets
//
// What activities and workflows are given and return is written into histories, which whoever may
// see the namespace can read, in the web UI too, for as long as they are kept.
//
// Wrong:
//
//	func (a *Activities) Login(ctx context.Context, user, password string) error
//
// Right:
//
//	func (a *Activities) Login(ctx context.Context, user, secretID string) error // and read the secret in the activity
//
// Reported are parameters of activities and workflows, and exported fields of their types, whose
// name ends in a word of the setting pattern, where their type is text or bytes: not numbers,
// booleans and times, and not PasswordID or SecretName, which are references. Opt-in: a name is a
// guess, and a payload codec may
// encrypt.
package sensitiveargs

import (
	_ "embed"
	"fmt"
	"go/types"
	"reflect"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/payloads"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed sensitiveargs.go
var source string

// Analyzer is the rule sensitiveargs.
var Analyzer = &analysis.Analyzer{
	Name:             "sensitiveargs",
	Doc:              report.Doc(source),
	URL:              report.URL("sensitiveargs"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// pattern is the setting: words of names, read-only once analysis has started.
var pattern = words{text: `passwords?|passwd|passphrase|secrets?|apikey|accesstoken|refreshtoken|authtoken|bearer|privatekey|credentials?|ssn|cvv|cvc|cardnumber|iban|pin`}

func init() {
	pattern.Set(pattern.text)
	Analyzer.Flags.Var(&pattern, "pattern", "a regular `expression` of names that are secret, without regard to case and underscores")
}

// words is a flag that holds a regular expression for a whole name or the end of one.
type words struct {
	text string
	re   *regexp.Regexp
}

func (w *words) String() string { return w.text }

// Get returns a string.
func (w *words) Get() any { return w.text }

// Set compiles an expression.
func (w *words) Set(s string) error {
	re, err := regexp.Compile(`(?i)(?:` + s + `)$`)
	if err != nil {
		return fmt.Errorf("not a regular expression: %w", err)
	}
	w.text, w.re = s, re
	return nil
}

func (w *words) match(name string) bool {
	return w.re.MatchString(strings.ReplaceAll(name, "_", ""))
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	payloads.Each(pass, names.In(program.Of(pass)), func(p payloads.Payload) {
		what := p.What
		if p.Name == "" || !pattern.match(p.Name) || !mayBeSecret(p.Type) {
			path, found := secret(p.Type, "", 0)
			if !found {
				return
			}
			what += " has the field " + strings.TrimPrefix(path, ".") + ", which"
		}
		rep.Report(report.Finding{Pos: p.Pos, End: p.End, Effect: p.Key,
			Message: what + " looks like a secret: it is written into the history in plain text; pass a reference and read the secret in the activity"})
	})
	return rep.Done()
}

// maxDepth bounds the types that contain themselves.
const maxDepth = 6

// secret finds a field whose name is secret, and the path to it.
func secret(t types.Type, path string, depth int) (string, bool) {
	if depth > maxDepth {
		return "", false
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return secret(u.Elem(), path, depth+1)
	case *types.Slice:
		return secret(u.Elem(), path, depth+1)
	case *types.Map:
		return secret(u.Elem(), path, depth+1)
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			if !f.Exported() || reflect.StructTag(u.Tag(i)).Get("json") == "-" {
				continue
			}
			if pattern.match(f.Name()) && mayBeSecret(f.Type()) {
				return path + "." + f.Name(), true
			}
			if p, ok := secret(f.Type(), path+"."+f.Name(), depth+1); ok {
				return p, true
			}
		}
	}
	return "", false
}

// mayBeSecret reports whether values of a type can hold a secret: text and bytes, and
// structs and maps of them.
func mayBeSecret(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Pointer:
		return mayBeSecret(u.Elem())
	case *types.Slice:
		elem, ok := u.Elem().Underlying().(*types.Basic)
		return ok && (elem.Kind() == types.Byte || elem.Info()&types.IsString != 0)
	case *types.Map:
		return mayBeSecret(u.Elem())
	}
	return false
}
