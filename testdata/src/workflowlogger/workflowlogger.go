// Package workflowlogger logs in workflows; what looks like it is at the end.
package workflowlogger

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.temporal.io/sdk/workflow"
	"go.uber.org/zap"
)

func LogWorkflow(ctx workflow.Context, z *zap.Logger, e zerolog.Logger) error {
	log.Printf("x")                   // want `log\.Printf in workflow code writes again on every replay: use workflow\.GetLogger`
	slog.Info("x")                    // want `slog\.Info in workflow code`
	fmt.Println("x")                  // want `fmt\.Println in workflow code`
	z.With(zap.Int("n", 1)).Info("x") // want `zap\.Logger\.Info in workflow code`
	z.Sugar().Infow("x")              // want `zap\.SugaredLogger\.Infow in workflow code`
	logrus.WithField("n", 1).Warn()   // want `logrus\.Entry\.Warn in workflow code`
	e.Info().Str("a", "b").Msg("x")   // want `zerolog\.Event\.Msg in workflow code`
	fmt.Fprintf(os.Stderr, "%d", 1)   // want `fmt\.Fprintf in workflow code`
	fmt.Fprintln(&strings.Builder{}, "x")
	say()
	if e.GetLevel() > 3 {
		log.Fatal("x") // want `log\.Fatal in workflow code`
	}
	return nil
}

func say() { log.Print("x") } // want `log\.Print in workflow code .* \(LogWorkflow -> say\)`

func CleanWorkflow(ctx workflow.Context) error {
	workflow.GetLogger(ctx).Info("x")
	_ = fmt.Sprintf("x")
	if !workflow.IsReplaying(ctx) {
		log.Print("once")
	}
	_ = workflow.SideEffect(ctx, func(workflow.Context) any { log.Print("recorded"); return 1 })
	return workflow.ExecuteActivity(ctx, Work).Get(ctx, nil)
}

func Work(ctx context.Context) error {
	log.Print("an activity")
	return nil
}
