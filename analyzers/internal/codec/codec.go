// Package codec writes facts to bytes and reads them.
//
// A table of its strings stands in front of a fact: the same package, file and hop
// stand in many chains, and a fact is a third of the size. Of a string that begins as the one
// before it, as paths do, only the rest is written. Of a struct, the zeros at
// its end are left out: most functions have one thing to say. Behind the fact stand
// sections, one for each domain with something to say, which are read when they are
// first asked for: go vet hands every fact of every import to every unit, and nearly
// all of them are for others.
package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// A Section is what a domain says in a fact: Value points to a struct whose exported
// fields are strings, ints, bools, uint32s, structs, and slices of them.
type Section struct {
	Name    string
	Version int
	Value   any
}

// sections are those of a fact that was read.
type sections []section

type section struct {
	name    string
	version int
	data    []byte
	table   []string
}

// read fills v, which is zero, with the section of a name. It reports false, and leaves v zero, if
// there is none, if it has another version, or if it is damaged.
func (s sections) read(name string, version int, v any) bool {
	for _, one := range s {
		if one.name == name {
			d := decoder{rest: one.data, table: one.table}
			d.value(reflect.ValueOf(v).Elem())
			ok := one.version == version && !d.damaged && len(d.rest) == 0
			if !ok {
				reflect.ValueOf(v).Elem().SetZero()
			}
			return ok
		}
	}
	return false
}

// Encode writes the exported fields of the struct that v points to, in order, and
// the sections. The same input gives the same bytes.
func Encode(v any, sections []Section) ([]byte, error) {
	// Twice: the table is sorted, so that strings which begin alike are neighbours.
	e := encoder{index: make(map[string]uint64)}
	if err := e.fact(v, sections); err != nil {
		return nil, err
	}
	table := slices.Sorted(maps.Keys(e.index))
	for i, s := range table {
		e.index[s] = uint64(i)
	}
	e.body = e.body[:0]
	if err := e.fact(v, sections); err != nil {
		return nil, err
	}
	data := binary.AppendUvarint(nil, uint64(len(table)))
	before := ""
	for _, s := range table {
		same := shared(before, s)
		data = binary.AppendUvarint(data, uint64(same))
		data = binary.AppendUvarint(data, uint64(len(s)-same))
		data = append(data, s[same:]...)
		before = s
	}
	return append(data, e.body...), nil
}

// fact writes all but the table.
func (e *encoder) fact(v any, sections []Section) error {
	if err := e.value(reflect.ValueOf(v).Elem()); err != nil {
		return err
	}
	e.body = binary.AppendUvarint(e.body, uint64(len(sections)))
	for _, s := range sections {
		e.string(s.Name)
		e.body = binary.AppendUvarint(e.body, uint64(s.Version))
		outer := e.body
		e.body = nil
		if err := e.value(reflect.ValueOf(s.Value).Elem()); err != nil {
			return err
		}
		inner := e.body
		e.body = append(binary.AppendUvarint(outer, uint64(len(inner))), inner...)
	}
	return nil
}

// shared is the length of what two strings begin with alike.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

type encoder struct {
	index map[string]uint64
	body  []byte
}

func (e *encoder) string(s string) {
	i, ok := e.index[s]
	if !ok {
		i = uint64(len(e.index))
		e.index[s] = i
	}
	e.body = binary.AppendUvarint(e.body, i)
}

func (e *encoder) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		e.string(v.String())
	case reflect.Int:
		e.body = binary.AppendVarint(e.body, v.Int())
	case reflect.Uint32:
		e.body = binary.AppendUvarint(e.body, v.Uint())
	case reflect.Bool:
		b := byte(0)
		if v.Bool() {
			b = 1
		}
		e.body = append(e.body, b)
	case reflect.Slice:
		e.body = binary.AppendUvarint(e.body, uint64(v.Len()))
		for i := range v.Len() {
			if err := e.value(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		n := v.NumField()
		for n > 0 && (!written(v.Type().Field(n-1)) || v.Field(n-1).IsZero()) {
			n--
		}
		e.body = append(e.body, byte(n))
		for i := range n {
			if written(v.Type().Field(i)) {
				if err := e.value(v.Field(i)); err != nil {
					return err
				}
			}
		}
	default:
		return fmt.Errorf("cannot encode a %s in a fact", v.Type())
	}
	return nil
}

var errFact = errors.New("damaged fact")

// Decode is the inverse of Encode, but for the values of the sections. Damaged data is
// an error.
func Decode(data []byte, v any) (sections, error) {
	d := decoder{rest: data}
	n := d.uvarint()
	if n > uint64(len(data)) {
		return nil, errFact
	}
	d.table = make([]string, n)
	before := ""
	for i := range d.table {
		same := d.uvarint()
		if same > uint64(len(before)) {
			return nil, errFact
		}
		before = before[:same] + string(d.take(d.uvarint()))
		d.table[i] = before
	}
	d.value(reflect.ValueOf(v).Elem())
	n = d.uvarint()
	if n > uint64(len(d.rest)) {
		return nil, errFact
	}
	var all sections
	for range n {
		name := d.string()
		version := int(d.uvarint())
		all = append(all, section{name, version, d.take(d.uvarint()), d.table})
	}
	if d.damaged || len(d.rest) > 0 {
		return nil, errFact
	}
	return all, nil
}

type decoder struct {
	rest    []byte
	table   []string
	damaged bool
}

func (d *decoder) uvarint() uint64 {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 {
		d.damaged = true
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) take(n uint64) []byte {
	if n > uint64(len(d.rest)) {
		d.damaged = true
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) string() string {
	i := d.uvarint()
	if i >= uint64(len(d.table)) {
		d.damaged = true
		return ""
	}
	return d.table[i]
}

func (d *decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) value(v reflect.Value) {
	if d.damaged {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(d.string())
	case reflect.Int:
		n, size := binary.Varint(d.rest)
		if size <= 0 {
			d.damaged = true
			return
		}
		d.rest = d.rest[size:]
		v.SetInt(n)
	case reflect.Uint32:
		v.SetUint(d.uvarint())
	case reflect.Bool:
		v.SetBool(d.byte() == 1)
	case reflect.Slice:
		n := d.uvarint()
		if n > uint64(len(d.rest)) { // every element takes a byte at least
			d.damaged = true
			return
		}
		if n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), int(n), int(n)))
		}
		for i := range v.Len() {
			d.value(v.Index(i))
		}
	case reflect.Struct:
		n := int(d.byte())
		if n > v.NumField() {
			d.damaged = true
			return
		}
		for i := range n {
			if written(v.Type().Field(i)) {
				d.value(v.Field(i))
			}
		}
	}
}

// written reports whether a field is part of a fact: what is embedded carries the sections.
func written(f reflect.StructField) bool { return f.IsExported() && !f.Anonymous }
