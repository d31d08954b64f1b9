package drivers

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The hooks of the last commit, under the real pre-commit.
func TestPreCommit(t *testing.T) {
	if _, err := exec.LookPath("pre-commit"); err != nil && os.Getenv("CI") == "" {
		t.Skip("pre-commit is not installed")
	}
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	head, stderr := run(t, absolute, nil, "git", "rev-parse", "HEAD")
	if len(head) == 0 {
		t.Skipf("no commit to take the hooks from: %s", stderr)
	}
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name), string(data))
	}
	const people = `package people

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

type PeopleActivities interface {
	Add(ctx context.Context, name string) error
}

type PeopleActivitiesImpl struct{ db *pgxpool.Pool }

func (a *PeopleActivitiesImpl) Add(ctx context.Context, name string) error {
	_, err := a.db.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}

func Register(w worker.Worker, db *pgxpool.Pool) { w.RegisterActivity(&PeopleActivitiesImpl{db}) }
`
	file := filepath.Join(dir, "people/people.go")
	put(t, file, people)
	put(t, filepath.Join(dir, ".pre-commit-config.yaml"), fmt.Sprintf("repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: mcwflint\n      - id: mcwflint-fix\n      - id: mcwflint-compat\n        args: [-from=HEAD, ./...]\n", absolute, strings.TrimSpace(string(head))))
	env := []string{"PRE_COMMIT_HOME=" + t.TempDir()}
	run(t, dir, nil, "git", "init", "-q")
	hook := func(id, want string) {
		t.Helper()
		run(t, dir, nil, "git", "add", ".")
		out, stderr := run(t, dir, env, "pre-commit", "run", "--all-files", id)
		if !strings.Contains(string(out), want) {
			t.Errorf("%s: want %q in %s\n%s", id, want, out, stderr)
		}
	}
	hook("mcwflint", "people/people.go:17:27: INSERT into people without ON CONFLICT")
	hook("mcwflint-fix", "files were modified by this hook")
	if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), "VALUES ($1) ON CONFLICT DO NOTHING") {
		t.Errorf("not fixed: %s, %v", data, err)
	}
	hook("mcwflint", "Passed")
	hook("mcwflint-fix", "Passed")

	// Before a push: a change that running executions would not survive.
	run(t, dir, nil, "git", "add", ".")
	run(t, dir, nil, "git", "-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-qm", "one")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	put(t, file, strings.ReplaceAll(string(data), "Add(ctx", "AddPerson(ctx"))
	run(t, dir, nil, "git", "add", ".")
	out, stderr := run(t, dir, env, "pre-commit", "run", "--all-files", "mcwflint-compat")
	if !strings.Contains(string(out), "activity Add is gone") {
		t.Errorf("compat before a push: %s\n%s", out, stderr)
	}
}
