package workflows

import (
	"errors"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/runtime/batches"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// No season had as many as 60 episodes. One that does not exist costs an activity, and nothing else.
const (
	seasons  = 20
	episodes = 60
)

// RerunWorkflow watches every episode again and returns how often name is mentioned.
//
// All episodes together are 2,400 activities. Package batches gives 400 episodes to a child workflow, which has a history
// of its own, with 800.
func RerunWorkflow(ctx workflow.Context, name string) (int, error) {
	var all []activities.Episode
	for season := 1; season <= seasons; season++ {
		for number := 1; number <= episodes; number++ {
			all = append(all, activities.Episode{Season: season, Number: number, Listen: name})
		}
	}
	mentions, err := batches.Run(ctx, EpisodesWorkflow, all, batches.Options{Size: batches.DefaultSize, Parallel: 2})
	if err != nil {
		return 0, err
	}
	total := 0
	for _, n := range mentions {
		total += n
	}
	return total, nil
}

// EpisodesWorkflow watches some episodes and returns how often the names are mentioned that it is to listen for.
func EpisodesWorkflow(ctx workflow.Context, watch []activities.Episode) (int, error) {
	if len(watch) > batches.DefaultSize {
		return 0, temporal.NewNonRetryableApplicationError("too many episodes for one run", "TooManyEpisodes", nil)
	}
	ctx = withActivityOptions(ctx)

	total := 0
	for _, e := range watch {
		var key string
		err := workflow.ExecuteActivity(ctx, kardashian.StoreTranscript, e.Season, e.Number).Get(ctx, &key)
		var permanent *mcerror.McPermanentError
		if errors.As(err, &permanent) {
			continue
		}
		if err != nil {
			return 0, err
		}
		var mentions int
		if err := workflow.ExecuteActivity(ctx, kardashian.CountMentions, key, e.Listen).Get(ctx, &mentions); err != nil {
			return 0, err
		}
		total += mentions
	}
	return total, nil
}
