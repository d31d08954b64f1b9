// Package defs has tables of workflows that another package registers.
package defs

import "go.temporal.io/sdk/workflow"

type Definition struct {
	Name string
	Func any
}

type flows struct{}

const nameConstant = "Constant"

var nameVariable = "Variable" + suffix()

func suffix() string { return "V2" }

func New() []Definition {
	f := flows{}
	return []Definition{{Name: nameConstant, Func: f.constant}, {Name: nameVariable, Func: f.variable}}
}

func (flows) constant(ctx workflow.Context, names []string) error {
	for _, name := range names { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, "Load", name).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func (f flows) variable(ctx workflow.Context, names []string) error { return f.each(ctx, names) }

func (flows) each(ctx workflow.Context, names []string) error {
	for _, name := range names { // want `loop without a bound .*\(flows.variable -> flows.each\)`
		if err := workflow.ExecuteActivity(ctx, "Load", name).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
