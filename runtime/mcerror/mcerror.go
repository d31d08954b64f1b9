// Package mcerror tells apart why an activity failed. There are four kinds of errors, and they mean what they mean in
// Media Cloud's workflow guide:
//
//   - [McPermanentError]: this input cannot be processed, now or later, others can (HTTP status 404; a story that does
//     not exist; a media file that is none). The only kind that the sanctioned retry policy does not retry.
//   - [McTransientError]: waiting may help (the database cannot be reached; HTTP status 503; the network is down).
//   - [McConfigurationError]: somebody must change the configuration (a variable is not set; wrong credentials).
//   - [McProgrammingError]: somebody must change the code (an API answers what the code does not understand; a typo in
//     an SQL statement).
//
// Errors in configuration and code are retried as well: once the fix is deployed, the workflow goes on, and nobody has to
// find out what failed and start it again.
//
// An activity makes an error with the function named after the kind:
//
//	return mcerror.Permanentf("no story %d", id)
//
// The kind crosses the wire as the failure's type, which is the name of the Go type. The retry policy and programs
// in other languages know it by that name. In Go, [errors.As] finds it on both sides, where the client has the
// [FailureConverter] (package temporalclient sets it; in a test environment, SetFailureConverter does):
//
//	err := workflow.ExecuteActivity(ctx, activities.Fetch, id).Get(ctx, nil)
//	var permanent *mcerror.McPermanentError
//	if errors.As(err, &permanent) {
//		// skip this one
//	}
package mcerror

import (
	"errors"
	"fmt"

	"go.temporal.io/sdk/temporal"
)

// The kinds' names on the wire: the types of the failures.
const (
	ProgrammingType   = "McProgrammingError"
	ConfigurationType = "McConfigurationError"
	TransientType     = "McTransientError"
	PermanentType     = "McPermanentError"
)

// McProgrammingError says that the code is wrong. [Programmingf] makes one.
type McProgrammingError struct{ mcError }

// McConfigurationError says that the configuration is wrong. [Configurationf] makes one.
type McConfigurationError struct{ mcError }

// McTransientError says that a later attempt may succeed although nobody does anything. [Transientf] makes one.
type McTransientError struct{ mcError }

// McPermanentError says that an activity cannot proceed with this input, now or later. [Permanentf] makes one.
type McPermanentError struct{ mcError }

// Programmingf formats an McProgrammingError as [fmt.Errorf] does, with %w for the cause.
func Programmingf(format string, args ...any) error {
	return &McProgrammingError{newError(ProgrammingType, fmt.Errorf(format, args...))}
}

// Configurationf formats an McConfigurationError as [fmt.Errorf] does, with %w for the cause.
func Configurationf(format string, args ...any) error {
	return &McConfigurationError{newError(ConfigurationType, fmt.Errorf(format, args...))}
}

// Transientf formats an McTransientError as [fmt.Errorf] does, with %w for the cause.
func Transientf(format string, args ...any) error {
	return &McTransientError{newError(TransientType, fmt.Errorf(format, args...))}
}

// Permanentf formats an McPermanentError as [fmt.Errorf] does, with %w for the cause.
func Permanentf(format string, args ...any) error {
	return &McPermanentError{newError(PermanentType, fmt.Errorf(format, args...))}
}

// mcError is what the kinds have in common. The embedded error brings the SDK's unexported methods along, by which its
// failure converter keeps what the error was on the wire; so an error that a workflow passes on is not changed by it.
type mcError struct {
	*temporal.ApplicationError
}

func newError(kind string, err error) mcError {
	cause := errors.Unwrap(err)
	if _, ok := err.(interface{ Unwrap() []error }); ok {
		cause = err // several causes, and a failure has one: the error that joins them
	}
	app := temporal.NewApplicationErrorWithCause(err.Error(), kind, cause)
	return mcError{app.(*temporal.ApplicationError)}
}

// Error returns the message, which includes the cause's, without the type's name.
func (e *mcError) Error() string {
	return e.Message()
}

// Unwrap returns the cause, nil if there is none.
func (e *mcError) Unwrap() error {
	return e.ApplicationError.Unwrap()
}

// As lets errors.As find the SDK's error too, as it does in an error that came over the wire without this package.
func (e *mcError) As(target any) bool {
	return as(target, e.ApplicationError)
}

// kindOf returns the failure type of the first error in err's tree that is of this package, "" if there is none.
func kindOf(err error) string {
	// Each kind embeds an mcError, and nothing else has this method.
	if e, ok := errors.AsType[interface {
		error
		kind() string
	}](err); ok {
		return e.kind()
	}
	return ""
}

func (e *mcError) kind() string {
	return e.Type()
}
