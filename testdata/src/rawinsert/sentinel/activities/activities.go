// Package activities decides what an existing account means.
package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/sentinel/accounts"
)

// Activities opens accounts.
type Activities struct {
	accounts *accounts.Accounts
}

// Register makes the roles strong.
func Register(w worker.Worker, a *accounts.Accounts) {
	w.RegisterActivity(&Activities{accounts: a})
}

// OpenAccount accepts "already exists" as success: the retry ends well.
func (a *Activities) OpenAccount(ctx context.Context, owner string) error {
	err := a.accounts.Open(ctx, owner)
	if errors.Is(err, accounts.ErrAlreadyExists) {
		activity.GetLogger(ctx).Info("account is there", "owner", owner)
		return nil
	}
	return err
}

// OpenJointAccount turns it into an error that is not retried: a row that was written ends the workflow.
func (a *Activities) OpenJointAccount(ctx context.Context, owners []string) error {
	err := a.accounts.OpenJoint(ctx, owners) // want `INSERT into joint_accounts without.*OpenJointAccount.*OpenJoint`
	if errors.Is(err, accounts.ErrAlreadyExists) {
		return temporal.NewNonRetryableApplicationError("account exists", "McPermanentError", err)
	}
	return err
}

// EnsureAccount calls what handles the duplicate itself.
func (a *Activities) EnsureAccount(ctx context.Context, owner string) error {
	return a.accounts.Ensure(ctx, owner)
}
