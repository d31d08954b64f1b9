// Package fix imports what stops workers faster, and does not use it everywhere.
package fix
