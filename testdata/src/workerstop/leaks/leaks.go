// Package leaks has tests that leave workers running.
package leaks
