// Package checked looks at the length before it loops, in the ways that people do.
package checked

import (
	"context"
	"errors"

	"go.temporal.io/sdk/workflow"
)

type Activities struct{}

func (a *Activities) Load(ctx context.Context, name string) error              { return nil }
func (a *Activities) Expire(ctx context.Context, name string) error            { return nil }
func (a *Activities) Done(ctx context.Context) (bool, error)                   { return true, nil }
func (a *Activities) Children(ctx context.Context, n string) ([]string, error) { return nil, nil }

var a *Activities

type In struct {
	Files []string
	N     int
	ByKey map[string]string
}

const maxFiles = 100

// Validation with two ends.
func ValidateWorkflow(ctx workflow.Context, in In) error {
	if len(in.Files) == 0 || len(in.Files) > 100 {
		return errors.New("between 1 and 100 files")
	}
	for _, f := range in.Files {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Old-style clamp with x[:n].
func ClampWorkflow(ctx workflow.Context, in In) error {
	n := len(in.Files)
	if n > 500 {
		n = 500
	}
	for _, f := range in.Files[:n] {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Clamp into another variable.
func BatchVarWorkflow(ctx workflow.Context, in In) error {
	var batch []string
	if len(in.Files) > 500 {
		batch = in.Files[:500]
	} else {
		batch = in.Files
	}
	for _, f := range batch {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Checked length in a variable.
func LenVarWorkflow(ctx workflow.Context, in In) error {
	n := len(in.Files)
	if n > 200 {
		return errors.New("too many")
	}
	for _, f := range in.Files {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// A positive check.
func PositiveWorkflow(ctx workflow.Context, in In) error {
	if len(in.Files) <= 100 {
		for _, f := range in.Files {
			if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	}
	return errors.New("too many")
}

// Switch guard.
func SwitchWorkflow(ctx workflow.Context, in In) error {
	switch {
	case len(in.Files) == 0:
		return nil
	case len(in.Files) > 100:
		return errors.New("too many")
	}
	for _, f := range in.Files {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Negative guard with else-if chain.
func ElseIfWorkflow(ctx workflow.Context, in In) error {
	if in.N == 0 {
		return nil
	} else if len(in.Files) > 50 {
		return errors.New("too many")
	}
	for _, f := range in.Files {
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// Checked, then copied to a local.
func CopyWorkflow(ctx workflow.Context, in In) error {
	if len(in.Files) > maxFiles {
		return errors.New("too many")
	}
	files := in.Files
	for _, f := range files {
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// Checked, and futures are collected, then index loop.
func IndexWorkflow(ctx workflow.Context, in In) error {
	if len(in.Files) > maxFiles {
		return errors.New("too many")
	}
	for i := 0; i < len(in.Files); i++ {
		workflow.ExecuteActivity(ctx, a.Load, in.Files[i])
	}
	for i := range len(in.Files) {
		workflow.ExecuteActivity(ctx, a.Load, in.Files[i])
	}
	return nil
}

// A guard in another branch does not bound.
func GuardInBranchWorkflow(ctx workflow.Context, in In) error {
	if in.N > 0 {
		if len(in.Files) > 100 {
			return nil
		}
	}
	for _, f := range in.Files { // want `loop without a bound`
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// Guard, then grown.
func GrownWorkflow(ctx workflow.Context, in In) error {
	if len(in.Files) > 100 {
		return nil
	}
	var more []string
	if err := workflow.ExecuteActivity(ctx, a.Children, "x").Get(ctx, &more); err != nil {
		return err
	}
	in.Files = append(in.Files, more...)
	for _, f := range in.Files { // want `loop without a bound`
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// A page counter is no bound in another branch.
func ShadowWorkflow(ctx workflow.Context, in In) error {
	files := in.Files
	if len(files) > 10 {
		files := files[:10]
		_ = files
	}
	for _, f := range files { // want `loop without a bound`
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// One guard's name in another scope (two loops).
func ScopesWorkflow(ctx workflow.Context, in In) error {
	for _, group := range [][]string{{"a"}, {"b"}} {
		files := group
		if len(files) > 10 {
			return errors.New("too many")
		}
	}
	{
		files := in.Files
		for _, f := range files { // want `loop without a bound`
			workflow.ExecuteActivity(ctx, a.Load, f)
		}
	}
	return nil
}

// Validate is what a request is checked by.
func (in In) Validate() error {
	if len(in.Files) > maxFiles {
		return errors.New("too many files")
	}
	return nil
}

func ValidatedWorkflow(ctx workflow.Context, in In) error {
	if err := in.Validate(); err != nil {
		return err
	}
	for _, f := range in.Files {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func fewer(files []string, n int) bool { return len(files) <= n }

func FewerWorkflow(ctx workflow.Context, files []string) error {
	if !fewer(files, 100) {
		return errors.New("too many files")
	}
	for _, f := range files {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Shortened in place.
func ShortenWorkflow(ctx workflow.Context, files []string, n int) error {
	most := min(n, 100)
	files = files[:most]
	for _, f := range files {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// One key of a map.
func LookUpWorkflow(ctx workflow.Context, in In, want string) error {
	for k, f := range in.ByKey {
		if k != want {
			continue
		}
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// A Request is what these are given.
type Request struct{ Names []string }

// A planner has what was checked, and does not see the check.
type planner struct{ in Request }

func PlannerWorkflow(ctx workflow.Context, in Request) error {
	if len(in.Names) > 100 {
		return errors.New("too many files")
	}
	p := &planner{in: in}
	return p.load(ctx)
}

func (p *planner) load(ctx workflow.Context) error {
	for _, f := range p.in.Names {
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// A taker has what nobody has checked.
type taker struct{ all Request }

func TakerWorkflow(ctx workflow.Context, in Request) error {
	t := &taker{all: in}
	return t.load(ctx)
}

func (t *taker) load(ctx workflow.Context) error {
	for _, f := range t.all.Names { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Too few and too many at once.
func TriesWorkflow(ctx workflow.Context, tries int) error {
	if tries <= 0 || tries > 20 {
		tries = 20
	}
	for range tries {
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
