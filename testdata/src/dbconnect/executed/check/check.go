// Package check has helpers for commands.
package check

import "github.com/sirupsen/logrus"

// Must ends the process for an error.
func Must(err error) {
	if err != nil {
		logrus.WithError(err).Fatal("must")
	}
}

// Require ends the process for a condition.
func Require(ok bool) {
	if !ok {
		logrus.Fatal("require")
	}
}
