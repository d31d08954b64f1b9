// Package registry registers what it is given, on an interface of its own.
package registry

// Registrar is the one method of a worker that this package needs.
type Registrar interface {
	RegisterActivity(a any)
}

// All registers a list: a wrapper of RegisterActivity for its callers.
func All(r Registrar, activities ...any) {
	for _, a := range activities {
		r.RegisterActivity(a)
	}
}

// One registers one.
func One(r Registrar, a any) {
	r.RegisterActivity(a)
}
