// Command values tells what Temporal's default data converter does to a filled
// value of each of the types in cases. A test of mcwflint generates the cases and
// compares its own verdicts.
package main

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"
	"unsafe"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
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
	fill(value, 0)
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

// depth of recursive types: every type is met once before it ends.
const depth = 7

// fill gives every part of a value something that is not its zero, unexported
// fields included.
func fill(v reflect.Value, level int) {
	if level > depth {
		return
	}
	if !v.CanSet() && v.CanAddr() {
		v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	}
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(1700000000, 0).UTC()))
		return
	case json.RawMessage:
		v.SetBytes([]byte(`{"a":1}`))
		return
	case json.Number:
		v.SetString("12")
		return
	case commonpb.WorkflowType:
		v.FieldByName("Name").SetString("x y")
		return
	case commonpb.Payload:
		v.FieldByName("Data").SetBytes([]byte("x y"))
		return
	case big.Int:
		v.Set(reflect.ValueOf(*big.NewInt(7)))
		return
	case error:
		if v.Kind() == reflect.Interface {
			v.Set(reflect.ValueOf(errors.New("no")))
			return
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(1)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(2)
	case reflect.Complex64, reflect.Complex128:
		v.SetComplex(1i)
	case reflect.String:
		v.SetString("x y")
	case reflect.Pointer:
		if level < depth {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), level+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), level+1)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), level+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, level+1)
		fill(elem, level+1)
		v.SetMapIndex(key, elem)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), level+1)
		}
	case reflect.Chan:
		v.Set(reflect.MakeChan(v.Type(), 1))
	case reflect.Func:
		v.Set(reflect.MakeFunc(v.Type(), func([]reflect.Value) []reflect.Value { return nil }))
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf("x y"))
			return
		}
		for _, x := range []any{strings.NewReader("x"), time.Second, errors.New("no")} {
			if reflect.TypeOf(x).Implements(v.Type()) {
				v.Set(reflect.ValueOf(x))
				return
			}
		}
	}
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
