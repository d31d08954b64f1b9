package lint

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// fingerprintVersion changes when the same finding gets another fingerprint.
const fingerprintVersion = "v1"

// fileLine is a place in a message: code moves.
var fileLine = regexp.MustCompile(`(\.go)(:\d+)+`)

// fingerprint names the findings. What an effect is and the function that it
// stands in name it, wherever the chain starts and the rule reports it; other
// findings are named by their function and message. The second of equal ones in a
// function is told from the first by its number alone.
func (r *Report) fingerprint() {
	seen := make(map[string]int)
	for i := range r.Findings {
		f := &r.Findings[i]
		identity := f.Detail.Origin
		if identity == "" {
			identity = f.place + " " + fileLine.ReplaceAllString(f.Detail.Message, "$1")
		}
		identity = f.Rule + "\n" + identity
		seen[identity]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d", identity, seen[identity]))
		f.Fingerprint = hex.EncodeToString(sum[:10])
	}
}

// function names the function that pos is in, as "Func" or "Type.Method"; "" if it
// is in none.
func function(files []*ast.File, pos token.Pos) string {
	for _, file := range files {
		if pos < file.FileStart || file.FileEnd <= pos {
			continue
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || pos < d.Pos() || d.End() <= pos {
				continue
			}
			if fn.Recv == nil || len(fn.Recv.List) == 0 {
				return fn.Name.Name
			}
			recv := strings.TrimPrefix(types.ExprString(fn.Recv.List[0].Type), "*")
			recv, _, _ = strings.Cut(recv, "[")
			return recv + "." + fn.Name.Name
		}
	}
	return ""
}

// A Baseline is a set of findings that are known and not to be printed.
type Baseline map[string]bool // by fingerprint

const baselineHead = "# mcwflint baseline " + fingerprintVersion + ": a known finding a line; only its first word is read.\n"

// WriteBaseline writes the findings of a report to a file, in their order.
func (r *Report) WriteBaseline(name string) error {
	var b bytes.Buffer
	b.WriteString(baselineHead)
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s %s %s: %s\n", f.Fingerprint, f.Rule, filepath.ToSlash(shown(f.Pos).Filename), f.Detail.Message)
	}
	return write(map[string][]byte{name: b.Bytes()})
}

// ReadBaseline reads a file that WriteBaseline has written.
func ReadBaseline(name string) (Baseline, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(data, []byte("# mcwflint baseline "+fingerprintVersion+":")) {
		return nil, fmt.Errorf("%s is not a baseline of this version: write it anew with -write-baseline", name)
	}
	known := make(Baseline)
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, len(data)+1)
	for line := 1; scanner.Scan(); line++ {
		text := scanner.Text()
		if text == "" || text[0] == '#' {
			continue
		}
		print, _, _ := strings.Cut(text, " ")
		if raw, err := hex.DecodeString(print); err != nil || len(raw) != 10 {
			return nil, fmt.Errorf("%s:%d: %q is no fingerprint", name, line, print)
		}
		known[print] = true
	}
	return known, scanner.Err()
}

// Subtract drops the findings that a baseline has, and returns how many of the
// baseline's are no longer found.
func (r *Report) Subtract(known Baseline) (gone int) {
	found := 0
	r.Keep(func(f Finding) bool {
		if known[f.Fingerprint] {
			found++
			return false
		}
		return true
	})
	return len(known) - found
}
