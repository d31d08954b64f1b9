// Package wiring hands a Charger on as a fees.Book, from interface to interface. It sees both sides, so the chain closes here.
package wiring

import (
	"database/sql"

	"example.com/corpus/rawinsert/narrower/accounts"
	"example.com/corpus/rawinsert/narrower/fees"
)

// Fees builds the activities.
func Fees(db *sql.DB) *fees.Activities {
	charger := accounts.Open(db)
	return &fees.Activities{Book: charger} // want `INSERT into charges without.*ChargeMonthly.*Charge`
}
