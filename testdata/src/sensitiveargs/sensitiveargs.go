// Package sensitiveargs has payloads that are named like secrets, and such as are not.
package sensitiveargs

import (
	"context"
	"time"

	"go.temporal.io/sdk/worker"
)

type Credentials struct {
	User     string
	Password string
}

type Card struct {
	Holder string
	CVV    string
}

type Payment struct {
	Card   Card
	Amount int
}

func Login(ctx context.Context, user, password string) error { return nil }                // want `parameter password of Login looks like a secret: it is written into the history in plain text`
func Connect(ctx context.Context, c Credentials) error       { return nil }                // want `parameter c of Connect has the field Password, which looks like a secret`
func Pay(ctx context.Context, p *Payment) error              { return nil }                // want `parameter p of Pay has the field Card\.CVV, which looks like a secret`
func Key(ctx context.Context, api_key []byte) error          { return nil }                // want `parameter api_key of Key looks like a secret`
func Issue(ctx context.Context) (Credentials, error)         { return Credentials{}, nil } // want `the result of Issue has the field Password`

type Policy struct {
	PasswordLength int
	PasswordSetAt  time.Time
	SecretName     string
	HasPassword    bool
	PasswordID     string
	Hidden         struct{ password string }
	Secret         string `json:"-"`
}

func Clean(ctx context.Context, p Policy, secretID, tokenCount string, shipping string) error {
	return nil
}

func Register(w worker.Worker) {
	w.RegisterActivity(Login)
	w.RegisterActivity(Connect)
	w.RegisterActivity(Pay)
	w.RegisterActivity(Key)
	w.RegisterActivity(Issue)
	w.RegisterActivity(Clean)
}
