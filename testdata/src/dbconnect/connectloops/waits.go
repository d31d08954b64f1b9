package connectloops

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// PingEachTick waits for a ticker that was made before the loop.
func (a *Activities) PingEachTick(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for { // want `retries.*PingEachTick`
		if err := a.db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// ConnectOnTimer connects when a timer fires, and sets it again.
func (a *Activities) ConnectOnTimer(ctx context.Context) error {
	timer := time.NewTimer(0)
	wait := time.Second
	for { // want `retries.*ConnectOnTimer`
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			conn, err := pgx.Connect(ctx, a.url)
			if err == nil {
				return conn.Close(ctx)
			}
			wait *= 2
			timer.Reset(wait)
		}
	}
}

// UntilThere goes on while there is no connection.
func (a *Activities) UntilThere(ctx context.Context) error {
	var conn *pgx.Conn
	for conn == nil { // want `retries.*UntilThere`
		var err error
		if conn, err = pgx.Connect(ctx, a.url); err != nil {
			time.Sleep(time.Second)
		}
	}
	return conn.Close(ctx)
}

// UntilReady has a flag.
func (a *Activities) UntilReady(ctx context.Context) error {
	for ready := false; !ready; { // want `retries.*UntilReady`
		if err := a.db.PingContext(ctx); err != nil {
			time.Sleep(time.Second)
			continue
		}
		ready = true
	}
	return nil
}

// Switching has its outcomes in a switch.
func (a *Activities) Switching(ctx context.Context) error {
	for { // want `retries.*Switching`
		err := a.db.PingContext(ctx)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		}
		time.Sleep(time.Second)
	}
}

// Attempts returns what the last attempt gave.
func (a *Activities) Attempts(ctx context.Context) (*pgx.Conn, error) {
	for attempt := 1; ; attempt++ { // want `retries.*Attempts`
		conn, err := pgx.Connect(ctx, a.url)
		if err != nil && attempt < 5 {
			time.Sleep(time.Second)
			continue
		}
		return conn, err
	}
}

// pause waits, or until it is told not to.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// Pausing waits in a helper.
func (a *Activities) Pausing(ctx context.Context) error {
	for i := 0; ; i++ { // want `retries.*Pausing`
		err := a.db.PingContext(ctx)
		if err == nil {
			return nil
		}
		if i > 3 {
			return err
		}
		pause(ctx, time.Second)
	}
}

// again runs a function until it works.
func again(times int, wait time.Duration, f func() error) (err error) {
	for range times {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(wait)
	}
	return err
}

// PingAgain gives a closure to the program's own helper.
func (a *Activities) PingAgain(ctx context.Context) error {
	return again(5, time.Second, func() error { return a.db.PingContext(ctx) }) // want `again around sql.DB.PingContext retries.*PingAgain`
}

func (a *Activities) connect() error {
	conn, err := pgx.Connect(context.Background(), a.url)
	if err != nil {
		return err
	}
	return conn.Close(context.Background())
}

// ConnectAgain gives it a method.
func (a *Activities) ConnectAgain(ctx context.Context) error {
	return again(5, time.Second, a.connect) // want `again around pgx.Connect retries.*ConnectAgain`
}

// InsertAgain runs a statement again, which is no connection.
func (a *Activities) InsertAgain(ctx context.Context) error {
	return again(5, time.Second, func() error {
		_, err := a.db.ExecContext(ctx, "VACUUM")
		return err
	})
}
