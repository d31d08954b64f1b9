package mcerror

import (
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
)

// FailureConverter returns a failure converter for client.Options which adds two things to next, or to the SDK's default
// one if next is nil:
//
//   - [errors.As] finds an error of this package also in what came over the wire: an activity's error in a workflow, a
//     workflow's error at a client.
//   - An error that wraps one of this package is sent with its type. Without the converter the outermost error's type is
//     sent, and a McPermanentError wrapped by fmt.Errorf is retried. For local activities it is: the SDK decides their
//     retries by the outermost type alone.
//
// It is safe for concurrent use if next is.
func FailureConverter(next converter.FailureConverter) converter.FailureConverter {
	if next == nil {
		next = temporal.GetDefaultFailureConverter()
	}
	return failureConverter{next}
}

type failureConverter struct {
	next converter.FailureConverter
}

func (c failureConverter) ErrorToFailure(err error) *failurepb.Failure {
	failure := c.next.ErrorToFailure(err)
	// Failures of other kinds (an activity's, a timeout, a cancellation) have a meaning of their own. A type that
	// somebody chose by making an ApplicationError stays as well.
	if _, chosen := err.(*temporal.ApplicationError); chosen || failure.GetApplicationFailureInfo() == nil {
		return failure
	}
	if kind := kindOf(err); kind != "" {
		failure.GetApplicationFailureInfo().Type = kind
	}
	return failure
}

func (c failureConverter) FailureToError(failure *failurepb.Failure) error {
	err := c.next.FailureToError(failure)
	if ours := decode(err); ours != nil {
		return ours
	}
	return err
}

// WithSerializationContext passes the context on to a converter that wants it.
func (c failureConverter) WithSerializationContext(ctx converter.SerializationContext) converter.FailureConverter {
	return failureConverter{converter.WithFailureConverterSerializationContext(c.next, ctx)}
}

// decode returns the error of this package that err stands for, also where err is what an activity or a child workflow
// failed with; nil if there is none.
func decode(err error) error {
	switch err := err.(type) {
	case *temporal.ApplicationError:
		switch e := (mcError{err}); err.Type() {
		case ProgrammingType:
			return &McProgrammingError{e}
		case ConfigurationType:
			return &McConfigurationError{e}
		case TransientType:
			return &McTransientError{e}
		case PermanentType:
			return &McPermanentError{e}
		}
	case *temporal.ActivityError:
		if cause := decode(err.Unwrap()); cause != nil {
			return &activityError{err, cause}
		}
	case *temporal.ChildWorkflowExecutionError:
		if cause := decode(err.Unwrap()); cause != nil {
			return &childWorkflowError{err, cause}
		}
	}
	return nil
}

// activityError is an SDK's error with another cause, which only the SDK itself can give it.
type activityError struct {
	*temporal.ActivityError
	cause error
}

func (e *activityError) Unwrap() error { return e.cause }

func (e *activityError) As(target any) bool { return as(target, e.ActivityError) }

// childWorkflowError is the same for a child workflow's.
type childWorkflowError struct {
	*temporal.ChildWorkflowExecutionError
	cause error
}

func (e *childWorkflowError) Unwrap() error { return e.cause }

func (e *childWorkflowError) As(target any) bool { return as(target, e.ChildWorkflowExecutionError) }

// as sets *target to err if that is of its type.
func as[T error](target any, err T) bool {
	t, ok := target.(*T)
	if ok {
		*t = err
	}
	return ok
}
