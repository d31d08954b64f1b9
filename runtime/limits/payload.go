// Package limits keeps workflows within the limits of Media Cloud's workflow guide, at run time: payloads of 200 KB, and
// 1000 activities a run. The linter sees what can be seen in the source; data shows its size only here.
//
// The data converter goes to the client and the interceptor to the worker:
//
//	options.DataConverter = limits.DataConverter(nil, limits.Payload{})
//
//	worker.Options{Interceptors: []interceptor.WorkerInterceptor{limits.Interceptor(limits.Run{})}}
//
// What exceeds a limit is refused. In workflow code that is a panic, as it is when an argument cannot be encoded: the
// workflow task fails, with a message that says what is wrong, and by the SDK's default is tried again until somebody
// deploys a worker with other code or another limit; then the run goes on from where it was. With
// worker.Options.WorkflowPanicPolicy FailWorkflow the run fails instead. In activities and at clients it is an
// McProgrammingError.
//
// A limit never breaks the replay of what happened before there was the limit: while a workflow replays, nothing is
// refused and nothing logged. So limits can be added, lowered and raised while workflows run. To find out first what they
// would refuse, set Warn: nothing is refused, and what would have been is logged by the SDK's logger.
package limits

import (
	"context"
	"fmt"
	"log/slog"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// DefaultPayloadBytes is 200 KB, "Limit the activity payload to 200 KB" in Media Cloud's workflow guide. The server's own
// limit is ten times that.
const DefaultPayloadBytes = 200 << 10

// Payload limits what crosses the wire in one piece: all arguments of an activity, a workflow, a signal, a query or an
// update together, or the result of one; heartbeat details; a memo's field.
type Payload struct {
	// Bytes is the largest size that is accepted, as encoded by the converter that [DataConverter] is given, and without
	// the few bytes of metadata. DefaultPayloadBytes if 0.
	Bytes int
	// Warn logs what is too large and lets it pass.
	Warn bool
	// Logger logs what is neither a workflow's nor an activity's, such as a client's arguments: those have the logger of
	// their worker. slog.Default() if nil.
	Logger log.Logger
}

// DataConverter returns a data converter that encodes as next does, or as the SDK's default one if next is nil, and
// refuses to encode more than the limit. Decoding has no limit: what is in a history must remain readable.
//
// Wrap it around a converter that compresses, and the compressed size counts; wrap such a converter around it, and the
// original one does. It is safe for concurrent use if next is.
func DataConverter(next converter.DataConverter, limit Payload) converter.DataConverter {
	if next == nil {
		next = converter.GetDefaultDataConverter()
	}
	if limit.Bytes == 0 {
		limit.Bytes = DefaultPayloadBytes
	}
	if limit.Logger == nil {
		limit.Logger = log.NewStructuredLogger(slog.Default())
	}
	return &dataConverter{DataConverter: next, limit: limit, where: "a client"}
}

// dataConverter adds a check to the encoding half of a converter. The SDK tells it by copies where it works.
type dataConverter struct {
	converter.DataConverter
	limit Payload
	where string // whose payload it is: "activity Fetch"

	workflow workflow.Context // in workflow code
	activity context.Context  // in an activity
}

func (c *dataConverter) ToPayload(value any) (*commonpb.Payload, error) {
	payload, err := c.DataConverter.ToPayload(value)
	if err != nil {
		return nil, err
	}
	if err := c.check(len(payload.GetData())); err != nil {
		return nil, err
	}
	return payload, nil
}

func (c *dataConverter) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	payloads, err := c.DataConverter.ToPayloads(values...)
	if err != nil {
		return nil, err
	}
	size := 0
	for _, payload := range payloads.GetPayloads() {
		size += len(payload.GetData())
	}
	if err := c.check(size); err != nil {
		return nil, err
	}
	return payloads, nil
}

// check refuses, or logs, a size over the limit.
func (c *dataConverter) check(size int) error {
	if size <= c.limit.Bytes || c.workflow != nil && workflow.IsReplaying(c.workflow) {
		return nil
	}
	if c.limit.Warn {
		c.logger().Warn("payload over the limit", "where", c.where, "bytes", size, "limit", c.limit.Bytes)
		return nil
	}
	return mcerror.Programmingf("%s: a payload of %d bytes exceeds the limit of %d: store the data and pass its key",
		c.where, size, c.limit.Bytes)
}

func (c *dataConverter) logger() log.Logger {
	switch {
	case c.workflow != nil:
		return workflow.GetLogger(c.workflow)
	case c.activity != nil:
		return activity.GetLogger(c.activity)
	}
	return c.limit.Logger
}

// WithSerializationContext returns a converter that knows whose payload it encodes.
func (c *dataConverter) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	copied := *c
	copied.DataConverter = converter.WithDataConverterSerializationContext(c.DataConverter, ctx)
	switch ctx := ctx.(type) {
	case converter.ActivitySerializationContext:
		copied.where = "activity " + ctx.ActivityType
		if ctx.WorkflowID != "" {
			copied.where += fmt.Sprintf(" of workflow %s (%s)", ctx.WorkflowType, ctx.WorkflowID)
		}
	case converter.WorkflowSerializationContext:
		copied.where = "workflow " + ctx.WorkflowID
	case converter.NexusSerializationContext:
		copied.where = "Nexus operation " + ctx.Service + "." + ctx.Operation
	}
	return &copied
}

// WithWorkflowContext returns a converter that can tell a replay.
func (c *dataConverter) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	copied := *c
	if next, ok := c.DataConverter.(workflow.ContextAware); ok {
		copied.DataConverter = next.WithWorkflowContext(ctx)
	}
	copied.workflow, copied.activity = ctx, nil
	return &copied
}

// WithContext returns a converter that logs as the activity does, if ctx is one's.
func (c *dataConverter) WithContext(ctx context.Context) converter.DataConverter {
	copied := *c
	if next, ok := c.DataConverter.(workflow.ContextAware); ok {
		copied.DataConverter = next.WithContext(ctx)
	}
	copied.workflow, copied.activity = nil, nil
	if activity.IsActivity(ctx) {
		copied.activity = ctx
	}
	return &copied
}
