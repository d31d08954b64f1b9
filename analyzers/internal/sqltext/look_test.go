package sqltext

import (
	"reflect"
	"testing"
)

func TestParseUpdate(t *testing.T) {
	for text, want := range map[string]Update{
		"UPDATE states SET state = $1 WHERE id = $2":                          {"states", []string{"state"}},
		"-- name: Touch :execrows\nUPDATE pages p SET seen = now(), by = $2":  {"pages", []string{"seen", "by"}},
		`/* once */ UPDATE ONLY "public"."states" SET n = n + 1 WHERE id = 1`: {"public.states", []string{"n"}},
		"UPDATE " + Hole + " SET state = $1":                                  {},
		"UPDATES of states SET apart":                                         {},
		"SELECT 1 FROM states":                                                {},
	} {
		got, ok := ParseUpdate(text)
		if !reflect.DeepEqual(got, want) || ok != (want.Table != "") {
			t.Errorf("%s: %v %v, want %v", text, got, ok, want)
		}
	}
}

func TestParseLook(t *testing.T) {
	for text, want := range map[string]Look{
		"SELECT status FROM payments WHERE id = $1 FOR UPDATE":               {"payments", []string{"status"}, true},
		"select id, state from jobs where id = $1 for no key update of jobs": {"jobs", []string{"id", "state"}, true},
		"SELECT EXISTS (SELECT 1 FROM customers WHERE email = $1)":           {"customers", []string{"1"}, false},
		"SELECT pg_advisory_xact_lock($1)":                                   {},
		"INSERT INTO payments SELECT id FROM invoices":                       {},
	} {
		got, ok := ParseLook(text)
		if !reflect.DeepEqual(got, want) || ok != (want.Table != "") {
			t.Errorf("%s: %v %v, want %v", text, got, ok, want)
		}
	}
}

func TestTakesLock(t *testing.T) {
	for text, want := range map[string]bool{
		"SELECT pg_advisory_xact_lock(hashtext($1))":      true,
		"SELECT GET_LOCK('people', 10)":                   true,
		"LOCK TABLE people IN EXCLUSIVE MODE":             true,
		"lock tables people write":                        true,
		"SELECT pg_try_advisory_xact_lock($1)":            false,
		"SELECT id FROM locks":                            false,
		"INSERT INTO clocks (name) VALUES ('lock table')": false,
		"UPDATE doors SET lock = true WHERE id = $1":      false,
	} {
		if got := TakesLock(text); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
