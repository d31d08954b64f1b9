// Package mcerror tells errors that time can heal from those that it cannot.
package mcerror

import (
	"errors"

	"go.temporal.io/sdk/temporal"
)

// PermanentType is McPermanentError's name on the wire.
const PermanentType = "McPermanentError"

// McPermanentError says that an activity cannot proceed with this input, now or later.
//
// An activity returns it as it is: the SDK sends the name of the outermost error's type, so the name of a wrapped error
// is lost, and with it the retry policy's way to know it.
type McPermanentError struct {
	Message string
}

func (e McPermanentError) Error() string {
	return e.Message
}

// IsPermanent reports whether err, as an activity's caller gets it, was an McPermanentError in the activity.
func IsPermanent(err error) bool {
	var failure *temporal.ApplicationError
	return errors.As(err, &failure) && failure.Type() == PermanentType
}
