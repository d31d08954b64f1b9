// Package shape has the test of which room may import which.
package shape
