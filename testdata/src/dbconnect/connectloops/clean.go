package connectloops

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
)

// ConnectOnce fails, and Temporal tries again.
func (a *Activities) ConnectOnce(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, a.url)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// PingAll connects to many databases, once each: a loop over work is no retry.
func (a *Activities) PingAll(ctx context.Context, urls []string) error {
	var errs []error
	for _, url := range urls {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, conn.Close(ctx))
	}
	return errors.Join(errs...)
}

// PollRows waits for a row, not for a connection.
func (a *Activities) PollRows(ctx context.Context) (n int, err error) {
	for n == 0 && err == nil {
		err = a.db.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n)
		time.Sleep(time.Second)
	}
	return n, err
}

// PollHTTP waits for a server that is no database.
func (a *Activities) PollHTTP(ctx context.Context, url string) error {
	for {
		resp, err := http.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second)
	}
}

// waitForDB retries, at start-up: no activity reaches it.
func waitForDB(ctx context.Context, db *sql.DB) {
	for db.PingContext(ctx) != nil {
		time.Sleep(time.Second)
	}
}

// Start is called by main.
func Start(ctx context.Context, url string) (*Activities, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, err
	}
	waitForDB(ctx, db)
	return &Activities{url: url, db: db}, nil
}

// WaitForReplica waits until a replica has caught up; a connection that fails ends it.
func (a *Activities) WaitForReplica(ctx context.Context) error {
	for {
		conn, err := pgx.Connect(ctx, a.url)
		if err != nil {
			return err
		}
		var lag int
		err = conn.QueryRow(ctx, "SELECT lag()").Scan(&lag)
		conn.Close(ctx)
		if err != nil {
			return err
		}
		if lag > 0 {
			time.Sleep(time.Second)
			continue
		}
		return nil
	}
}

// DeleteInBatches makes a connection for each batch, and ends when nothing is left.
func (a *Activities) DeleteInBatches(ctx context.Context) error {
	for {
		conn, err := pgx.Connect(ctx, a.url)
		if err != nil {
			return err
		}
		tag, err := conn.Exec(ctx, "DELETE FROM outbox WHERE sent")
		conn.Close(ctx)
		if err == nil && tag.RowsAffected() == 0 {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// WaitUntilGone waits until the database goes away.
func (a *Activities) WaitUntilGone(ctx context.Context) (err error) {
	for err == nil {
		time.Sleep(time.Second)
		err = a.db.PingContext(ctx)
	}
	return nil
}

// Watch is a health check: an error ends it, and success does not.
func (a *Activities) Watch(ctx context.Context) error {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if err := a.db.PingContext(ctx); err != nil {
				return err
			}
		}
	}
}

// follow waits for rows, on a connection that it is given.
func follow(ctx context.Context, conn *pgx.Conn) error {
	for {
		var done bool
		if err := conn.QueryRow(ctx, "SELECT done FROM jobs").Scan(&done); err != nil || done {
			return err
		}
		time.Sleep(time.Second)
	}
}

// FollowFirst takes the first server that answers: it does not wait between them.
func (a *Activities) FollowFirst(ctx context.Context, urls []string) error {
	for _, url := range urls {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			continue
		}
		return follow(ctx, conn)
	}
	return errors.New("no server answers")
}

// whileUp runs a check until a file is there; the check's error ends it.
func whileUp(check func() error, there func() error) error {
	for {
		err := check()
		if err != nil {
			return err
		}
		if err := there(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// WhileUp gives it a ping.
func (a *Activities) WhileUp(ctx context.Context) error {
	return whileUp(a.db.Ping, ctx.Err)
}
