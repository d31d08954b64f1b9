// Command starter starts the workflows.
package main

import (
	"context"
	"log"
	"os"

	"go.temporal.io/sdk/client"

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/workflows"
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
		ID:        "keep-up-bad",
		TaskQueue: activities.TaskQueue,
	}, workflows.KeepingUp{}.KeepUpWithKardashians, family); err != nil {
		return err
	}
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        "party-bad",
		TaskQueue: activities.TaskQueue,
	}, workflows.ThrowParty, "Kim", "North")
	return err
}
