// Package wrappedsignals sends and reads signals through functions that are given their names.
package wrappedsignals

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/positionalargs/wrappedsignals/send"
)

// An Approval says who approved.
type Approval struct{ By string }

// OrderWorkflow reads four signals.
func OrderWorkflow(ctx workflow.Context) error {
	_ = send.Drain[Approval](ctx, "wrapped-drained")
	var a Approval
	send.Into(ctx, "wrapped-into", &a)
	workflow.GetSignalChannel(ctx, "wrapped-plain").Receive(ctx, &a)
	send.Into(ctx, "wrapped-nothing", nil)
	return nil
}

type service struct{ client client.Client }

// tell hands the name on.
func (s *service) tell(ctx context.Context, id, name string, payload any) error {
	return send.Signal(ctx, s.client, id, name, payload)
}

func (s *service) right(ctx context.Context, id string) error {
	for _, name := range []string{"wrapped-plain", "wrapped-into"} {
		if err := s.tell(ctx, id, name, 7); err != nil { // a name that is not known
			return err
		}
	}
	if err := s.tell(ctx, id, "wrapped-plain", Approval{"me"}); err != nil {
		return err
	}
	if err := s.tell(ctx, id, "wrapped-nothing", 7); err != nil {
		return err
	}
	return send.Enveloped(ctx, s.client, id, "wrapped-plain", 7)
}

func (s *service) plain(ctx context.Context, id string) error {
	return s.tell(ctx, id, "wrapped-plain", "yes") // want `signal wrapped-plain is sent as \(string\) and read as \(wrappedsignals\.Approval\)`
}

func (s *service) drained(ctx context.Context, id string) error {
	return send.Signal(ctx, s.client, id, "wrapped-drained", 7) // want `signal wrapped-drained is sent as \(int\) and read as \(wrappedsignals\.Approval\)`
}

func (s *service) into(ctx context.Context, id string) error {
	return s.client.SignalWorkflow(ctx, id, "", "wrapped-into", true) // want `signal wrapped-into is sent as \(bool\) and read as \(wrappedsignals\.Approval\)`
}
