// Command worker registers constructors' methods under names from another package.
package main

import (
	"database/sql"
	"log"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/executenamed/memberflow"
	"example.com/corpus/rawinsert/executenamed/members"
	"example.com/corpus/rawinsert/executenamed/names"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	db := new(sql.DB)
	w := worker.New(c, "members", worker.Options{})
	w.RegisterWorkflow(memberflow.SwapWorkflow)
	w.RegisterActivityWithOptions(members.NewAddActivity(db).Execute, activity.RegisterOptions{Name: names.AddMember}) // want `INSERT into members without.*Execute.*Insert`
	w.RegisterActivityWithOptions(members.NewRemoveActivity(db).Execute, activity.RegisterOptions{Name: names.RemoveMember})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
