// Package uniqueviolation tests for the duplicate in Go. Going on from there is handling it,
// giving the error another name is not.
package uniqueviolation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
)

// Activities writes people.
type Activities struct {
	pool *pgxpool.Pool
	db   *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// AcceptDuplicate returns success when the row is there already.
func (a *Activities) AcceptDuplicate(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return nil
	}
	return err
}

// AcceptNewest does the same with the newest errors function.
func (a *Activities) AcceptNewest(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	if pgErr, ok := errors.AsType[*pgconn.PgError](err); ok && pgErr.Code == pgerrcode.UniqueViolation {
		return nil
	}
	return err
}

// AcceptState spells the SQLSTATE out.
func (a *Activities) AcceptState(ctx context.Context, name string) error {
	if _, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil {
		var pgErr *pgconn.PgError
		if !errors.As(err, &pgErr) || pgErr.Code != "23505" {
			return fmt.Errorf("add %s: %w", name, err)
		}
	}
	return nil
}

// AcceptText looks for the SQLSTATE in the text, as code does that may not import a driver.
func (a *Activities) AcceptText(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	if err != nil && strings.Contains(err.Error(), "SQLSTATE 23505") {
		return nil
	}
	return err
}

// driverError has what the errors of lib/pq, mattn/sqlite3 and go-sql-driver/mysql have.
type driverError struct {
	Code         interface{ Name() string }
	ExtendedCode int
	Number       uint16
}

func (driverError) Error() string { return "" }

// ErrConstraintUnique is the name that mattn/sqlite3 has for it.
const ErrConstraintUnique = 8

// mysqlDuplicate is ER_DUP_ENTRY under a name that says nothing.
const mysqlDuplicate = 1062

// AcceptCodeName has the name of the SQLSTATE, as lib/pq gives it.
func (a *Activities) AcceptCodeName(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	var pqErr *driverError
	if errors.As(err, &pqErr) && pqErr.Code.Name() == "unique_violation" {
		return nil
	}
	return err
}

// AcceptSQLite has a constant of the driver.
func (a *Activities) AcceptSQLite(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES (?)", name)
	var sqliteErr driverError
	if errors.As(err, &sqliteErr) && sqliteErr.ExtendedCode == ErrConstraintUnique {
		return nil
	}
	return err
}

// AcceptNumber has a constant of its own.
func (a *Activities) AcceptNumber(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES (?)", name)
	var mysqlErr *driverError
	if errors.As(err, &mysqlErr) && mysqlErr.Number == mysqlDuplicate {
		return nil
	}
	return err
}

// FindInstead goes on with the row that won.
func (a *Activities) FindInstead(ctx context.Context, name string) (id int64, err error) {
	err = a.pool.QueryRow(ctx, "INSERT INTO people (name) VALUES ($1) RETURNING id", name).Scan(&id)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		err = a.pool.QueryRow(ctx, "SELECT id FROM people WHERE name = $1", name).Scan(&id)
	}
	return id, err
}

// isDuplicate hides the test in a helper.
func isDuplicate(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation
}

// AcceptWithHelper asks the helper.
func (a *Activities) AcceptWithHelper(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	if isDuplicate(err) {
		return nil
	}
	return err
}

// AcceptInSwitch has the test as a case.
func (a *Activities) AcceptInSwitch(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	switch {
	case err == nil, isDuplicate(err):
		return nil
	default:
		return fmt.Errorf("add: %w", err)
	}
}

// AcceptRows gets the error of a query from its rows.
func (a *Activities) AcceptRows(ctx context.Context, name string) ([]int64, error) {
	rows, err := a.pool.Query(ctx, "INSERT INTO people (name) VALUES ($1) RETURNING id", name)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if isDuplicate(err) {
		return nil, nil
	}
	return ids, err
}

// AcceptRowsErr looks at another variable than the query's.
func (a *Activities) AcceptRowsErr(ctx context.Context, name string) error {
	rows, err := a.db.QueryContext(ctx, "INSERT INTO people (name) VALUES ($1) RETURNING id", name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	if err := rows.Err(); err != nil && !isDuplicate(err) {
		return err
	}
	return nil
}

// AcceptPrepared executes a statement of its own.
func (a *Activities) AcceptPrepared(ctx context.Context, name string) error {
	stmt, err := a.db.PrepareContext(ctx, "INSERT INTO people (name) VALUES ($1)")
	if err != nil {
		return err
	}
	defer stmt.Close()
	if _, err := stmt.ExecContext(ctx, name); !isDuplicate(err) {
		return err
	}
	return nil
}

// AcceptBatch sends what was queued: PostgreSQL takes all of it or nothing.
func (a *Activities) AcceptBatch(ctx context.Context, names []string) error {
	batch := &pgx.Batch{}
	for _, name := range names {
		batch.Queue("INSERT INTO people (name) VALUES ($1)", name)
	}
	err := a.pool.SendBatch(ctx, batch).Close()
	if isDuplicate(err) {
		return nil
	}
	return err
}

// AcceptBeforeCommit tests one variable for both errors.
func (a *Activities) AcceptBeforeCommit(ctx context.Context, name string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	_, err = tx.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	if err == nil {
		err = tx.Commit()
	}
	if isDuplicate(err) {
		return nil
	}
	return err
}

// CommitOnly tests an error that is not the INSERT's any more.
func (a *Activities) CommitOnly(ctx context.Context, name string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err = tx.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil { // want `INSERT into people without`
		return err
	}
	err = tx.Commit()
	if isDuplicate(err) {
		return nil
	}
	return err
}

// OtherBatch accepts the duplicate of another batch.
func (a *Activities) OtherBatch(ctx context.Context, name string) error {
	first, second := &pgx.Batch{}, &pgx.Batch{}
	first.Queue("INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	second.Queue("INSERT INTO shows (title) VALUES ($1)", name)
	if err := a.pool.SendBatch(ctx, first).Close(); err != nil {
		return err
	}
	if err := a.pool.SendBatch(ctx, second).Close(); !isDuplicate(err) {
		return err
	}
	return nil
}

// AcceptFlag keeps the test in a variable.
func (a *Activities) AcceptFlag(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	duplicate := isDuplicate(err)
	if duplicate {
		return nil
	}
	return err
}

// AcceptDeferred takes the error back when the function returns.
func (a *Activities) AcceptDeferred(ctx context.Context, name string) (err error) {
	defer func() {
		if isDuplicate(err) {
			err = nil
		}
	}()
	if _, err = a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil {
		return fmt.Errorf("add: %w", err)
	}
	return nil
}

// CountDeferred only counts there.
func (a *Activities) CountDeferred(ctx context.Context, name string) (err error) {
	defer func() {
		if isDuplicate(err) {
			fmt.Println("duplicate")
		}
	}()
	_, err = a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return err
}

// UpdateInstead writes the row that is there, with the same variable for the error.
func (a *Activities) UpdateInstead(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	if isDuplicate(err) {
		_, err = a.pool.Exec(ctx, "UPDATE people SET seen = now() WHERE name = $1", name)
	}
	return err
}

// UpdateShadowed returns the error of the second statement, which only has the first's name.
func (a *Activities) UpdateShadowed(ctx context.Context, name string) error {
	if _, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil {
		if isDuplicate(err) {
			_, err := a.pool.Exec(ctx, "UPDATE people SET seen = now() WHERE name = $1", name)
			return err
		}
		return err
	}
	return nil
}

// MapShadowed returns an error that is made of the first.
func (a *Activities) MapShadowed(ctx context.Context, name string) error {
	if _, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil { // want `INSERT into people without`
		if isDuplicate(err) {
			err := fmt.Errorf("%s exists: %w", name, err)
			return err
		}
		return err
	}
	return nil
}

func (a *Activities) find(ctx context.Context, name string) (id int64, err error) {
	err = a.pool.QueryRow(ctx, "SELECT id FROM people WHERE name = $1", name).Scan(&id)
	return id, err
}

// LoadInstead goes on with the row that won, and with the error of reading it.
func (a *Activities) LoadInstead(ctx context.Context, name string) (int64, error) {
	id := int64(0)
	err := a.pool.QueryRow(ctx, "INSERT INTO people (name) VALUES ($1) RETURNING id", name).Scan(&id)
	if isDuplicate(err) {
		id, err = a.find(ctx, name)
	}
	if err != nil {
		return 0, err
	}
	return id, nil
}

// RollbackFirst leaves what is no duplicate to the first test, so the second is about one.
func (a *Activities) RollbackFirst(ctx context.Context, name string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err = tx.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil && !isDuplicate(err) {
		return err
	}
	if err != nil {
		return nil
	}
	return tx.Commit()
}

// ignore takes what a call returns.
func ignore[T any](v T, err error) (T, error) {
	if isDuplicate(err) {
		return v, nil
	}
	return v, err
}

// AcceptGeneric hands all results on.
func (a *Activities) AcceptGeneric(ctx context.Context, name string) (int64, error) {
	return ignore(a.insert(ctx, name))
}

func (a *Activities) insert(ctx context.Context, name string) (int64, error) {
	tag, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return tag.RowsAffected(), err
}

// BareReturn leaves, with the error in its result.
func (a *Activities) BareReturn(ctx context.Context, name string) (err error) {
	_, err = a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	if isDuplicate(err) {
		return
	}
	return err
}

// BreakOff leaves the loop, and returns the error behind it.
func (a *Activities) BreakOff(ctx context.Context, names []string) (err error) {
	for _, name := range names {
		_, err = a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
		if isDuplicate(err) {
			break
		}
	}
	return err
}

// BreakAndAccept notes why it leaves the loop.
func (a *Activities) BreakAndAccept(ctx context.Context, names []string) (err error) {
	done := false
	for _, name := range names {
		_, err = a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
		if isDuplicate(err) {
			done = true
			break
		}
	}
	if done {
		return nil
	}
	return err
}

func (a *Activities) execOnce(ctx context.Context, query string, args ...any) error {
	if _, err := a.pool.Exec(ctx, query, args...); err != nil && !isDuplicate(err) {
		return err
	}
	return nil
}

// AcceptInWrapper leaves it to the function that runs the text.
func (a *Activities) AcceptInWrapper(ctx context.Context, name string) error {
	return a.execOnce(ctx, "INSERT INTO people (name) VALUES ($1)", name)
}

// MapToOther gives the duplicate another name: the retry of a row that was written fails forever.
func (a *Activities) MapToOther(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return fmt.Errorf("person %s exists: %w", name, err)
	}
	return err
}

// MapToPermanent stops the retries, and a row that was written ends the workflow.
func (a *Activities) MapToPermanent(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	if isDuplicate(err) {
		return temporal.NewNonRetryableApplicationError("person exists", "McPermanentError", err)
	}
	return err
}

// OtherState tests for something else.
func (a *Activities) OtherState(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.ForeignKeyViolation {
		return nil
	}
	return err
}

// OtherText looks for a word of another error.
func (a *Activities) OtherText(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	if err != nil && strings.Contains(err.Error(), "connection reset") {
		return nil
	}
	return err
}

// AcceptEither accepts a duplicate of either branch: the error may be of both.
func (a *Activities) AcceptEither(ctx context.Context, name string, old bool) error {
	var err error
	if old {
		_, err = a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	} else {
		_, err = a.pool.Exec(ctx, "INSERT INTO persons (name) VALUES ($1)", name)
	}
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return nil
	}
	return err
}

// AcceptLast accepts a duplicate of the second statement: the first one's error was another.
func (a *Activities) AcceptLast(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	if err != nil {
		return err
	}
	_, err = a.pool.Exec(ctx, "INSERT INTO persons (name) VALUES ($1)", name)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return nil
	}
	return err
}
