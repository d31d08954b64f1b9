package exits // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"context"
	"database/sql"
	"log"
	"os"
	"sync"
	"time"
)

func Exit() { os.Exit(1) } // want Exit:`^exit os.Exit$`

func Fatal(err error) { log.Fatal(err) } // want Fatal:`^exit log.Fatal$`

func Returns() error { return nil }

var once sync.Once

func Once() { once.Do(Exit) }

func Connect(ctx context.Context, db *sql.DB) { // want Connect:`^retry a loop around sql.DB.PingContext, connect sql.DB.PingContext$`
	for {
		if err := db.PingContext(ctx); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func Bounded(ctx context.Context, db *sql.DB) (err error) { // want Bounded:`^retry a loop around sql.DB.PingContext, connect sql.DB.PingContext$`
	for range 3 {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
