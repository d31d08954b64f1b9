package history // want package:`names {false \[\] \[{Charge false`

// What the domain of that name says of functions.

import "go.temporal.io/sdk/workflow"

func Once(ctx workflow.Context) error { // want Once:`^history {{1 \[\]`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Twice(ctx workflow.Context) error { // want Twice:`^history {{2 \[\]`
	if err := Once(ctx); err != nil {
		return err
	}
	return Once(ctx)
}

func Each(ctx workflow.Context, orders []string) error { // want Each:`^history {{0 \[{1 1 1 0 {loop workflow.ExecuteActivity`
	for range orders {
		if err := Once(ctx); err != nil {
			return err
		}
	}
	return nil
}

func Endless(ctx workflow.Context) error { // want Endless:`^loop workflow.ExecuteActivity at history.go:8, `
	for {
		if err := Once(ctx); err != nil {
			return err
		}
	}
}

func Many(ctx workflow.Context) error { // want Many:`^over workflow.ExecuteActivity at history.go:8, history {{2000 `
	for range 2000 {
		if err := Once(ctx); err != nil {
			return err
		}
	}
	return nil
}
