// Package decorated registers activities in what measures, logs and limits them.
package decorated

import (
	"context"
	"database/sql"
	"log"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// Report is what a night's work comes to.
type Report struct{ Night string }

// A Step is one activity's function.
type Step func(context.Context, Report) (int, error)

// Telescope has the activities, and what its web server does.
type Telescope struct{ db *sql.DB }

func (t *Telescope) insert(ctx context.Context, statement, night string) (int, error) {
	_, err := t.db.ExecContext(ctx, statement, night)
	return 1, err
}

func (t *Telescope) star(ctx context.Context, r Report) (int, error) {
	return t.insert(ctx, "INSERT INTO stars (night) VALUES ($1)", r.Night) // want `INSERT into stars without.*Telescope.star`
}

func (t *Telescope) moon(ctx context.Context, r Report) (int, error) {
	return t.insert(ctx, "INSERT INTO moons (night) VALUES ($1)", r.Night) // want `INSERT into moons without.*Telescope.moon`
}

func (t *Telescope) comet(ctx context.Context, r Report) (int, error) {
	return t.insert(ctx, "INSERT INTO comets (night) VALUES ($1)", r.Night) // want `INSERT into comets without.*Telescope.comet`
}

func (t *Telescope) nova(ctx context.Context, r Report) (int, error) {
	return t.insert(ctx, "INSERT INTO novas (night) VALUES ($1)", r.Night) // want `INSERT into novas without.*Telescope.nova`
}

func (t *Telescope) dust(ctx context.Context, r Report) (int, error) {
	return t.insert(ctx, "INSERT INTO dust (night) VALUES ($1) ON CONFLICT DO NOTHING", r.Night)
}

// visit is decorated as the activities are, but the web server runs it.
func (t *Telescope) visit(ctx context.Context, r Report) (int, error) {
	return t.insert(ctx, "INSERT INTO visits (night) VALUES ($1)", r.Night)
}

// timed measures a function.
func timed[I, O any](f func(context.Context, I) (O, error)) func(context.Context, I) (O, error) {
	return func(ctx context.Context, in I) (O, error) {
		start := time.Now()
		defer func() { log.Println(time.Since(start)) }()
		return f(ctx, in)
	}
}

// logged says what a step is given.
func logged(s Step) Step {
	return func(ctx context.Context, r Report) (int, error) {
		log.Println(r)
		return s(ctx, r)
	}
}

// limited makes a decorator.
func limited(slots int) func(Step) Step {
	free := make(chan struct{}, slots)
	return func(s Step) Step {
		return func(ctx context.Context, r Report) (int, error) {
			free <- struct{}{}
			defer func() { <-free }()
			return s(ctx, r)
		}
	}
}

// Serve handles the web server's visits.
func (t *Telescope) Serve(ctx context.Context, night string) (int, error) {
	return timed(t.visit)(ctx, Report{night})
}

// Register registers the activities.
func Register(w worker.Worker, db *sql.DB) {
	t := &Telescope{db}
	named := func(name string) activity.RegisterOptions { return activity.RegisterOptions{Name: name} }
	w.RegisterActivityWithOptions(timed(t.star), named("star"))
	w.RegisterActivityWithOptions(logged(t.moon), named("moon"))
	w.RegisterActivityWithOptions(limited(4)(logged(t.comet)), named("comet"))
	w.RegisterActivityWithOptions(timed(t.dust), named("dust"))
	for name, step := range map[string]Step{"nova": logged(t.nova)} {
		w.RegisterActivityWithOptions(step, named(name))
	}
}
