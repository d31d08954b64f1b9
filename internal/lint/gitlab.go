package lint

import (
	"encoding/json"
	"io"
)

// The part of GitLab's Code Quality report that is required:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

// PrintGitLab writes the findings as a Code Quality report of GitLab, which compares those
// of two branches by fingerprint. Paths are below the repository's root.
func (r *Report) PrintGitLab(w io.Writer) error {
	root := SourceRoot()
	issues := []gitlabIssue{}
	for _, f := range r.Findings {
		file, ok := below(root, f.Pos.Filename)
		if !ok {
			file = f.Pos.Filename
		}
		severity := map[string]string{"error": "major", "warning": "minor", "note": "info"}[r.severity(&f)]
		issues = append(issues, gitlabIssue{f.Diagnostic.Message, f.Rule, f.Fingerprint, severity, gitlabLocation{file, gitlabLines{f.Pos.Line}}})
	}
	data, err := json.MarshalIndent(issues, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
