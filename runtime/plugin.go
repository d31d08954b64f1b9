// Package mcwruntime plugs the runtime into a client with one line:
//
//	client.Dial(client.Options{Plugins: []client.Plugin{mcwruntime.Plugin(mcwruntime.Options{})}})
//
// Workers of that client have the plugin as well.
package mcwruntime

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/runtime/limits"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// Options of [Plugin]. The zero value has the guide's limits.
type Options struct {
	// Payload limits what crosses the wire in one piece; 200 KB if its Bytes is 0.
	Payload limits.Payload
	// Run limits what a run of a workflow invokes; 1000 if its Invocations is 0.
	Run limits.Run
}

// Plugin returns a plugin for [client.Options], and so for the workers of the client, that sets three things together: the
// failure converter of package mcerror, and the limits of payloads and of invocations of package limits. Converters that
// the options have already are kept and wrapped; put a plugin that sets one before this.
//
// Given to a replayer, it limits nothing that has happened, and knows the errors of package mcerror.
func Plugin(options Options) *temporal.SimplePlugin {
	plugin, err := temporal.NewSimplePlugin(temporal.SimplePluginOptions{
		Name:               "github.com/mediacloud/mcwflint/runtime",
		WorkerInterceptors: []interceptor.WorkerInterceptor{limits.Interceptor(options.Run)},
		ConfigureClient: func(_ context.Context, c client.PluginConfigureClientOptions) error {
			c.ClientOptions.DataConverter = limits.DataConverter(c.ClientOptions.DataConverter, options.Payload)
			c.ClientOptions.FailureConverter = mcerror.FailureConverter(c.ClientOptions.FailureConverter)
			return nil
		},
		ConfigureWorkflowReplayer: func(_ context.Context, r worker.PluginConfigureWorkflowReplayerOptions) error {
			r.WorkflowReplayerOptions.FailureConverter = mcerror.FailureConverter(r.WorkflowReplayerOptions.FailureConverter)
			return nil
		},
	})
	if err != nil {
		panic(err) // the name is not empty
	}
	return plugin
}
