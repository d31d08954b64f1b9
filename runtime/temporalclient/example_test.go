package temporalclient_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"github.com/mediacloud/mcwflint/runtime/temporalclient"
)

// A starter: the environment says where, main says how, and everybody else asks for the client.
func Example() {
	temporalclient.Configure(func(options *client.Options) {
		options.Logger = sdklog.NewStructuredLogger(slog.Default())
	})
	defer temporalclient.Close()
	if err := keepUp(context.Background(), "Kim"); err != nil {
		log.Print(err)
	}
}

func keepUp(ctx context.Context, name string) error {
	c, err := temporalclient.Shared(ctx)
	if err != nil {
		return err
	}
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:        "keep-up-with-" + name,
		TaskQueue: "kardashians",
	}, "KeepUpWithKardashians", name)
	if err != nil {
		return err
	}
	fmt.Println("started", run.GetID())
	return nil
}
