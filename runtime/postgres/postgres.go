// Package postgres connects to PostgreSQL, in the way that activities need and in the way that daemons may.
//
// An activity calls [ConnectToDBOrRaise]. It tries once: Temporal retries the activity, with more patience than a loop
// could have, and the worker lives on to serve the others.
//
//	pool, err := postgres.ConnectToDBOrRaise(ctx)
//	if err != nil {
//		return err
//	}
//	_, err = pool.Exec(ctx, `INSERT INTO kardashians (name, surname) VALUES ($1, $2)
//		ON CONFLICT (name, surname) DO NOTHING`, name, surname)
//
// A daemon that is no use without its database, and is no worker, calls [ConnectToDB] when it starts. It tries for a
// minute and then ends the process, for a supervisor to start it again.
//
// Both return the process's one pool of connections, made by the first call that succeeds. Which database it is stands in
// DATABASE_URL, a URL or a keyword/value string, pool_max_conns and the other settings of pgxpool included; what it leaves
// out, or all if it is not set, comes from PGHOST, PGUSER and the other variables of libpq, PGPASSFILE and PGSERVICEFILE
// among them. Neither errors nor logs contain a password.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/singleflight"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// Config says how to connect.
type Config struct {
	// Attempts is how often ConnectToDB tries. 60 by default, Media Cloud's max_attempts.
	Attempts int
	// Pause is what lies between two attempts of ConnectToDB. 1 s by default, Media Cloud's sleep_between_attempts.
	Pause time.Duration
	// Timeout bounds every single attempt, ConnectToDBOrRaise's too. 10 s by default: a server that is overloaded or
	// behind a slow name server has a chance, and an activity with a minute has 50 s left.
	Timeout time.Duration
}

var (
	mu     sync.Mutex
	config = Config{Attempts: 60, Pause: time.Second, Timeout: 10 * time.Second}
	pool   *pgxpool.Pool

	attempts singleflight.Group
)

// Configure has change see, and change, how to connect from now on. Call it in main, before the first connection.
func Configure(change func(*Config)) {
	mu.Lock()
	defer mu.Unlock()
	change(&config)
}

// ConnectToDB returns the process's pool, and connects if there is none yet. If that fails it pauses and tries again, and
// when all attempts have failed it logs the last error and ends the process with status 1. It does so at once if the
// configuration cannot be parsed. Only if ctx ends first is there an error, which wraps the context's.
//
// It is not for activities: it sleeps where Temporal would retry, and takes the worker with it.
func ConnectToDB(ctx context.Context) (*pgxpool.Pool, error) {
	mu.Lock()
	config := config
	mu.Unlock()
	for attempt := 1; ; attempt++ {
		pool, err := ConnectToDBOrRaise(ctx)
		if err == nil || ctx.Err() != nil {
			return pool, err
		}
		log := slog.With("error", err, "attempt", attempt, "of", config.Attempts)
		if attempt >= config.Attempts || errors.Is(err, errUnparsable) {
			log.ErrorContext(ctx, "postgres: no connection to the database, ending the process")
			os.Exit(1)
		}
		log.WarnContext(ctx, "postgres: no connection to the database, trying again", "pause", config.Pause)
		select {
		case <-time.After(config.Pause):
		case <-ctx.Done():
			return nil, fmt.Errorf("connecting to the database: %w", context.Cause(ctx))
		}
	}
}

// ConnectToDBOrRaise returns the process's pool, and connects if there is none yet: one attempt, bounded by
// [Config.Timeout], for all who call meanwhile. One whose context ends first returns, and the attempt goes on for the
// others. A failure is not remembered: the next call tries again.
//
// Errors are McTransientError, or McConfigurationError if the configuration cannot be parsed or the server does not accept
// its credentials or its database; or they wrap the context's.
//
// A pool that exists is returned as it is. It replaces connections that the server has closed; while there is no server
// to connect to, its methods fail, and are retried with the activity.
func ConnectToDBOrRaise(ctx context.Context) (*pgxpool.Pool, error) {
	mu.Lock()
	p := pool
	mu.Unlock()
	if p != nil {
		return p, nil
	}
	attempt := attempts.DoChan("", func() (any, error) { return connect(context.WithoutCancel(ctx)) })
	select {
	case result := <-attempt:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*pgxpool.Pool), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("connecting to the database: %w", context.Cause(ctx))
	}
}

// errUnparsable stands for pgx's error, which quotes the connection string, and promises no more than to mask what it
// recognizes as a password. An activity's error is stored in the workflow's history and shown in the web UI.
var errUnparsable = errors.New(`DATABASE_URL, a PG* variable or a file that they name cannot be parsed ` +
	`(psql "$DATABASE_URL" says why, and perhaps the password)`)

// connect makes the pool and remembers it.
func connect(ctx context.Context) (*pgxpool.Pool, error) {
	mu.Lock()
	p, timeout := pool, config.Timeout
	mu.Unlock()
	if p != nil { // somebody else's attempt ended since the caller looked
		return p, nil
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	poolConfig, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return nil, mcerror.Configurationf("connecting to the database: %w", errUnparsable)
	}
	p, err = pgxpool.NewWithConfig(ctx, poolConfig)
	if err == nil {
		if err = p.Ping(ctx); err != nil {
			p.Close()
		}
	}
	if err != nil {
		errorf := mcerror.Transientf
		if refused, ok := errors.AsType[*pgconn.PgError](err); ok {
			switch refused.Code {
			case "28000", "28P01", "3D000": // invalid authorization, invalid password, no such database
				errorf = mcerror.Configurationf
			}
		}
		server := poolConfig.ConnConfig
		return nil, errorf("connecting to the database %q on %s:%d: %w", server.Database, server.Host, server.Port, err)
	}

	mu.Lock()
	defer mu.Unlock()
	pool = p
	return p, nil
}

// Close closes the pool, and waits until all its connections have been given back. Call it at the end of main, when
// workers have stopped. Should somebody ask after all, the functions connect again.
func Close() {
	mu.Lock()
	p := pool
	pool = nil
	mu.Unlock()
	if p != nil {
		p.Close()
	}
}
