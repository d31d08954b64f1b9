package effects

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
)

// Facts are written with a table of their strings in front: the same package,
// file and hop stand in many chains, and a fact is a third of the size. Of a
// struct, the zeros at its end are left out: most functions have one thing to say.
// Facts are read when they are first asked for: go vet decodes every fact of every
// import in every unit, and nearly all of them are for others (make bench shows
// both).

// encodeFact writes the exported fields of the struct that v points to, in order.
func encodeFact(v any) ([]byte, error) {
	e := encoder{index: make(map[string]uint64)}
	if err := e.value(reflect.ValueOf(v).Elem()); err != nil {
		return nil, err
	}
	data := binary.AppendUvarint(nil, uint64(len(e.table)))
	for _, s := range e.table {
		data = binary.AppendUvarint(data, uint64(len(s)))
		data = append(data, s...)
	}
	return append(data, e.body...), nil
}

type encoder struct {
	index map[string]uint64
	table []string
	body  []byte
}

func (e *encoder) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		i, ok := e.index[s]
		if !ok {
			i = uint64(len(e.table))
			e.index[s] = i
			e.table = append(e.table, s)
		}
		e.body = binary.AppendUvarint(e.body, i)
	case reflect.Int:
		e.body = binary.AppendVarint(e.body, v.Int())
	case reflect.Uint16:
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
		for n > 0 && (!v.Type().Field(n-1).IsExported() || v.Field(n-1).IsZero()) {
			n--
		}
		e.body = append(e.body, byte(n))
		for i := range n {
			if v.Type().Field(i).IsExported() {
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

// decodeFact is the inverse of encodeFact. Damaged data is an error.
func decodeFact(data []byte, v any) error {
	d := decoder{rest: data}
	n := d.uvarint()
	if n > uint64(len(data)) {
		return errFact
	}
	d.table = make([]string, n)
	for i := range d.table {
		d.table[i] = string(d.take(d.uvarint()))
	}
	d.value(reflect.ValueOf(v).Elem())
	if d.damaged || len(d.rest) > 0 {
		return errFact
	}
	return nil
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
		i := d.uvarint()
		if i >= uint64(len(d.table)) {
			d.damaged = true
			return
		}
		v.SetString(d.table[i])
	case reflect.Int:
		n, size := binary.Varint(d.rest)
		if size <= 0 {
			d.damaged = true
			return
		}
		d.rest = d.rest[size:]
		v.SetInt(n)
	case reflect.Uint16:
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
			if v.Type().Field(i).IsExported() {
				d.value(v.Field(i))
			}
		}
	}
}
