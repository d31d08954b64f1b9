// Package queries has the texts of all statements. A text is nobody's INSERT until somebody runs it.
package queries

import (
	_ "embed"
	"strings"
)

// The statements.
const (
	InsertTeam  = "INSERT INTO teams (name) VALUES ($1)"
	InsertCoach = "INSERT INTO coaches (name) VALUES ($1)"
	UpsertTeam  = InsertTeam + " ON CONFLICT (name) DO NOTHING"
	DeleteTeam  = "DELETE FROM teams WHERE name = $1"
)

// InsertPlayers is the text for n players.
func InsertPlayers(n int) string {
	return "INSERT INTO players (name) VALUES (" + strings.Repeat("?,", n-1) + "?)"
}

// OnConflict completes a statement.
func OnConflict(insert string) string {
	return insert + " ON CONFLICT DO NOTHING"
}

// InsertReferee is a variable, InsertSponsor a file.
var InsertReferee = "INSERT INTO referees (name) VALUES ($1)"

//go:embed sponsor.sql
var InsertSponsor string

//go:embed upsert_sponsor.sql
var UpsertSponsor string
