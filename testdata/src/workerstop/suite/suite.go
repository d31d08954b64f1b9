// Package suite stops its worker where the suite is torn down.
package suite
