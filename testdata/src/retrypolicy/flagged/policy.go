package flagged

import "go.temporal.io/sdk/temporal"

var policy = temporal.RetryPolicy{MaximumAttempts: 3}
