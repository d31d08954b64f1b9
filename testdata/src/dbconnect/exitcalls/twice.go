package exitcalls

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
)

// Load ends the process for two reasons; the second goes with the loop.
func (a *Activities) Load(ctx context.Context, path string) error {
	dsn, err := os.ReadFile(path)
	if err != nil {
		log.Fatalf("read: %v", err) // want `log.Fatalf ends.*Activities.Load`
	}
	var conn *pgx.Conn
	for range 5 { // want `a loop around pgx.Connect retries.*Activities.Load`
		if conn, err = pgx.Connect(ctx, string(dsn)); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		log.Fatalf("connect: %v", err)
	}
	return conn.Close(ctx)
}
