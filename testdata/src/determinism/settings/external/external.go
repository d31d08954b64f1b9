// Package external has a function that the setting deny names.
package external

func Denied() {}
