//go:build unix

// Command withservers runs a command with a Temporal server and a PostgreSQL of its own:
//
//	withservers go test ./...
//
// The command finds them by TEMPORAL_ADDRESS and DATABASE_URL. When it ends, or at an interrupt, the servers end, and what
// they stored is gone. The exit status is the command's, and 2 if the servers cannot be had.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: withservers command [argument ...]")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code, err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "withservers:", err)
		code = 2
	}
	os.Exit(code)
}

func run(ctx context.Context, command []string) (code int, err error) {
	temporalDir, err := os.MkdirTemp("", "temporal")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(temporalDir)
	temporal, err := servers.StartTemporal(temporalDir)
	if err != nil {
		return 0, err
	}
	defer temporal.Stop()

	postgresDir, err := os.MkdirTemp("", "postgres")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(postgresDir)
	postgres, err := servers.StartPostgres(postgresDir)
	if err != nil {
		return 0, err
	}
	defer postgres.Stop()

	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "TEMPORAL_ADDRESS="+temporal.Address(), "DATABASE_URL="+postgres.URL())
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		if exit.ExitCode() < 0 {
			return 1, nil // a signal ended it
		}
		return exit.ExitCode(), nil
	}
	return 0, err
}
