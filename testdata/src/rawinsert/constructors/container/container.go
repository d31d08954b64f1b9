// Package container resolves constructors by type, as dependency injection does.
package container

import (
	"fmt"
	"reflect"
)

// Container holds what was provided.
type Container struct {
	providers []any
}

// Provide adds constructors.
func (c *Container) Provide(constructors ...any) {
	c.providers = append(c.providers, constructors...)
}

// Invoke calls fn with what the constructors build.
func (c *Container) Invoke(fn any) error {
	in := reflect.TypeOf(fn)
	args := make([]reflect.Value, in.NumIn())
	for i := range args {
		v, err := c.build(in.In(i))
		if err != nil {
			return err
		}
		args[i] = v
	}
	reflect.ValueOf(fn).Call(args)
	return nil
}

func (c *Container) build(want reflect.Type) (reflect.Value, error) {
	for _, p := range c.providers {
		v := reflect.ValueOf(p)
		if v.Type().Out(0) != want {
			continue
		}
		args := make([]reflect.Value, v.Type().NumIn())
		for i := range args {
			arg, err := c.build(v.Type().In(i))
			if err != nil {
				return reflect.Value{}, err
			}
			args[i] = arg
		}
		return v.Call(args)[0], nil
	}
	return reflect.Value{}, fmt.Errorf("no constructor of %v", want)
}
