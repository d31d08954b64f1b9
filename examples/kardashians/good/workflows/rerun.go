package workflows

import (
	"errors"

	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// No season had as many as 60 episodes. One that does not exist costs an activity, and nothing else.
const (
	seasons  = 20
	episodes = 60
)

// RerunWorkflow watches every episode again and returns how often name is mentioned.
//
// All seasons together are 2,400 activities. A child workflow for each has a history of its own, with 120.
func RerunWorkflow(ctx workflow.Context, name string) (int, error) {
	var children []workflow.ChildWorkflowFuture
	for season := 1; season <= seasons; season++ {
		children = append(children, workflow.ExecuteChildWorkflow(ctx, SeasonWorkflow, season, name))
	}
	total := 0
	for _, child := range children {
		var mentions int
		if err := child.Get(ctx, &mentions); err != nil {
			return 0, err
		}
		total += mentions
	}
	return total, nil
}

// SeasonWorkflow watches a season and returns how often name is mentioned.
func SeasonWorkflow(ctx workflow.Context, season int, name string) (int, error) {
	ctx = withActivityOptions(ctx)

	total := 0
	for episode := 1; episode <= episodes; episode++ {
		var key string
		err := workflow.ExecuteActivity(ctx, kardashian.StoreTranscript, season, episode).Get(ctx, &key)
		var permanent *mcerror.McPermanentError
		if errors.As(err, &permanent) {
			continue
		}
		if err != nil {
			return 0, err
		}
		var mentions int
		if err := workflow.ExecuteActivity(ctx, kardashian.CountMentions, key, name).Get(ctx, &mentions); err != nil {
			return 0, err
		}
		total += mentions
	}
	return total, nil
}
