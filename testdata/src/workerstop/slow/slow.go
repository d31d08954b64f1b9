// Package slow has tests that wait for their workers.
package slow
