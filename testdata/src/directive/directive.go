// Package directive has directives that work, and some that cannot.
package directive

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

type Activities struct{ db *sql.DB }

func Register(w worker.Worker, db *sql.DB) { w.RegisterActivity(&Activities{db: db}) }

// Works names a rule and a reason.
func (a *Activities) Works(ctx context.Context) error {
	//mcwflint:ignore rawinsert -- a row for each attempt is what we want to count
	_, err := a.db.ExecContext(ctx, "INSERT INTO attempts (n) VALUES (1)")
	return err
}

// NoReason silences nothing.
func (a *Activities) NoReason(ctx context.Context) error {
	/* want `directive gives no reason and silences nothing` */ //mcwflint:ignore rawinsert
	return nil
}

// NoRule silences nothing.
func (a *Activities) NoRule(ctx context.Context) error {
	/* want `directive names no rule` */ //mcwflint:ignore -- because
	return nil
}

// Unknown names a rule that does not exist.
func (a *Activities) Unknown(ctx context.Context) error {
	/* want `directive names an unknown rule: rawinserts` */ //mcwflint:ignore rawinserts -- because
	return nil
}

// OtherReason gives its reason as golangci-lint's directives do.
func (a *Activities) OtherReason(ctx context.Context) error {
	/* want `^directive gives no reason and silences nothing: write //mcwflint:ignore rawinsert -- reason$` */ //mcwflint:ignore rawinsert // it has no key
	/* want `^directive gives no reason and silences nothing: write //mcwflint:ignore rawinsert -- reason$` */ //mcwflint:ignore rawinsert: it has no key
	return nil
}

/* want `^unknown directive //mcwflint:ignroe: write //mcwflint:ignore rule -- reason, or //mcwflint:activity$` */ //mcwflint:ignroe rawinsert -- because

// Marked is registered by a program elsewhere.
//
//mcwflint:activity
func Marked(ctx context.Context) error {
	return nil
}

/* want `^directive marks no activity: //mcwflint:activity is alone on its line$` */ //mcwflint:activity -- because
func Remarked(ctx context.Context) error {
	return nil
}

/* want `^unknown directive //mcwflint:activities: ` */ //mcwflint:activities
func Many(ctx context.Context) error {
	return nil
}

/* want `^directive marks no activity: //mcwflint:activity is a line of a function's comment$` */ //mcwflint:activity
type Marks struct{}

//mcwflint is the name of a program.
