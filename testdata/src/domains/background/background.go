package background // want package:`r:example.com/corpus/domains/background.Cut <- c:example.com/corpus/domains/background.cut}$`

// What the domain of that name says of functions.

import (
	"context"
	"log/slog"
)

func Cut() func(context.Context) { return cut }

func cut(ctx context.Context) { Work(context.Background()) }

func Passes(ctx context.Context) { Work(context.TODO()) } // want Passes:`^cutoff context.TODO$`

func Deferred(ctx context.Context) { defer Work(context.Background()) }

func Bound(ctx context.Context) {
	bounded, cancel := context.WithCancel(context.Background())
	defer cancel()
	Work(bounded)
}

func Work(ctx context.Context) { <-ctx.Done() }

type logger struct{}

func (logger) Info(context.Context, string) {}

func Said(ctx context.Context) {
	logger{}.Info(context.Background(), "said")
	slog.InfoContext(context.Background(), "said")
}
