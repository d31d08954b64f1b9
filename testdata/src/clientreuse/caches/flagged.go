package caches

import (
	"context"
	"errors"
	"net/http"

	"go.temporal.io/sdk/client"
)

type sender struct{ client client.Client }

func (s *sender) send(ctx context.Context, id string) error {
	return s.client.SignalWorkflow(ctx, id, "", "paid", nil)
}

// Payment is what the activity gets.
type Payment struct {
	ID    string
	Payer *string
}

// Pay looks at its input: that says nothing about the sender, which lasts as long as the activity.
func (a *Activities) Pay(ctx context.Context, p Payment) error {
	if p.Payer == nil {
		return errors.New("who pays?")
	}
	c, err := client.Dial(client.Options{}) // want `client.Dial makes a client each time the activity runs.*Activities.Pay`
	if err != nil {
		return err
	}
	defer c.Close()
	s := &sender{}
	s.client = c
	return s.send(ctx, p.ID)
}

// ServeHTTP gets a header, and no client.
func (s *sender) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := client.Dial(client.Options{}) // want `client.Dial makes a client for each request.*sender.ServeHTTP`
	if err != nil {
		return
	}
	defer c.Close()
	perRequest := sender{}
	perRequest.client = c
	if err := perRequest.send(r.Context(), r.Header.Get("X-Payment")); err != nil {
		w.WriteHeader(http.StatusBadGateway)
	}
}
