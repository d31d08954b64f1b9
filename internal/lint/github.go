package lint

import (
	"fmt"
	"io"
	"strings"
)

// Workflow commands escape what would end a property or the command.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// PrintGitHub writes the findings as workflow commands of GitHub Actions, which
// shows them beside the code. Paths are below the repository's root.
func (r *Report) PrintGitHub(w io.Writer) error {
	root := SourceRoot()
	for _, f := range r.Findings {
		file, ok := below(root, f.Pos.Filename)
		if !ok {
			file = f.Pos.Filename
		}
		place := fmt.Sprintf("file=%s,line=%d,col=%d", githubProperty.Replace(file), f.Pos.Line, f.Pos.Column)
		if f.End.Line == f.Pos.Line && f.End.Column > f.Pos.Column {
			place += fmt.Sprintf(",endColumn=%d", f.End.Column)
		}
		command := r.severity(&f)
		if command == "note" {
			command = "notice"
		}
		if _, err := fmt.Fprintf(w, "::"+command+" %s,title=%s::%s\n", place, githubProperty.Replace("mcwflint "+f.Rule), githubData.Replace(f.Diagnostic.Message)); err != nil {
			return err
		}
	}
	return nil
}
