package effects

import (
	"go/ast"
	"go/types"
	"strings"
)

// Keys name interfaces, types and the places that hold functions, the same in
// every package. The first letter says which: i interface, t type, v variable,
// f field, r function result, c function or closure.

// pkgPath is the path of a package without the suffix of its test variant.
func pkgPath(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	path, _, _ := strings.Cut(pkg.Path(), " ")
	return path
}

func qualifier(pkg *types.Package) string { return pkgPath(pkg) }

// ifaceKey names an interface; "" if no chain is worth following through it.
func ifaceKey(t types.Type) string {
	t = types.Unalias(t)
	switch t := t.(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil || foreign(pkgPath(t.Obj().Pkg())) {
			return ""
		}
		return "i:" + namedKey(t)
	case *types.Interface:
		if t.NumMethods() == 0 || t.NumMethods() > 30 {
			return ""
		}
		return "i:" + types.TypeString(t, qualifier)
	case *types.TypeParam:
		return ifaceKey(t.Constraint())
	}
	return ""
}

// namedKey tells instances of a generic type apart, unless an argument is itself
// a type parameter.
func namedKey(t *types.Named) string {
	name := pkgPath(t.Obj().Pkg()) + "." + t.Obj().Name()
	args := t.TypeArgs()
	if args.Len() == 0 {
		return name
	}
	for i := range args.Len() {
		if hasTypeParam(args.At(i), 0) {
			return name
		}
	}
	return types.TypeString(t, qualifier)
}

func hasTypeParam(t types.Type, depth int) bool {
	if depth > 4 {
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Pointer:
		return hasTypeParam(t.Elem(), depth+1)
	case *types.Slice:
		return hasTypeParam(t.Elem(), depth+1)
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			if hasTypeParam(t.TypeArgs().At(i), depth+1) {
				return true
			}
		}
	}
	return false
}

// foreign reports whether a package's interfaces never lead to a program's own
// code in a way worth following: the standard library, the SDK, drivers.
func foreign(path string) bool {
	if isStd(path) {
		return true
	}
	for _, prefix := range foreignPrefixes {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

var foreignPrefixes = []string{
	"go.temporal.io/", "google.golang.org/", "golang.org/x/", "github.com/jackc/", "github.com/jmoiron/", "gorm.io/",
	"github.com/uptrace/", "entgo.io/", "github.com/stretchr/", "go.uber.org/", "github.com/sirupsen/", "github.com/rs/zerolog",
	"go.opentelemetry.io/", "github.com/aws/", "cloud.google.com/", "k8s.io/", "github.com/gin-gonic/", "github.com/labstack/", "github.com/prometheus/",
}

// isStd reports whether path is in the standard library. Packages of GOPATH and
// Bazel may also have no dot in front, so the first element decides.
func isStd(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return stdRoots[first]
}

var stdRoots = func() map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(`archive bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding errors
		expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort
		strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak`) {
		m[name] = true
	}
	return m
}()

// typeKey names a concrete type.
func typeKey(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return "t:" + pkgPath(named.Obj().Pkg()) + "." + named.Obj().Name()
}

func varKey(v *types.Var) string { return "v:" + pkgPath(v.Pkg()) + "." + v.Name() }

func resultKey(fn *types.Func) string { return "r:" + funcKey(fn) }

// funcKey names a function or method.
func funcKey(fn *types.Func) string { return pkgPath(fn.Pkg()) + "." + ownerName(fn) }

// fieldKey names the field that a selection ends at; "" for a field of a type
// without a name.
func fieldKey(s *types.Selection) string {
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		st, ok := structOf(t)
		if !ok {
			return ""
		}
		t = st.Field(i).Type()
	}
	return fieldKeyOf(t, s.Obj().Name())
}

func fieldKeyOf(t types.Type, field string) string {
	key := typeKey(t)
	if key == "" {
		return ""
	}
	return "f:" + key[2:] + "." + field
}

func structOf(t types.Type) (*types.Struct, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// ownerName is "Func" or "Type.Method".
func ownerName(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := types.Unalias(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok {
			return named.Obj().Name() + "." + fn.Name()
		}
	}
	return fn.Name()
}

// hop is how a function stands in a chain.
func hop(fn *types.Func) string {
	if fn.Pkg() == nil {
		return fn.Name()
	}
	return fn.Pkg().Name() + "." + ownerName(fn)
}

// Display shortens the hops of a chain: the package's name stands only where the
// package changes.
func Display(chain []string) []string {
	out := make([]string, len(chain))
	last := ""
	for i, h := range chain {
		pkg, name, ok := strings.Cut(h, ".")
		if ok && (i == 0 || pkg == last) {
			out[i] = name
		} else {
			out[i] = h
		}
		if ok {
			last = pkg
		}
	}
	return out
}

func identOf(x ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(x).(*ast.Ident)
	return id
}
