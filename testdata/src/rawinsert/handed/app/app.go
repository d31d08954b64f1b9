// Package app brings both together.
package app

import (
	"go.temporal.io/sdk/client"

	"example.com/corpus/rawinsert/handed/engine"
	"example.com/corpus/rawinsert/handed/tasks"
	"example.com/corpus/rawinsert/handed/temporalsvc"
)

// Run starts a queue.
func Run(c client.Client, t *tasks.Tasks) {
	engine.New(temporalsvc.New(c)).Start("index", t)
}
