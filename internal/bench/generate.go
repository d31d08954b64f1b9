//go:build tools

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var ownRuntime = regexp.MustCompile(`(?m)^.*github\.com/mediacloud/mcwflint/runtime .*\n`)

// generate writes a program of n packages: stores with SQL, services above them
// behind interfaces in layers, activities above those, and workers.
func generate(dir, corpus string, n int) error {
	if err := generateModule(dir, corpus); err != nil {
		return err
	}
	const group = 10 // packages in a feature: a store, services, activities, a worker
	for f := range n / group {
		base := fmt.Sprintf("feature%d", f)
		if err := write(dir, base+"/store/store.go", storeText); err != nil {
			return err
		}
		for layer := range group - 3 {
			if err := write(dir, fmt.Sprintf("%s/service%d/service.go", base, layer), strings.ReplaceAll(serviceText, "LAYER", fmt.Sprint(layer))); err != nil {
				return err
			}
		}
		top := fmt.Sprintf("example.com/corpus/%s/service%d", base, group-4)
		if err := write(dir, base+"/activities/activities.go", strings.ReplaceAll(activitiesText, "TOP", top)); err != nil {
			return err
		}
		var wiring strings.Builder
		imports := fmt.Sprintf("\t\"example.com/corpus/%s/activities\"\n\t\"example.com/corpus/%s/store\"\n", base, base)
		wiring.WriteString("\ts0 := service0.New(store.New(db))\n")
		for layer := range group - 3 {
			imports += fmt.Sprintf("\t\"example.com/corpus/%s/service%d\"\n", base, layer)
			if layer > 0 {
				fmt.Fprintf(&wiring, "\ts%d := service%d.New(s%d)\n", layer, layer, layer-1)
			}
		}
		text := strings.NewReplacer("IMPORTS", imports, "WIRING", wiring.String(), "LAST", fmt.Sprintf("s%d", group-4)).Replace(workerText)
		if err := write(dir, base+"/worker/worker.go", text); err != nil {
			return err
		}
	}
	return nil
}

// generateModule writes the files of a module with the dependencies of the corpus.
func generateModule(dir, corpus string) error {
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			return err
		}
		// Of the corpus alone: a program of one module has no local replacements.
		if err := write(dir, name, ownRuntime.ReplaceAllString(string(data), "")); err != nil {
			return err
		}
	}
	return nil
}

func write(dir, name, text string) error {
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

const storeText = `package store

import (
	"context"
	"database/sql"
	"fmt"
)

type Store struct{ db *sql.DB }

func New(db *sql.DB) *Store { return &Store{db: db} }

func (s *Store) Add(ctx context.Context, name string) error {
	return s.exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
}

func (s *Store) Keep(ctx context.Context, name string) error {
	return s.exec(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
}

func (s *Store) Count(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n)
	return n, err
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	if _, err := s.db.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("exec: %w", err)
	}
	return nil
}
`

const serviceText = `package serviceLAYER

import (
	"context"
	"fmt"
	"strings"
)

type Next interface {
	Add(ctx context.Context, name string) error
	Keep(ctx context.Context, name string) error
	Count(ctx context.Context) (int, error)
}

type Service struct{ next Next }

func New(next Next) *Service { return &Service{next: next} }

func (s *Service) Add(ctx context.Context, name string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return fmt.Errorf("layer LAYER: no name")
	}
	return s.next.Add(ctx, name)
}

func (s *Service) Keep(ctx context.Context, name string) error {
	for _, part := range strings.Fields(name) {
		if err := s.next.Keep(ctx, part); err != nil {
			return fmt.Errorf("layer LAYER: %w", err)
		}
	}
	return nil
}

func (s *Service) Count(ctx context.Context) (int, error) {
	n, err := s.next.Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("layer LAYER: %w", err)
	}
	return n, nil
}
`

const activitiesText = `package activities

import (
	"context"

	service "TOP"
)

type Activities struct{ Service *service.Service }

func (a *Activities) AddPerson(ctx context.Context, name string) error { return a.Service.Add(ctx, name) }

func (a *Activities) KeepPerson(ctx context.Context, name string) error { return a.Service.Keep(ctx, name) }

func (a *Activities) CountPeople(ctx context.Context) (int, error) { return a.Service.Count(ctx) }
`

const workerText = `package worker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

IMPORTS)

func Register(w worker.Worker, db *sql.DB) {
WIRING	w.RegisterActivity(&activities.Activities{Service: LAST})
}
`
