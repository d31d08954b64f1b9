// Package partyworker stores a bound method in the executor's func field and registers Execute under a name.
package partyworker

import (
	"database/sql"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/boundmethod/executor"
	"example.com/corpus/rawinsert/boundmethod/guests"
)

// Register makes Execute an activity that runs Invite.
func Register(w worker.Worker, db *sql.DB) {
	list := &guests.List{DB: db}
	invite := executor.New(executor.Task{Name: "invite", Run: list.Invite})
	w.RegisterActivityWithOptions(invite.Execute, activity.RegisterOptions{Name: "Invite"}) // want `INSERT into guests without.*Execute.*Invite`
}
