// Package workerstop has tests that wait for their worker.
package workerstop
