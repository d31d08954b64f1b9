// Package activities tells permanent errors from others.
package activities

import (
	"context"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

func Charge(ctx context.Context) error {
	return mcerror.Permanentf("no such account")
}
