package workflows_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/workflows"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
	"github.com/mediacloud/mcwflint/runtime/workers"
)

// fakeActivities keeps everything in memory.
type fakeActivities struct {
	family map[people.Person]bool
	garage map[activities.Car]string
	guests []activities.Guest
	reruns []string
}

var _ activities.KardashianActivities = (*fakeActivities)(nil)

func newFake() *fakeActivities {
	return &fakeActivities{family: map[people.Person]bool{}, garage: map[activities.Car]string{}}
}

func (f *fakeActivities) AddNewKardashian(_ context.Context, name, surname string) error {
	f.family[people.Person{Name: name, Surname: surname}] = true
	return nil
}

func (f *fakeActivities) HowManyKardashians(context.Context) (int, error) {
	return len(f.family), nil
}

func (f *fakeActivities) AddCar(_ context.Context, owner string, car activities.Car) error {
	f.garage[car] = owner
	return nil
}

func (f *fakeActivities) Invite(_ context.Context, guest activities.Guest) error {
	f.guests = append(f.guests, guest)
	return nil
}

// StoreTranscript knows seasons of ten episodes.
func (f *fakeActivities) StoreTranscript(_ context.Context, season, episode int) (string, error) {
	if episode > 10 {
		return "", mcerror.Permanentf("no such episode")
	}
	return fmt.Sprint(season, episode), nil
}

func (f *fakeActivities) CountMentions(context.Context, string, string) (int, error) {
	return 3, nil
}

func (f *fakeActivities) StartRerun(_ context.Context, name string) error {
	f.reruns = append(f.reruns, name)
	return nil
}

var family = []people.Person{{Name: "Kim", Surname: "Kardashian"}, {Name: "Kourtney", Surname: "Kardashian"}}

// TestKeepUpWithKardashians runs to the end of one run: the test environment skips the hours.
func TestKeepUpWithKardashians(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	fake := newFake()
	env.RegisterActivity(fake)

	keepUp := workflows.KardashianWorkflowImpl{}.KeepUpWithKardashians
	env.RegisterWorkflow(keepUp)
	env.ExecuteWorkflow(keepUp, family)

	if err := env.GetWorkflowError(); !workflow.IsContinueAsNewError(err) {
		t.Errorf("the run ends with %v, want continue-as-new", err)
	}
	for _, p := range family {
		if !fake.family[p] {
			t.Errorf("%s %s was not welcomed", p.Name, p.Surname)
		}
	}
	if len(fake.reruns) != len(family) {
		t.Errorf("reruns of %v, want one a person", fake.reruns)
	}
}

func TestPartyWorkflow(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	fake := newFake()
	env.RegisterActivity(fake)

	env.ExecuteWorkflow(workflows.PartyWorkflow, "Kim", "North")

	var n int
	if err := env.GetWorkflowResult(&n); err != nil || n != 1 {
		t.Errorf("a family of %d (%v), want 1", n, err)
	}
	if owner := fake.garage[activities.Car{Plate: "KK 1", Model: "Bentley Continental"}]; owner != "Kim" {
		t.Errorf("the Bentley belongs to %q, want Kim", owner)
	}
	if len(fake.guests) != 1 || fake.guests[0].ReplyTo != "Kim" {
		t.Errorf("guests %v, want one who replies to Kim", fake.guests)
	}
}

func TestRerunWorkflow(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetFailureConverter(mcerror.FailureConverter(nil))
	env.RegisterActivity(newFake())
	env.RegisterWorkflow(workflows.EpisodesWorkflow)

	env.ExecuteWorkflow(workflows.RerunWorkflow, "Kim")

	var n int
	if err := env.GetWorkflowResult(&n); err != nil || n != 20*10*3 {
		t.Errorf("%d mentions (%v), want %d", n, err, 20*10*3)
	}
}

// TestOnServer runs a workflow on a real server, which the other tests do without.
func TestOnServer(t *testing.T) {
	if os.Getenv("TEMPORAL_ADDRESS") == "" {
		t.Skip("TEMPORAL_ADDRESS is not set")
	}
	c, err := temporalclient.Shared(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// Cleanups run last in, first out: the worker stops before its client closes.
	t.Cleanup(temporalclient.Close)

	const taskQueue = "kardashians-good-test"
	w := worker.New(c, taskQueue, worker.Options{})
	w.RegisterWorkflow(workflows.PartyWorkflow)
	w.RegisterActivity(newFake())
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { workers.StopWorkerFaster(w) })

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: taskQueue},
		workflows.PartyWorkflow, "Kim", "North")
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := run.Get(ctx, &n); err != nil || n != 1 {
		t.Errorf("a family of %d (%v), want 1", n, err)
	}
}
