// Package shape has the tests of how the code is divided: which room may import which, and how large
// rooms, files and functions may be.
package shape
