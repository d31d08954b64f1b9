// Command values tells what Temporal's default data converter does to a filled
// value of each of the types in cases. A test of mcwflint generates the cases and
// compares its own verdicts.
package main

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"

	"go.temporal.io/sdk/converter"

	"example.com/corpus/oracle/filled"
)

func main() {
	for _, c := range cases {
		fmt.Println(c.name, verdict(c.t))
	}
}

type testCase struct {
	name string
	t    reflect.Type
}

func verdict(t reflect.Type) (result string) {
	defer func() {
		if e := recover(); e != nil {
			result = fmt.Sprint("panic ", e)
		}
	}()
	value := reflect.New(t).Elem()
	filled.Fill(value)
	dc := converter.GetDefaultDataConverter()
	payload, err := dc.ToPayload(value.Interface())
	if err != nil {
		return "encode"
	}
	got := reflect.New(t)
	// A value that cannot be set makes encoding/json panic.
	defer func() {
		if e := recover(); e != nil {
			result = "decode"
		}
	}()
	if err := dc.FromPayload(payload, got.Interface()); err != nil {
		return "decode"
	}
	if s, data := survived(value, got.Elem()); data && !s {
		return "lost"
	}
	return "ok"
}

// survived reports whether any part of the data arrived, and whether there was any.
func survived(sent, got reflect.Value) (kept, data bool) {
	switch sent.Kind() {
	case reflect.Pointer:
		if sent.IsNil() {
			return false, false
		}
		if got.IsNil() {
			_, data = survived(sent.Elem(), reflect.Zero(sent.Type().Elem()))
			return false, data
		}
		return survived(sent.Elem(), got.Elem())
	case reflect.Slice, reflect.Array:
		for i := range sent.Len() {
			other := reflect.Zero(sent.Type().Elem())
			if i < got.Len() {
				other = got.Index(i)
			}
			k, d := survived(sent.Index(i), other)
			kept, data = kept || k, data || d
		}
		return kept, data
	case reflect.Map:
		for _, key := range sent.MapKeys() {
			other := reflect.Zero(sent.Type().Elem())
			found := got.IsValid() && !got.IsNil() && got.MapIndex(key).IsValid()
			if found {
				other = got.MapIndex(key)
			}
			k, d := survived(sent.MapIndex(key), other)
			if !d {
				k, d = got.Len() > 0, true // a set: the keys are the data
			}
			kept, data = kept || k, data || d
		}
		return kept, data
	case reflect.Struct:
		if custom(sent.Type()) {
			return !got.IsZero(), true
		}
		for i := range sent.NumField() {
			if sent.Type().Field(i).Name == "_" {
				continue
			}
			k, d := survived(sent.Field(i), got.Field(i))
			kept, data = kept || k, data || d
		}
		return kept, data
	case reflect.Interface:
		return !got.IsNil(), !sent.IsNil()
	case reflect.Chan, reflect.Func:
		return false, true
	}
	if sent.IsZero() {
		return false, false // where a recursive type ends
	}
	return sent.Equal(got), true
}

// custom reports whether a type writes or reads itself: what part of it arrives is
// its own affair.
func custom(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t.Implements(marshaler) || p.Implements(unmarshaler) || p.Implements(textUnmarshaler)
}

var (
	marshaler       = reflect.TypeFor[json.Marshaler]()
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)
