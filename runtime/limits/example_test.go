//go:build unix

package limits_test

import (
	"context"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/runtime/limits"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
	"github.com/mediacloud/mcwflint/runtime/workers"
)

// A workflow worker with both limits. Runs over 1000 invocations are only logged, until they are mended.
func Example() {
	temporalclient.Configure(func(options *client.Options) {
		options.DataConverter = limits.DataConverter(options.DataConverter, limits.Payload{})
	})
	c, err := temporalclient.Shared(context.Background())
	if err != nil {
		log.Print(err)
		return
	}
	defer temporalclient.Close()
	w := workers.NewWorkflowWorker(c, "kardashians", worker.Options{
		Interceptors: []interceptor.WorkerInterceptor{limits.Interceptor(limits.Run{Warn: true})},
	})
	w.RegisterWorkflow(sendWorkflow)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
