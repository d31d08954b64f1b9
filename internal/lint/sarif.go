package lint

import (
	"bytes"
	"cmp"
	"encoding/json"
	"go/token"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/docs"
)

// The part of SARIF 2.1.0 that is written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		ColumnKind  string                   `json:"columnKind"`
		URIBases    map[string]sarifArtifact `json:"originalUriBaseIds"`
		Results     []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string       `json:"id"`
		Short         sarifMessage `json:"shortDescription"`
		Help          sarifMessage `json:"help"`
		HelpURI       string       `json:"helpUri"`
		Configuration sarifLevel   `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string       `json:"level"`
		Message sarifMessage `json:"message"`
	}
	sarifMessage struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Stacks       []sarifStack      `json:"stacks,omitempty"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"`
		Message  *sarifMessage  `json:"message,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifStack struct {
		Message sarifMessage `json:"message"`
		Frames  []sarifFrame `json:"frames"`
	}
	sarifFrame struct {
		Location sarifLocation `json:"location"`
	}
	sarifFix struct {
		Description sarifMessage  `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion   `json:"deletedRegion"`
		Inserted *sarifContent `json:"insertedContent,omitempty"`
	}
	sarifContent struct {
		Text string `json:"text"`
	}
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifBase   = "SRCROOT"
)

// PrintSARIF writes the findings as a SARIF 2.1.0 log, as code scanning wants it:
// paths below the repository's root, columns in UTF-16 code units, and the
// baseline's fingerprints. version is the program's.
func (r *Report) PrintSARIF(w io.Writer, version string) error {
	s := sarifWriter{report: r, root: SourceRoot(), lines: make(map[string][][]byte)}
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "mcwflint", Version: version, InformationURI: "https://github.com/mediacloud/mcwflint",
		}},
		Invocations: []sarifInvocation{{Successful: len(r.Skipped) == 0}},
		ColumnKind:  "utf16CodeUnits",
		URIBases:    map[string]sarifArtifact{sarifBase: {URI: fileURL(s.root) + "/"}},
		Results:     []sarifResult{},
	}
	for _, skipped := range r.Skipped {
		n := sarifNotification{Level: "error", Message: sarifMessage{Text: skipped.String()}}
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, n)
	}
	for _, rule := range analyzers.Suite {
		title, _, _ := strings.Cut(rule.Analyzer.Doc, "\n")
		page := docs.Page(rule)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID:            rule.Analyzer.Name,
			Short:         sarifMessage{Text: title},
			Help:          sarifMessage{Text: rule.Analyzer.Doc, Markdown: page},
			HelpURI:       rule.Analyzer.URL,
			Configuration: sarifLevel{level(slices.Contains(r.Warnings, rule.Analyzer.Name))},
		})
	}
	for _, f := range r.Findings {
		run.Results = append(run.Results, s.result(f))
	}
	data, err := json.MarshalIndent(sarifLog{sarifSchema, "2.1.0", []sarifRun{run}}, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func level(warning bool) string {
	if warning {
		return "warning"
	}
	return "error"
}

type sarifWriter struct {
	report *Report
	root   string
	lines  map[string][][]byte // by file
}

func (s *sarifWriter) result(f Finding) sarifResult {
	result := sarifResult{
		RuleID:       f.Rule,
		RuleIndex:    slices.IndexFunc(analyzers.Suite, func(r analyzers.Rule) bool { return r.Analyzer.Name == f.Rule }),
		Level:        s.report.severity(&f),
		Message:      sarifMessage{Text: f.Diagnostic.Message},
		Locations:    []sarifLocation{{Physical: s.physical(f.Pos, f.End)}},
		Fingerprints: map[string]string{"mcwflint/" + fingerprintVersion: f.Fingerprint},
	}
	position := s.report.Fset.Position
	var effect *sarifPhysical
	for i, rel := range f.Diagnostic.Related {
		physical := s.physical(position(rel.Pos), position(cmp.Or(rel.End, rel.Pos)))
		effect = cmp.Or(effect, physical)
		result.Related = append(result.Related, sarifLocation{ID: i + 1, Message: &sarifMessage{Text: rel.Message}, Physical: physical})
	}
	// The positions of the calls between are not known, and a code flow must have
	// one for each step; a stack need not. Its first frame is the innermost.
	if len(f.Detail.Chain) > 0 {
		stack := sarifStack{Message: sarifMessage{Text: "how the code gets there"}}
		for _, hop := range slices.Backward(f.Detail.Chain) {
			stack.Frames = append(stack.Frames, sarifFrame{sarifLocation{Logical: []sarifLogical{{hop, "function"}}}})
		}
		stack.Frames[0].Location.Physical = effect
		result.Stacks = []sarifStack{stack}
	}
	for _, fix := range f.Diagnostic.SuggestedFixes {
		out := sarifFix{Description: sarifMessage{Text: fix.Message}}
		for _, e := range fix.TextEdits {
			deleted := s.physical(position(e.Pos), position(cmp.Or(e.End, e.Pos)))
			replacement := sarifReplacement{Deleted: deleted.Region}
			if len(e.NewText) > 0 {
				replacement.Inserted = &sarifContent{string(e.NewText)}
			}
			i := slices.IndexFunc(out.Changes, func(c sarifChange) bool { return c.Artifact == deleted.Artifact })
			if i < 0 {
				i = len(out.Changes)
				out.Changes = append(out.Changes, sarifChange{Artifact: deleted.Artifact})
			}
			out.Changes[i].Replacements = append(out.Changes[i].Replacements, replacement)
		}
		result.Fixes = append(result.Fixes, out)
	}
	return result
}

func (s *sarifWriter) physical(pos, end token.Position) *sarifPhysical {
	if !end.IsValid() || end.Filename != pos.Filename || end.Offset < pos.Offset {
		end = pos
	}
	artifact := sarifArtifact{URI: fileURL(pos.Filename)}
	if path, ok := below(s.root, pos.Filename); ok {
		artifact = sarifArtifact{URI: (&url.URL{Path: path}).EscapedPath(), BaseID: sarifBase}
	}
	return &sarifPhysical{artifact, sarifRegion{pos.Line, s.column(pos), end.Line, s.column(end)}}
}

// column is a position's column in UTF-16 code units; go/token counts bytes.
func (s *sarifWriter) column(pos token.Position) int {
	lines, ok := s.lines[pos.Filename]
	if !ok {
		if data, err := os.ReadFile(pos.Filename); err == nil {
			lines = bytes.Split(data, []byte("\n"))
		}
		s.lines[pos.Filename] = lines
	}
	if pos.Line > len(lines) || pos.Column-1 > len(lines[pos.Line-1]) {
		return pos.Column // a //line comment, or the file is gone
	}
	before := lines[pos.Line-1][:pos.Column-1]
	return len(utf16.Encode([]rune(string(before)))) + 1
}

// SourceRoot returns the root of the repository that the current folder is in, or
// the current folder if it is in none. Services that show findings want paths below
// it.
func SourceRoot() string {
	wd, err := os.Getwd()
	if err != nil {
		return "."
	}
	for dir := wd; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			return wd
		}
	}
}

// below returns the path of a file below a folder, with slashes.
func below(dir, file string) (string, bool) {
	rel, err := filepath.Rel(dir, file)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

func fileURL(name string) string {
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive's letter
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
