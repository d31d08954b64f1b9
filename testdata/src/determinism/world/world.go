// Package world asks the world in workflows. Flagged.
package world

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/exec"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

type deps struct {
	db     *sql.DB
	client client.Client
}

func (d *deps) Workflow(ctx workflow.Context) error {
	if os.Getenv("REGION") == "eu" { // want `os\.Getenv in workflow code: may have another result on a replay: call it in an activity`
		return nil
	}
	if _, err := os.ReadFile("x"); err != nil { // want `os\.ReadFile in workflow code`
		return err
	}
	if err := exec.Command("true").Run(); err != nil { // want `exec\.Cmd\.Run in workflow code`
		return err
	}
	resp, err := http.Get("http://example.com") // want `http\.Get in workflow code`
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := d.db.Exec("DELETE FROM t"); err != nil { // want `sql\.DB\.Exec in workflow code`
		return err
	}
	return d.client.SignalWorkflow(context.Background(), "id", "", "go", nil) // want `client\.Client\.SignalWorkflow in workflow code`
}

// Output is repeated on a replay, and nothing reads it back.
func LoggingWorkflow(ctx workflow.Context, names map[string]int) error {
	log.Print("started")
	fmt.Fprintln(os.Stderr, "started")
	req, err := http.NewRequest(http.MethodGet, "http://example.com", nil)
	if err != nil {
		return err
	}
	_ = req
	return nil
}
