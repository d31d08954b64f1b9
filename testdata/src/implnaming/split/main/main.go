// Command main knows both.
package main

import (
	"example.com/corpus/implnaming/split/mail"
	"example.com/corpus/implnaming/split/workflows"
	"go.temporal.io/sdk/worker"
)

func main() {
	var w worker.Worker
	w.RegisterActivity(&mail.MailActivitiesImpl{})
	w.RegisterActivity(&mail.Bell{}) // want `^Bell is registered and has no interface that lists its activities`
	w.RegisterWorkflow(workflows.MailWorkflow)
}
