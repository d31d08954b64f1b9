//go:build tools

package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// generateServices writes a program as companies have them: a package of ent's code for each of n
// tables, a store over each, a service over that, which calls two others through interfaces, and
// activities that are registered through two interfaces.
func generateServices(dir, corpus string, n int) error {
	if err := generateModule(dir, corpus); err != nil {
		return err
	}
	var imports, wiring, list strings.Builder
	for i := range n {
		path := fmt.Sprintf("table%d", i)
		if err := copyGo(filepath.Join(corpus, "rawinsert/entcreate/ent"), filepath.Join(dir, path, "ent"), strings.NewReplacer("rawinsert/entcreate/ent", path+"/ent")); err != nil {
			return err
		}
		for name, text := range map[string]string{"store": entStoreText, "service": peerServiceText, "activities": peerActivitiesText} {
			if err := write(dir, fmt.Sprintf("%s/%s/%s.go", path, name, name), strings.ReplaceAll(text, "TABLE", path)); err != nil {
				return err
			}
		}
		fmt.Fprintf(&imports, "\tactivities%d \"example.com/corpus/%s/activities\"\n\tservice%d \"example.com/corpus/%s/service\"\n\tstore%d \"example.com/corpus/%s/store\"\n\tent%d \"example.com/corpus/%s/ent\"\n", i, path, i, path, i, path, i, path)
		fmt.Fprintf(&wiring, "\ts%d := service%d.New(store%d.New(ent%d.NewClient()), %s, %s)\n", i, i, i, i, peer(i-1), peer(i-2))
		fmt.Fprintf(&list, "\t\t\t(&activities%d.Activities{Service: s%d}).Do,\n", i, i)
	}
	return write(dir, "cmd/worker/main.go", strings.NewReplacer("IMPORTS", imports.String(), "WIRING", wiring.String(), "LIST", list.String()).Replace(registryText))
}

func peer(i int) string {
	if i < 0 {
		return "nil"
	}
	return fmt.Sprintf("s%d", i)
}

// generateProtobuf writes the program of generate with a package of generated protobuf code
// for every two of its packages, which the activities use.
func generateProtobuf(dir, corpus string, n int) error {
	if err := generate(dir, corpus, n); err != nil {
		return err
	}
	list := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "go.temporal.io/api")
	list.Dir = corpus
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	from := filepath.Join(strings.TrimSpace(string(out)), "common/v1/message.pb.go")
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	for i := range n / 2 {
		if err := write(dir, fmt.Sprintf("feature%d/message%d/message.pb.go", i/5, i), string(data)); err != nil {
			return err
		}
	}
	for f := range n / 10 {
		var imports, uses strings.Builder
		for i := f * 5; i < f*5+5; i++ {
			fmt.Fprintf(&imports, "\tmessage%d \"example.com/corpus/feature%d/message%d\"\n", i, f, i)
			fmt.Fprintf(&uses, "\nfunc (a *Activities) Send%d(ctx context.Context, in *message%d.Payload) (*message%d.Payload, error) { return in, nil }\n", i, i, i)
		}
		text := strings.NewReplacer("import (\n\t\"context\"\n", "import (\n\t\"context\"\n\n"+imports.String(), "TOP", fmt.Sprintf("example.com/corpus/feature%d/service6", f)).Replace(activitiesText)
		if err := write(dir, fmt.Sprintf("feature%d/activities/activities.go", f), text+uses.String()); err != nil {
			return err
		}
	}
	return nil
}

// copyGo copies the Go files below a folder.
func copyGo(from, to string, replace *strings.Replacer) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		return write(to, rel, replace.Replace(string(data)))
	})
}

const entStoreText = `package store

import (
	"context"

	"example.com/corpus/TABLE/ent"
	"example.com/corpus/TABLE/ent/person"
)

type Store struct{ client *ent.Client }

func New(client *ent.Client) *Store { return &Store{client: client} }

func (s *Store) Add(ctx context.Context, name string) error {
	return s.client.Person.Create().SetName(name).Exec(ctx)
}

func (s *Store) Count(ctx context.Context, name string) (int, error) {
	return s.client.Person.Query().Where(person.Name(name)).Count(ctx)
}

func (s *Store) Rename(ctx context.Context, from, to string) error {
	return s.client.Person.Update().Where(person.Name(from)).SetName(to).Exec(ctx)
}
`

const peerServiceText = `package service

import (
	"context"
	"fmt"
	"strings"
)

type Repository interface {
	Add(ctx context.Context, name string) error
	Count(ctx context.Context, name string) (int, error)
	Rename(ctx context.Context, from, to string) error
}

type Peer interface {
	Do(ctx context.Context, name string) error
}

type Service struct {
	repository Repository
	first      Peer
	second     Peer
}

func New(repository Repository, first, second Peer) *Service {
	return &Service{repository: repository, first: first, second: second}
}

func (s *Service) Do(ctx context.Context, name string) error {
	name = strings.TrimSpace(name)
	n, err := s.repository.Count(ctx, name)
	if err != nil {
		return fmt.Errorf("counting in TABLE: %w", err)
	}
	if n > 0 {
		return s.repository.Rename(ctx, name, name+"2")
	}
	if err := s.repository.Add(ctx, name); err != nil {
		return fmt.Errorf("adding to TABLE: %w", err)
	}
	if s.first != nil {
		if err := s.first.Do(ctx, name); err != nil {
			return err
		}
	}
	if s.second != nil {
		return s.second.Do(ctx, name)
	}
	return nil
}
`

const peerActivitiesText = `package activities

import (
	"context"

	"example.com/corpus/TABLE/service"
)

type Activities struct{ Service *service.Service }

func (a *Activities) Do(ctx context.Context, name string) error { return a.Service.Do(ctx, name) }
`

const registryText = `package main

import (
	"log"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

IMPORTS)

// A service registers what belongs to a queue.
type service interface{ RegisterActivity(queue string, f any) }

// An engine is what a service hands functions to.
type engine interface{ RegisterActivity(f any) }

type services struct{ engine engine }

func (s *services) RegisterActivity(queue string, f any) { s.engine.RegisterActivity(f) }

type temporal struct{ worker worker.Worker }

func (t *temporal) RegisterActivity(f any) { t.worker.RegisterActivity(f) }

type definitions struct{ activities []any }

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "bench", worker.Options{})
WIRING	var s service = &services{&temporal{w}}
	var d definitions
	switch queue := os.Getenv("QUEUE"); queue {
	case "all":
		d.activities = []any{
LIST		}
	}
	for _, f := range d.activities {
		s.RegisterActivity("bench", f)
	}
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
`
