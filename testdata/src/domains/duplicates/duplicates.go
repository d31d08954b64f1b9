package duplicates // want package:`duplicates {\[t:example.com/corpus/domains/duplicates.ThereError v:example.com/corpus/domains/duplicates.ErrThere\]}`

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

func IsDuplicate(err error) bool { // want IsDuplicate:`^duplicates {true false \[\] \[\]}$`
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}

func IgnoreDuplicate(err error) error { // want IgnoreDuplicate:`^duplicates {false true \[\] \[\]}$`
	if IsDuplicate(err) {
		return nil
	}
	return err
}

var ErrThere = errors.New("there")

type ThereError struct{ id string }

func (e ThereError) Error() string { return e.id }

func Mapped(err error, id string, typed bool) error {
	if IsDuplicate(err) && typed {
		return ThereError{id}
	}
	if IsDuplicate(err) {
		return ErrThere
	}
	return err
}

func Tolerate(run func() error) error { // want Tolerate:`^duplicates {false false \[0\] \[\]}$`
	err := run()
	if IsDuplicate(err) {
		return nil
	}
	return err
}
