package order

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Functions of libraries, as path.Name or path.Type.Method, paths without versions.

// listing returns the keys or values of a map in its order.
var listing = set(`maps.Keys maps.Values maps.All golang.org/x/exp/maps.Keys golang.org/x/exp/maps.Values
	reflect.Value.MapKeys github.com/samber/lo.Keys github.com/samber/lo.Values github.com/samber/lo.Entries github.com/samber/lo.ToPairs
	github.com/samber/lo.MapToSlice github.com/samber/lo.UniqKeys github.com/samber/lo.UniqValues github.com/thoas/go-funk.Keys github.com/thoas/go-funk.Values`)

// sorting puts its first argument, or its receiver, in order.
var sorting = set(`sort.StringSlice.Sort sort.IntSlice.Sort sort.Float64Slice.Sort sort.Strings sort.Ints sort.Float64s sort.Slice sort.SliceStable sort.Sort sort.Stable
	slices.Sort slices.SortFunc slices.SortStableFunc golang.org/x/exp/slices.Sort golang.org/x/exp/slices.SortFunc golang.org/x/exp/slices.SortStableFunc`)

// passing returns what it is given, or a part or a text of it, in the same order.
var passing = set(`slices.Collect slices.Values slices.All slices.Clone slices.Concat slices.Grow slices.Insert slices.Compact slices.DeleteFunc
	slices.AppendSeq slices.Chunk slices.Backward strings.Join bytes.Join strings.TrimSpace strings.Trim strings.TrimRight
	strings.TrimLeft strings.TrimSuffix strings.TrimPrefix strings.ToLower strings.ToUpper strings.ReplaceAll strings.Replace strings.Split strings.Fields bytes.TrimSpace fmt.Sprint fmt.Sprintf fmt.Sprintln fmt.Append fmt.Appendf fmt.Appendln encoding/json.Marshal encoding/json.MarshalIndent
	github.com/samber/lo.Filter github.com/samber/lo.Map github.com/samber/lo.FlatMap github.com/samber/lo.Uniq github.com/samber/lo.UniqBy
	github.com/samber/lo.Chunk github.com/samber/lo.Compact github.com/samber/lo.FilterMap github.com/samber/lo.Reject github.com/samber/lo.Without
	strings.Builder.String bytes.Buffer.String bytes.Buffer.Bytes hash.Hash.Sum reflect.Append sort.Reverse`)

// writing writes its arguments behind what its receiver, or first argument, has.
var writing = set(`strings.Builder.WriteString strings.Builder.WriteByte strings.Builder.WriteRune strings.Builder.Write
	bytes.Buffer.WriteString bytes.Buffer.WriteByte bytes.Buffer.WriteRune bytes.Buffer.Write io.Writer.Write io.StringWriter.WriteString
	fmt.Fprint fmt.Fprintf fmt.Fprintln io.WriteString`)

func set(names string) map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(names) {
		m[name] = true
	}
	return m
}

// name is the name of a call's function in the sets; "" if it is not known.
func name(info *types.Info, call *ast.CallExpr) string {
	fn := syntax.Callee(info, call)
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	return fn.Pkg().Path() + "." + keys.Owner(fn)
}

func isMethod(info *types.Info, call *ast.CallExpr, pkg, owner string) bool {
	return name(info, call) == pkg+"."+owner
}

// listsMap reports whether a call returns the elements of a map in its order.
func listsMap(info *types.Info, call *ast.CallExpr) bool {
	return listingNames[calledName(call)] && listing[name(info, call)]
}

// listingNames are the last parts of the names in listing: most calls have others.
var listingNames = func() map[string]bool {
	m := make(map[string]bool)
	for name := range listing {
		m[name[strings.LastIndexByte(name, '.')+1:]] = true
	}
	return m
}()

// calledName is the name that a call has in the text, "" if it has none.
func calledName(call *ast.CallExpr) string {
	if id := syntax.Called(call); id != nil {
		return id.Name
	}
	return ""
}

// rangesMap returns the function that a call runs for each element of a sync.Map, or nil.
func rangesMap(info *types.Info, call *ast.CallExpr) *ast.FuncLit {
	if len(call.Args) != 1 || calledName(call) != "Range" || !isMethod(info, call, "sync", "Map.Range") {
		return nil
	}
	lit, _ := ast.Unparen(call.Args[0]).(*ast.FuncLit)
	return lit
}

// written is what a call writes text to, or nil.
func written(info *types.Info, call *ast.CallExpr) ast.Expr {
	n := name(info, call)
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	switch {
	case !writing[n] || !ok:
		return nil
	case strings.HasPrefix(n, "fmt.") || strings.HasPrefix(n, "io.WriteString"):
		if len(call.Args) == 0 {
			return nil
		}
		return call.Args[0]
	}
	return sel.X
}

// isLog reports whether a call writes to a log, which nothing reads back.
func isLog(info *types.Info, call *ast.CallExpr) bool {
	fn := syntax.Callee(info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch path := fn.Pkg().Path(); path {
	case "log", "log/slog", "go.temporal.io/sdk/log", "go.uber.org/zap", "github.com/sirupsen/logrus", "github.com/rs/zerolog", "github.com/rs/zerolog/log":
		return true
	case "fmt":
		return strings.HasPrefix(fn.Name(), "Print") || fn.Name() == "Errorf"
	case "errors":
		return true
	}
	return false
}
