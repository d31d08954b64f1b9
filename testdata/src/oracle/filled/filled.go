// Package filled makes values that are not zero in any part.
package filled

import (
	"encoding/json"
	"errors"
	"math/big"
	"reflect"
	"strings"
	"time"
	"unsafe"

	commonpb "go.temporal.io/api/common/v1"
)

// Of returns a filled value.
func Of[T any]() T {
	var v T
	Fill(reflect.ValueOf(&v).Elem())
	return v
}

// Fill gives every part of a value something that is not its zero, unexported
// fields included.
func Fill(v reflect.Value) { fill(v, 0) }

// depth of recursive types: every type is met once before it ends.
const depth = 7

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
