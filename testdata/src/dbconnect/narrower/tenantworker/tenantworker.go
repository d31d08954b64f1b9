// Package tenantworker hands the manager on as narrower interfaces.
package tenantworker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/narrower/onboard"
	"example.com/corpus/dbconnect/narrower/tenants"
)

// Register registers both; only opening ends the process.
func Register(w worker.Worker) {
	m := tenants.NewManager()
	w.RegisterActivity(&onboard.Offboarding{Closer: m})
	w.RegisterActivity(&onboard.Onboarding{Opener: m}) // want `log.Fatal.*OnboardTenant.*Open`
}
