// Package activities is what the workflows get done: people, cars, transcripts.
package activities

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"

	"github.com/mediacloud/mcwflint/runtime/idempotency"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/postgres"
)

// TaskQueue is where workflows and activities wait for a worker.
const TaskQueue = "kardashians-good"

// KardashianActivities is what a workflow may call.
type KardashianActivities interface {
	AddNewKardashian(ctx context.Context, name, surname string) error
	HowManyKardashians(ctx context.Context) (int, error)
	AddCar(ctx context.Context, owner string, car Car) error
	Invite(ctx context.Context, guest Guest) error
	StoreTranscript(ctx context.Context, season, episode int) (key string, err error)
	CountMentions(ctx context.Context, key, name string) (int, error)
	StartRerun(ctx context.Context, name string) error
}

// Family is what the activities need of package people.
type Family interface {
	Welcome(ctx context.Context, name, surname string) error
	HeadCount(ctx context.Context) (int, error)
}

// KardashianActivitiesImpl implements KardashianActivities.
type KardashianActivitiesImpl struct {
	family      Family
	transcripts string
}

var _ KardashianActivities = (*KardashianActivitiesImpl)(nil)

// NewKardashianActivities returns the activities. The folder transcripts has a file for every episode.
func NewKardashianActivities(family Family, transcripts string) *KardashianActivitiesImpl {
	return &KardashianActivitiesImpl{family: family, transcripts: transcripts}
}

// AddNewKardashian adds a person to the family.
func (a *KardashianActivitiesImpl) AddNewKardashian(ctx context.Context, name, surname string) error {
	return a.family.Welcome(ctx, name, surname)
}

// HowManyKardashians counts the family.
func (a *KardashianActivitiesImpl) HowManyKardashians(ctx context.Context) (int, error) {
	return a.family.HeadCount(ctx)
}

// Car is a car. It crosses the wire, so its fields are exported.
type Car struct {
	Plate string
	Model string
}

// AddCar parks a car in its owner's garage.
func (a *KardashianActivitiesImpl) AddCar(ctx context.Context, owner string, car Car) error {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return err
	}
	// A car has one plate: the second attempt finds it parked.
	_, err = pool.Exec(ctx, `
		INSERT INTO cars (plate, owner, model)
		VALUES ($1, $2, $3)
		ON CONFLICT (plate) DO NOTHING
	`, car.Plate, owner, car.Model)
	return err
}

// Guest is somebody to invite. Where a callback would be, there is an address: data can travel.
type Guest struct {
	Name    string
	ReplyTo string
}

// Invite invites a guest.
func (a *KardashianActivitiesImpl) Invite(ctx context.Context, guest Guest) error {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return err
	}
	// A guest may be invited to every party, so nothing of the guest tells a second attempt from a second party. The key
	// does: it is the same for all attempts.
	_, err = pool.Exec(ctx, `
		INSERT INTO invitations (key, guest, reply_to)
		VALUES ($1, $2, $3)
		ON CONFLICT (key) DO NOTHING
	`, idempotency.Key(ctx), guest.Name, guest.ReplyTo)
	return err
}

// Episode is an episode to watch, and whose name to listen for.
type Episode struct {
	Season int
	Number int
	Listen string
}

// StoreTranscript puts what is said in an episode into the database, and returns the key to it: a transcript can exceed
// what a payload may hold, a key cannot.
func (a *KardashianActivitiesImpl) StoreTranscript(ctx context.Context, season, episode int) (string, error) {
	key := fmt.Sprintf("s%02de%02d", season, episode)
	body, err := os.ReadFile(filepath.Join(a.transcripts, key+".txt"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", mcerror.Permanentf("no episode %s", key)
	}
	if err != nil {
		return "", err
	}
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return "", err
	}
	// The latest reading wins, however often the episode is read.
	_, err = pool.Exec(ctx, `
		INSERT INTO transcripts (key, body)
		VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET body = excluded.body
	`, key, body)
	return key, err
}

// CountMentions counts how often the transcript under key mentions name.
func (a *KardashianActivitiesImpl) CountMentions(ctx context.Context, key, name string) (int, error) {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return 0, err
	}
	var body []byte
	if err := pool.QueryRow(ctx, `SELECT body FROM transcripts WHERE key = $1`, key).Scan(&body); err != nil {
		return 0, err
	}
	return bytes.Count(body, []byte(name)), nil
}

// StartRerun starts the workflow that watches everything again, for the sake of name.
func (a *KardashianActivitiesImpl) StartRerun(ctx context.Context, name string) error {
	// The worker has a client, and lends it. With the ID of its own a rerun that is running is not started twice.
	_, err := activity.GetClient(ctx).ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        TaskQueue + "-rerun-" + name,
		TaskQueue: TaskQueue,
	}, "RerunWorkflow", name)
	return err
}
