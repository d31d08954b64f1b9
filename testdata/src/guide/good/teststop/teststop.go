// Package teststop has tests that do not wait for their worker.
package teststop
