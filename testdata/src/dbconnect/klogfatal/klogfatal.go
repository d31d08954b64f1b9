// Package klogfatal logs with klog.
package klogfatal

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
	"k8s.io/klog/v2"
)

type activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&activities{db: db})
}

// Fatal ends the process and prints every goroutine's stack.
func (a *activities) Fatal(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		klog.Fatal(err) // want `klog.Fatal`
	}
	return nil
}

// Fatalf formats.
func (a *activities) Fatalf(ctx context.Context) error {
	if err := a.db.PingContext(ctx); err != nil {
		klog.Fatalf("ping: %v", err) // want `klog.Fatal`
	}
	return nil
}

// Info and errors go on.
func (a *activities) Info(ctx context.Context) error {
	err := a.db.PingContext(ctx)
	if err != nil {
		klog.ErrorS(err, "fatal", "op", "ping")
		klog.V(2).Infof("fatal: %v", err)
	}
	return err
}
