// Package activities is what the workflows get done: people, cars, transcripts.
package activities

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/database"
)

// TaskQueue is where workflows and activities wait for a worker.
const TaskQueue = "kardashians-bad"

// KardashianTasks is what a workflow may call.
//
// Bad: the web UI shows "AddNewKardashian" and no more. Whoever looks for the interface behind it searches for
// XYZActivities, and nothing here has that name: neither this interface nor Tasks, which implements it.
type KardashianTasks interface {
	AddNewKardashian(ctx context.Context, name, surname string) error
	HowManyKardashians(ctx context.Context) (int, error)
	AddCar(ctx context.Context, owner string, car Car) error
	Invite(ctx context.Context, guest Guest) error
	FetchTranscript(ctx context.Context, season, episode int) ([]byte, error)
	CountMentions(ctx context.Context, transcript []byte, name string) (int, error)
	StartRerun(ctx context.Context, name string) error
}

// Family is what the activities need of package people.
type Family interface {
	Welcome(ctx context.Context, name, surname string) error
	HeadCount(ctx context.Context) (int, error)
}

// Tasks implements KardashianTasks.
type Tasks struct {
	family      Family
	transcripts string
}

var _ KardashianTasks = (*Tasks)(nil)

// NewTasks returns the activities. The folder transcripts has a file for every episode.
func NewTasks(family Family, transcripts string) *Tasks {
	return &Tasks{family: family, transcripts: transcripts}
}

// Register registers the activities.
func Register(w worker.ActivityRegistry, t *Tasks) {
	w.RegisterActivity(t)
}

// AddNewKardashian adds a person to the family.
func (t *Tasks) AddNewKardashian(ctx context.Context, name, surname string) error {
	return t.family.Welcome(ctx, name, surname)
}

// HowManyKardashians counts the family.
func (t *Tasks) HowManyKardashians(ctx context.Context) (int, error) {
	return t.family.HeadCount(ctx)
}

// Car is a car.
//
// Bad: encoding/json sees exported fields only. The workflow's car leaves as {} and arrives without plate and model;
// no error, just a blank row in the table.
type Car struct {
	plate string
	model string
}

// NewCar returns a car.
func NewCar(plate, model string) Car {
	return Car{plate: plate, model: model}
}

// AddCar parks a car in its owner's garage.
func (t *Tasks) AddCar(ctx context.Context, owner string, car Car) error {
	// Bad: while the database is away this sleeps past the activity's timeout, deaf to its context, and then ends the
	// process, and with it every other activity and workflow that this worker runs.
	pool := database.ConnectToDB(ctx)
	defer pool.Close()

	// Bad: activities run at least once. An attempt whose answer is lost is repeated, and Kim has two cars.
	_, err := pool.Exec(ctx, `
		INSERT INTO cars (owner, plate, model)
		VALUES ($1, $2, $3)
	`, owner, car.plate, car.model)
	return err
}

// Guest is somebody to invite.
type Guest struct {
	Name string

	// Bad: a function has no JSON. The workflow panics before any activity starts ("unable to encode: json:
	// unsupported type: func(string)"); its task is tried again, forever, and nobody is invited.
	RSVP func(answer string)
}

// Invite invites a guest.
func (t *Tasks) Invite(ctx context.Context, guest Guest) error {
	activity.GetLogger(ctx).Info("inviting", "guest", guest.Name)
	guest.RSVP("gladly")
	return nil
}

// FetchTranscript returns what is said in an episode.
func (t *Tasks) FetchTranscript(ctx context.Context, season, episode int) ([]byte, error) {
	// Bad: the result is as large as the file. Above 200 KB it slows every replay and chokes the web UI, and above 2 MB
	// the server refuses it: "Complete result exceeds size limit" fails the activity, and with it the workflow.
	return os.ReadFile(filepath.Join(t.transcripts, fmt.Sprintf("s%02de%02d.txt", season, episode)))
}

// CountMentions counts how often a transcript mentions name.
func (t *Tasks) CountMentions(ctx context.Context, transcript []byte, name string) (int, error) {
	return bytes.Count(transcript, []byte(name)), nil
}

// StartRerun starts the workflow that watches everything again, for the sake of name.
func (t *Tasks) StartRerun(ctx context.Context, name string) error {
	// Bad: every attempt of every execution opens a connection of its own, with a handshake and goroutines, although
	// the worker has one already. Under load the server runs out of connections first.
	c, err := client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")})
	if err != nil {
		return err
	}
	defer c.Close()

	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        TaskQueue + "-rerun-" + name,
		TaskQueue: TaskQueue,
	}, "Rerun", name)
	return err
}
