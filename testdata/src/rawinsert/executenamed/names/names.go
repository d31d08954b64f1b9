// Package names has the names under which activities are registered.
package names

// The names.
const (
	AddMember    = "add-member"
	RemoveMember = "remove-member"
)
