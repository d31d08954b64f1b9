package retry_test

import (
	"reflect"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"

	"github.com/mediacloud/mcwflint/runtime/retry"
)

func TestDefaultPolicy(t *testing.T) {
	// The figures of DEFAULT_RETRY_PARAMETERS in Media Cloud's workflow guide.
	want := &temporal.RetryPolicy{
		InitialInterval:        1 * time.Second,
		BackoffCoefficient:     2.0,
		MaximumInterval:        2 * time.Hour,
		MaximumAttempts:        1000,
		NonRetryableErrorTypes: []string{"McPermanentError"},
	}
	p := retry.DefaultPolicy()
	if !reflect.DeepEqual(p, want) {
		t.Errorf("DefaultPolicy() = %+v, want %+v", p, want)
	}

	// Nobody's change is anybody else's.
	p.MaximumAttempts = 1
	p.NonRetryableErrorTypes[0] = "Other"
	if p := retry.DefaultPolicy(); !reflect.DeepEqual(p, want) {
		t.Errorf("after a change to another policy, DefaultPolicy() = %+v, want %+v", p, want)
	}
}

// TestPatience adds up the pauses of the default policy, of which its documentation gives the sum.
func TestPatience(t *testing.T) {
	p := retry.DefaultPolicy()
	var sum time.Duration
	pause := p.InitialInterval
	for range p.MaximumAttempts - 1 {
		sum += pause
		pause = min(time.Duration(float64(pause)*p.BackoffCoefficient), p.MaximumInterval)
	}
	if days := sum.Hours() / 24; days < 82 || days >= 83 {
		t.Errorf("the default policy gives up after %.1f days, want 82", days)
	}
}

func TestWith(t *testing.T) {
	p := retry.With(func(p *temporal.RetryPolicy) {
		p.MaximumAttempts = 50
		p.NonRetryableErrorTypes = append(p.NonRetryableErrorTypes, "InvalidFeed")
	})
	want := &temporal.RetryPolicy{
		InitialInterval:        time.Second,
		BackoffCoefficient:     2,
		MaximumInterval:        2 * time.Hour,
		MaximumAttempts:        50,
		NonRetryableErrorTypes: []string{"McPermanentError", "InvalidFeed"},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("With() = %+v, want %+v", p, want)
	}
	if n := retry.DefaultPolicy().MaximumAttempts; n != 1000 {
		t.Errorf("With changed the default policy to %d attempts", n)
	}
}
