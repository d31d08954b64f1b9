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
	w.RegisterWorkflow(workflows.MailWorkflow)
}
