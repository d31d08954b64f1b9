// Package prose mentions INSERT without running one.
package prose

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

// Activities runs statements that stand elsewhere.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// Operation is an enum whose text happens to be an SQL verb.
type Operation string

// The operations.
const (
	OpInsert     Operation = "INSERT"
	OpInsertInto Operation = "INSERT INTO"
	OpUpdate     Operation = "UPDATE"
)

var errNoInsert = errors.New("failed to insert into flows table")

var insertPattern = regexp.MustCompile(`(?i)^\s*INSERT\s+INTO\s+(\w+)`)

// Explain wraps an error in a sentence about an INSERT.
func (a *Activities) Explain(ctx context.Context, name string) error {
	if _, err := a.db.ExecContext(ctx, "UPDATE people SET name = $1", name); err != nil {
		return fmt.Errorf("insert into people failed for (%s): %w", name, err)
	}
	return errNoInsert
}

// Log tells what will be done.
func (a *Activities) Log(ctx context.Context, name string) error {
	activity.GetLogger(ctx).Info("executing INSERT command", "table", "people")
	slog.InfoContext(ctx, "insert into people (name) values", "name", name)
	return nil
}

// Classify parses the text of somebody else's statement.
func (a *Activities) Classify(_ context.Context, query string) (Operation, error) {
	if m := insertPattern.FindStringSubmatch(query); m != nil {
		return OpInsert, nil
	}
	if strings.HasPrefix(strings.ToUpper(query), string(OpInsertInto)) {
		return OpInsert, nil
	}
	return OpUpdate, nil
}

// Usage returns help text that starts with the verb.
func (a *Activities) Usage(context.Context) (string, error) {
	return "Insert into the form the name of each person, values are checked later.", nil
}

// Fail names the statement in an error: errors are not run.
func (a *Activities) Fail(context.Context) error {
	return errors.New("INSERT INTO people (name) VALUES ($1) returned no row")
}
