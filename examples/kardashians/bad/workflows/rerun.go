package workflows

import (
	"go.temporal.io/sdk/workflow"
)

const (
	seasons  = 20
	episodes = 60
)

// Rerun watches every episode again and returns how often name is mentioned.
//
// Bad: the web UI lists this as "Rerun", which says neither that it is a workflow nor where to find it.
func Rerun(ctx workflow.Context, name string) (int, error) {
	ctx = workflow.WithActivityOptions(ctx, options)

	total := 0
	// Bad: 20 seasons of 60 episodes, and two activities for each, are 2,400 invocations in one run. Its history, with
	// every transcript in it twice, passes 50 MB: the server terminates the run, and all that was counted is lost.
	for season := 1; season <= seasons; season++ {
		for episode := 1; episode <= episodes; episode++ {
			var transcript []byte
			if err := workflow.ExecuteActivity(ctx, tasks.FetchTranscript, season, episode).Get(ctx, &transcript); err != nil {
				return 0, err
			}
			var mentions int
			if err := workflow.ExecuteActivity(ctx, tasks.CountMentions, transcript, name).Get(ctx, &mentions); err != nil {
				return 0, err
			}
			total += mentions
		}
	}
	return total, nil
}
