// Package zerologfatal logs with zerolog, where Fatal begins a chain that Msg ends.
package zerologfatal

import (
	"context"
	"database/sql"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
	"go.temporal.io/sdk/worker"
)

// Activities counts people.
type Activities struct {
	db     *sql.DB
	logger zerolog.Logger
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB, logger zerolog.Logger) {
	w.RegisterActivity(&Activities{db: db, logger: logger})
}

// Global calls the global logger.
func (a *Activities) Global(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		log.Fatal().Err(err).Msg("ping") // want `Fatal`
	}
	return nil
}

// Field calls a field.
func (a *Activities) Field(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		a.logger.Fatal().Err(err).Send() // want `Fatal`
	}
	return nil
}

// Derived builds a logger first.
func (a *Activities) Derived(ctx context.Context, name string) error {
	logger := a.logger.With().Str("name", name).Logger()
	if err := a.db.PingContext(ctx); err != nil {
		logger.Fatal().Err(err).Msgf("no %s", name) // want `Fatal`
	}
	return nil
}

// FromContext takes the logger out of the context.
func (a *Activities) FromContext(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		zerolog.Ctx(ctx).Fatal().Err(err).Msg("ping") // want `Fatal`
	}
	return nil
}

// Lesser levels go on.
func (a *Activities) Lesser(ctx context.Context) error {
	err := a.db.PingContext(ctx)
	if err != nil {
		a.logger.Error().Err(err).Msg("fatal")
		log.Warn().Err(err).Msg("fatal")
	}
	return err
}

// LevelName only compares with the level.
func (a *Activities) LevelName(context.Context) (bool, error) {
	return a.logger.GetLevel() < zerolog.FatalLevel, nil
}
