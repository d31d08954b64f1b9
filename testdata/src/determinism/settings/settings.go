// Package settings has functions that the settings deny and allow name.
package settings

import (
	"time"

	"example.com/corpus/determinism/settings/external"
	"go.temporal.io/sdk/workflow"
)

// Allowed is named in allow.
func Allowed() time.Time { return time.Now() }

func SettingsWorkflow(ctx workflow.Context) error {
	_ = Allowed()
	external.Denied() // want `external\.Denied in workflow code: the setting deny does not allow it in workflow code`
	return nil
}
