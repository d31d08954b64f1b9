package lint

import (
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
)

// The part of JUnit's XML that CI systems read.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		ClassName string        `xml:"classname,attr"`
		File      string        `xml:"file,attr,omitempty"`
		Line      int           `xml:"line,attr,omitempty"`
		Failure   *junitFailure `xml:"failure,omitempty"`
		Error     *junitFailure `xml:"error,omitempty"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// PrintJUnit writes the findings as JUnit's XML: a suite for each rule that has findings, a
// failed case for each finding, and an error for each package that was not analysed. Without
// any of them there is one case that has passed.
func (r *Report) PrintJUnit(w io.Writer) error {
	root := SourceRoot()
	var suites junitSuites
	index := make(map[string]int)
	add := func(suite string, c junitCase) {
		i, ok := index[suite]
		if !ok {
			i = len(suites.Suites)
			index[suite] = i
			suites.Suites = append(suites.Suites, junitSuite{Name: suite})
		}
		s := &suites.Suites[i]
		s.Cases = append(s.Cases, c)
		s.Tests++
		suites.Tests++
		if c.Failure != nil {
			s.Failures++
			suites.Failures++
		}
		if c.Error != nil {
			s.Errors++
			suites.Errors++
		}
	}
	for _, f := range r.Findings {
		file, ok := below(root, f.Pos.Filename)
		if !ok {
			file = filepath.ToSlash(f.Pos.Filename)
		}
		place := fmt.Sprintf("%s:%d:%d", file, f.Pos.Line, f.Pos.Column)
		add("mcwflint."+f.Rule, junitCase{
			Name: place, ClassName: "mcwflint." + f.Rule, File: file, Line: f.Pos.Line,
			Failure: &junitFailure{r.severity(&f), f.Diagnostic.Message, place + ": " + f.Diagnostic.Message + "\n" + f.Diagnostic.URL},
		})
	}
	for _, skipped := range r.Skipped {
		add("mcwflint", junitCase{Name: skipped.Package, ClassName: "mcwflint", Error: &junitFailure{"skipped", skipped.String(), ""}})
	}
	if suites.Tests == 0 {
		add("mcwflint", junitCase{Name: r.Summary(), ClassName: "mcwflint"})
	}
	data, err := xml.MarshalIndent(suites, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(data)+"\n")
	return err
}
