// Package tracedopener wraps an Opener in an Opener, in one package with its activity: the report stands at the exit.
package tracedopener

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog/log"
	"go.temporal.io/sdk/worker"
)

// Opener opens pools.
type Opener interface {
	Open(ctx context.Context, url string) (*pgxpool.Pool, error)
}

type traced struct{ next Opener }

func (t traced) Open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	start := time.Now()
	defer func() { slog.Info("open", "took", time.Since(start)) }()
	return t.next.Open(ctx, url)
}

type fatalOpener struct{}

func (fatalOpener) Open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		log.Fatal().Err(err).Msg("open") // want `Fatal.*Vacuum.*Open`
	}
	return pool, nil
}

type activities struct{ opener Opener }

// Vacuum opens through two interfaces.
func (a *activities) Vacuum(ctx context.Context, url string) error {
	pool, err := a.opener.Open(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec(ctx, "VACUUM")
	return err
}

// Register wires both.
func Register(w worker.Worker) {
	w.RegisterActivity(&activities{opener: traced{next: fatalOpener{}}})
}
