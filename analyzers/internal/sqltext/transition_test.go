package sqltext

import "testing"

func TestIsTransition(t *testing.T) {
	for text, want := range map[string]bool{
		"UPDATE orders SET state = 'paid' WHERE id = $1 AND state = 'open'":        true,
		"update orders o set state = $2, paid_at = now() where o.state <> 'paid'":  true,
		"UPDATE jobs\nSET taken_at = now()\nWHERE id = $1 AND taken_at IS NULL":    true,
		"UPDATE notes SET version = version + 1 WHERE id = $1 AND version = $2":    true,
		"UPDATE accounts SET balance = balance - 1 WHERE id = $1 AND balance >= 1": false,
		"UPDATE accounts SET name = $2 WHERE id = $1":                              false,
		"UPDATE accounts SET state = 'closed'":                                     false,
		"SELECT state FROM orders WHERE state = 'open' FOR UPDATE":                 false,
		"INSERT INTO orders (state) VALUES ('open')":                               false,
	} {
		if got := IsTransition(text); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
