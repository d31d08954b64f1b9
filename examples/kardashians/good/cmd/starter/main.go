// Command starter starts the workflows, and waits for the party's end if it is told to.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"

	"go.temporal.io/sdk/client"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/workflows"
	mcwruntime "github.com/mediacloud/mcwflint/runtime"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
)

func main() {
	wait := flag.Bool("wait", false, "wait for the party's end and print the size of the family")
	flag.Parse()
	if err := run(context.Background(), *wait); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, wait bool) error {
	temporalclient.Configure(func(options *client.Options) {
		options.Plugins = append(options.Plugins, mcwruntime.Plugin(mcwruntime.Options{}))
	})
	c, err := temporalclient.Shared(ctx)
	if err != nil {
		return err
	}
	defer temporalclient.Close()

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
	party, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        "party-good",
		TaskQueue: activities.TaskQueue,
	}, workflows.PartyWorkflow, "Kim", "North")
	if err != nil || !wait {
		// Asynchronously: the workflow goes on without this program, and whoever wants the result asks for it by its ID.
		return err
	}
	// Synchronously: this program stays until the workflow ends, for three months if need be.
	var n int
	if err := party.Get(ctx, &n); err != nil {
		return err
	}
	fmt.Printf("after the party the family has %d members\n", n)
	return nil
}
