// Package flagged has names that do not say what they stand for.
package flagged

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Orders has no interface.
type Orders struct{} // want `^Orders is registered and has no interface that lists its activities: nothing says what workflows may execute, or what tests mock; declare OrdersActivities$`

func (*Orders) Charge(ctx context.Context, id string) error { return nil }
func (*Orders) Refund(ctx context.Context, id string) error { return nil }

// Charger lists only one of the two: it is what somebody needs, not what Orders is.
type Charger interface {
	Charge(ctx context.Context, id string) error
}

var _ Charger = (*Orders)(nil)

type Activities struct{} // want `Activities is registered and has no interface that lists its activities: .*; declare XYZActivities$`

func (Activities) Ship(ctx context.Context, id string) error { return nil }

type activities struct{} // want `activities is registered and has no interface that lists its activities: .*; declare XYZActivities$`

func (activities) Sort(ctx context.Context, id string) error { return nil }

type ReturnActivities struct{} // want `; declare an interface ReturnActivities, and name the struct ReturnActivitiesImpl$`

func (ReturnActivities) Return(ctx context.Context, id string) error { return nil }

type StockTasks interface { // want `^interface StockTasks lists activities, and its name does not end in Activities: a reader takes its methods for plain code$`
	Count(ctx context.Context) (int, error)
}

type Stock struct{} // want `^Stock implements StockTasks and is not called StockTasksActivitiesImpl: nothing tells which of the two a worker registers$`

func (Stock) Count(ctx context.Context) (int, error) { return 0, nil }

type MailActivities interface {
	Send(ctx context.Context, to string) error
}

type Mailer struct{} // want `^Mailer implements MailActivities and is not called MailActivitiesImpl`

func (*Mailer) Send(ctx context.Context, to string) error { return nil }

// Alerts go out by two ways, for two queues: the two cannot have the same name.
type AlertActivities interface {
	Alert(ctx context.Context, to string) error
}

type pager struct{} // want `^pager implements AlertActivities, as others do, and its name does not end in AlertActivitiesImpl: nothing tells which of them a worker registers$`

func (pager) Alert(ctx context.Context, to string) error { return nil }

type smsAlertActivitiesImpl struct{}

func (smsAlertActivitiesImpl) Alert(ctx context.Context, to string) error { return nil }

// FreightActivities lists less than what is registered.
type FreightActivities interface {
	Load(ctx context.Context, id string) error
}

type FreightActivitiesImpl struct{} // want `^FreightActivitiesImpl has activities that FreightActivities does not list \(Cancel, Return\): nothing says that workflows may execute them, and tests cannot mock them$`

func (*FreightActivitiesImpl) Load(ctx context.Context, id string) error   { return nil }
func (*FreightActivitiesImpl) Cancel(ctx context.Context, id string) error { return nil }
func (*FreightActivitiesImpl) Return(ctx context.Context, id string) error { return nil }

type Billing interface { // want `^interface Billing lists a workflow, and its name does not end in Workflow: a reader takes its methods for plain code$`
	Run(ctx workflow.Context, id string) error
	State() string
}

type bill struct{} // want `^bill implements Billing and is not called billingWorkflowImpl`

func (bill) Run(ctx workflow.Context, id string) error { return nil }
func (bill) State() string                             { return "" }

func Order(ctx workflow.Context, id string) error { return nil } // want `^the name of workflow Order does not end in Workflow: a reader takes it for plain code$`

// Child is only ever executed.
func Child(ctx workflow.Context) error { return nil } // want `the name of workflow Child does not end in Workflow`

func ParentWorkflow(ctx workflow.Context) error {
	return workflow.ExecuteChildWorkflow(ctx, Child).Get(ctx, nil)
}

func Start(ctx context.Context, c client.Client) error {
	_, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, ParentWorkflow)
	return err
}

func Register(w worker.Worker) {
	w.RegisterActivity(&Orders{})
	w.RegisterActivity(Activities{})
	w.RegisterActivity(activities{})
	w.RegisterActivity(ReturnActivities{})
	w.RegisterActivity(&Stock{})
	w.RegisterActivity(new(Mailer))
	w.RegisterActivity(&FreightActivitiesImpl{})
	w.RegisterActivity(pager{})
	w.RegisterActivity(smsAlertActivitiesImpl{})
	w.RegisterWorkflow(bill{}.Run)
	w.RegisterWorkflow(Order)
}
