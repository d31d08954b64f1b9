// Package activities calls the repository.
package activities

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/gormhooks/model"
)

type install struct {
	steps *model.Steps
}

// PlanSteps inserts in the repository.
func (i *install) PlanSteps(ctx context.Context, names []string) error {
	steps := make([]*model.Step, len(names))
	for n, name := range names {
		steps[n] = &model.Step{Name: name}
	}
	return i.steps.CreateSteps(ctx, steps) // want `INSERT into.*PlanSteps.*CreateSteps`
}

// StepID asks for a step.
func (i *install) StepID(ctx context.Context, name string) (string, error) {
	step, err := i.steps.GetStep(ctx, name) // want `INSERT into.*StepID.*GetStep`
	if err != nil {
		return "", err
	}
	return step.ID, nil
}

// See goes through the repository, SeeAll does not.
func (i *install) See(ctx context.Context, url string) error { return i.steps.See(ctx, url) }

func (i *install) SeeAll(ctx context.Context, all []*model.Sighting) error {
	return i.steps.DB.WithContext(ctx).CreateInBatches(all, 100).Error
}

// Register makes the roles strong.
func Register(w worker.Worker, steps *model.Steps) {
	w.RegisterActivity(&install{steps: steps})
}
