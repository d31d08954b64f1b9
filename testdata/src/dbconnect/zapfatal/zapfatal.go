// Package zapfatal logs with zap.
package zapfatal

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
	"go.uber.org/zap"
)

// Activities counts people.
type Activities struct {
	pool   *pgxpool.Pool
	logger *zap.Logger
}

// Register makes the roles strong.
func Register(w worker.Worker, pool *pgxpool.Pool, logger *zap.Logger) {
	w.RegisterActivity(&Activities{pool: pool, logger: logger})
}

// Plain calls Fatal of a field.
func (a *Activities) Plain(ctx context.Context) error {
	if err := a.pool.Ping(ctx); err != nil {
		a.logger.Fatal("ping", zap.Error(err)) // want `Fatal`
	}
	return nil
}

// Sugared calls Fatalf of the sugared logger.
func (a *Activities) Sugared(ctx context.Context) error {
	if err := a.pool.Ping(ctx); err != nil {
		a.logger.Sugar().Fatalf("ping: %v", err) // want `Fatal`
	}
	return nil
}

// Keyed calls Fatalw.
func (a *Activities) Keyed(ctx context.Context) error {
	sugar := a.logger.Sugar()
	if err := a.pool.Ping(ctx); err != nil {
		sugar.Fatalw("ping", "err", err) // want `Fatal`
	}
	return nil
}

// Derived calls Fatal of a logger that was derived.
func (a *Activities) Derived(ctx context.Context, name string) error {
	if err := a.pool.Ping(ctx); err != nil {
		a.logger.Named("people").With(zap.String("name", name)).Fatal("ping", zap.Error(err)) // want `Fatal`
	}
	return nil
}

// Global calls Fatal of the global logger.
func (a *Activities) Global(ctx context.Context) error {
	if err := a.pool.Ping(ctx); err != nil {
		zap.L().Fatal("ping", zap.Error(err)) // want `Fatal`
	}
	return nil
}

// Checked asks whether its level is on: writing an entry of level Error ends nothing.
func (a *Activities) Checked(ctx context.Context) error {
	if err := a.pool.Ping(ctx); err != nil {
		if entry := a.logger.Check(zap.ErrorLevel, "ping"); entry != nil {
			entry.Write(zap.Error(err))
		}
		return err
	}
	return nil
}

// Lesser levels go on.
func (a *Activities) Lesser(ctx context.Context) error {
	err := a.pool.Ping(ctx)
	if err != nil {
		a.logger.Error("fatal", zap.Error(err))
		a.logger.Sugar().Warnw("fatal", "err", err)
		a.logger.DPanic("fatal", zap.Error(err))
	}
	return err
}
