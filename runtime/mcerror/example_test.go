package mcerror_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/retry"
)

// Transcribe is an activity.
func Transcribe(_ context.Context, episode string) (string, error) {
	if episode == "s99e01" {
		return "", mcerror.Permanentf("no episode %s: %w", episode, fs.ErrNotExist)
	}
	return "...", nil
}

// TranscribeWorkflow skips episodes that do not exist. It waits for what time can heal: the activity is retried.
func TranscribeWorkflow(ctx workflow.Context, episodes []string) (skipped []string, err error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	for _, episode := range episodes {
		err := workflow.ExecuteActivity(ctx, Transcribe, episode).Get(ctx, nil)
		var permanent *mcerror.McPermanentError
		if errors.As(err, &permanent) {
			skipped = append(skipped, permanent.Error())
			continue
		}
		if err != nil {
			return nil, err
		}
	}
	return skipped, nil
}

func Example() {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetFailureConverter(mcerror.FailureConverter(nil))
	env.RegisterActivity(Transcribe)

	env.ExecuteWorkflow(TranscribeWorkflow, []string{"s01e01", "s99e01"})

	var skipped []string
	fmt.Println(env.GetWorkflowResult(&skipped), skipped)
	// Output: <nil> [no episode s99e01: file does not exist]
}
