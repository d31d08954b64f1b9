// Package keys names interfaces, types, functions and the places that hold functions
// the same way in every package that sees them: what is known of one crosses packages
// under its key.
//
// The first letter says what a key names: i an interface, t a concrete type, v a
// package variable, f a field, r a function's result, a an argument of an interface's method, c a function or a
// closure.
package keys

import (
	"go/types"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Path is the path of a package without the suffix of its test variant.
func Path(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	path, _, _ := strings.Cut(pkg.Path(), " ")
	return path
}

func qualifier(pkg *types.Package) string { return Path(pkg) }

// Interface names an interface; "" if no chain is worth following through it.
func Interface(t types.Type) string {
	t = types.Unalias(t)
	switch t := t.(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil || Foreign(Path(t.Obj().Pkg())) {
			return ""
		}
		return "i:" + named(t)
	case *types.Interface:
		if t.NumMethods() == 0 || t.NumMethods() > 30 {
			return ""
		}
		return "i:interface{" + methods(t) + "}"
	case *types.TypeParam:
		return Interface(t.Constraint())
	}
	return ""
}

// methods are those of an interface, without the names of parameters: those do not tell types apart.
func methods(t *types.Interface) string {
	var all []string
	for m := range t.Methods() {
		all = append(all, m.Name()+strings.TrimPrefix(types.TypeString(syntax.Unnamed(m.Signature()), qualifier), "func"))
	}
	return strings.Join(all, "; ")
}

// named tells instances of a generic type apart, unless an argument is itself
// a type parameter.
func named(t *types.Named) string {
	name := Path(t.Obj().Pkg()) + "." + t.Obj().Name()
	args := t.TypeArgs()
	if args.Len() == 0 {
		return name
	}
	for i := range args.Len() {
		if syntax.MentionsTypeParam(args.At(i)) {
			return name
		}
	}
	return types.TypeString(t, qualifier)
}

// Foreign reports whether a package's interfaces never lead to a program's own
// code in a way worth following: the standard library, the SDK, drivers.
func Foreign(path string) bool {
	if IsStd(path) {
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

// IsStd reports whether path is in the standard library. Packages of GOPATH, Bazel and short
// module paths may also have no dot in front, and begin as the library's: image/resize.
func IsStd(path string) bool {
	first, rest, below := strings.Cut(path, "/")
	folders, ok := std[first]
	if !ok || !below || folders == nil {
		return ok
	}
	second, _, _ := strings.Cut(rest, "/")
	return folders[second]
}

// std has what is below each root of the standard library, nil for anything.
var std = func() map[string]map[string]bool {
	m := map[string]map[string]bool{"internal": nil, "vendor": nil, "builtin": {}}
	for _, name := range strings.Fields(`archive/tar,zip bufio bytes cmp compress/bzip2,flate,gzip,lzw,zlib container/heap,list,ring context
		crypto/aes,cipher,des,dsa,ecdh,ecdsa,ed25519,elliptic,fips140,hkdf,hmac,hpke,md5,mlkem,pbkdf2,rand,rc4,rsa,sha1,sha256,sha3,sha512,subtle,tls,x509
		database/sql debug/buildinfo,dwarf,elf,gosym,macho,pe,plan9obj embed encoding/ascii85,asn1,base32,base64,binary,csv,gob,hex,json,pem,xml errors
		expvar flag fmt go/ast,build,constant,doc,format,importer,parser,printer,scanner,token,types,version hash/adler32,crc32,crc64,fnv,maphash
		html/template image/color,draw,gif,jpeg,png index/suffixarray io/fs,ioutil iter log/slog,syslog maps math/big,bits,cmplx,rand
		mime/multipart,quotedprintable net/http,mail,netip,rpc,smtp,textproto,url os/exec,signal,user path/filepath plugin reflect regexp/syntax
		runtime/cgo,coverage,debug,metrics,pprof,race,trace slices sort strconv strings structs sync/atomic syscall
		testing/cryptotest,fstest,iotest,quick,slogtest,synctest text/scanner,tabwriter,template time/tzdata unicode/utf16,utf8 unique unsafe weak`) {
		root, folders, _ := strings.Cut(name, "/")
		m[root] = map[string]bool{"internal": true}
		for _, folder := range strings.Split(folders, ",") {
			m[root][folder] = true
		}
	}
	return m
}()

// Type names a concrete type.
func Type(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return "t:" + Path(named.Obj().Pkg()) + "." + named.Obj().Name()
}

// Var names a package variable.
func Var(v *types.Var) string { return "v:" + Path(v.Pkg()) + "." + v.Name() }

// Argument names an argument of the method of the interface with a key: what calls of it
// are given.
func Argument(iface, method string, i int) string {
	return "a:" + iface[2:] + "." + method + "#" + strconv.Itoa(i)
}

// CutArgument is the inverse of Argument.
func CutArgument(key string) (iface, method string, i int, ok bool) {
	key, number, ok := strings.Cut(key, "#")
	dot := strings.LastIndexByte(key, '.')
	i, err := strconv.Atoi(number)
	if !ok || dot < 0 || err != nil || !strings.HasPrefix(key, "a:") {
		return "", "", 0, false
	}
	return "i:" + key[2:dot], key[dot+1:], i, true
}

// Result names what a function returns first.
func Result(fn *types.Func) string { return "r:" + Func(fn) }

// Func names a function or method.
func Func(fn *types.Func) string { return Path(fn.Pkg()) + "." + Owner(fn) }

// Field names the field that a selection ends at; "" for a field of a type
// without a name.
func Field(s *types.Selection) string {
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		st, ok := syntax.StructOf(t)
		if !ok {
			return ""
		}
		t = st.Field(i).Type()
	}
	return FieldOf(t, s.Obj().Name())
}

// FieldOf names a field of a type; "" if that has no name.
func FieldOf(t types.Type, field string) string {
	key := Type(t)
	if key == "" {
		return ""
	}
	return "f:" + key[2:] + "." + field
}

// OwnerOf is the name of the type that the field with a key belongs to.
func OwnerOf(field string) string {
	name := field[:strings.LastIndexByte(field, '.')]
	return name[strings.LastIndexAny(name, "./:")+1:]
}

// Owner is "Func" or "Type.Method".
func Owner(fn *types.Func) string {
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

// Hop is how a function stands in a chain.
func Hop(fn *types.Func) string {
	if fn.Pkg() == nil {
		return fn.Name()
	}
	return fn.Pkg().Name() + "." + Owner(fn)
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
