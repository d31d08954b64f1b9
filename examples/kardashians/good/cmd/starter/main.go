// Command starter starts the workflows.
package main

import (
	"context"
	"log"
	"os"

	"go.temporal.io/sdk/client"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/workflows"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	c, err := client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")})
	if err != nil {
		return err
	}
	defer c.Close()

	family := []people.Person{
		{Name: "Kim", Surname: "Kardashian"},
		{Name: "Kourtney", Surname: "Kardashian"},
		{Name: "Khloé", Surname: "Kardashian"},
	}
	if _, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        "keep-up-good",
		TaskQueue: activities.TaskQueue,
	}, workflows.KardashianWorkflowImpl{}.KeepUpWithKardashians, family); err != nil {
		return err
	}
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        "party-good",
		TaskQueue: activities.TaskQueue,
	}, workflows.PartyWorkflow, "Kim", "North")
	return err
}
