package codec

import (
	"reflect"
	"slices"
	"sync"
)

// A Carrier is embedded in a fact, last: it holds the sections, as they are to be written or as
// they were read. Facts are decoded when they are first asked for: most are handed to packages
// that never do.
type Carrier struct {
	Sections []Section // to be written

	read sections
	raw  []byte // the whole fact as it was read
}

// Read fills v, which is zero, with the section of a name and version. It reports false if there is
// none; v is zero then.
func (c *Carrier) Read(name string, version int, v any) bool {
	for _, s := range c.Sections {
		if s.Name == name {
			exported(reflect.ValueOf(v).Elem(), reflect.ValueOf(s.Value).Elem())
			return true
		}
	}
	return c.read.read(name, version, v)
}

// Has reports whether there is a section of a name.
func (c *Carrier) Has(name string) bool {
	return slices.ContainsFunc(c.Sections, func(s Section) bool { return s.Name == name }) ||
		slices.ContainsFunc(c.read, func(s section) bool { return s.name == name })
}

// GobDecode keeps the data for Decode.
func (c *Carrier) GobDecode(data []byte) error {
	c.raw = append([]byte{}, data...)
	return nil
}

// Encode writes the fact that the carrier is embedded in.
func (c *Carrier) Encode(fact any) ([]byte, error) {
	if c.raw != nil {
		return c.raw, nil
	}
	return Encode(fact, c.Sections)
}

// Decode fills the fields of the fact that the carrier is embedded in, if it was read.
func (c *Carrier) Decode(fact any) error {
	if c.raw == nil {
		return nil
	}
	read, err := Decode(c.raw, fact)
	c.read, c.raw = read, nil
	return err
}

// exported copies what is written of a value: other fields, such as places in a file, are of no use
// to another package, and must not travel within a process if they do not between two.
func exported(to, from reflect.Value) {
	switch t := from.Type(); {
	case !keeps(t):
		to.Set(from)
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if written(t.Field(i)) {
				exported(to.Field(i), from.Field(i))
			}
		}
	case !from.IsNil(): // a slice
		to.Set(reflect.MakeSlice(t, from.Len(), from.Len()))
		for i := range from.Len() {
			exported(to.Index(i), from.Index(i))
		}
	}
}

var keeping sync.Map // of types, whether they keep something to themselves

// keeps reports whether values of a type have fields that are not written.
func keeps(t reflect.Type) bool {
	if known, ok := keeping.Load(t); ok {
		return known.(bool)
	}
	kept := false
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			kept = kept || !written(t.Field(i)) || keeps(t.Field(i).Type)
		}
	case reflect.Slice:
		kept = keeps(t.Elem())
	}
	keeping.Store(t, kept)
	return kept
}
