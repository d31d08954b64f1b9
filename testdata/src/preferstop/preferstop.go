// Package preferstop is for the setting prefer of workerstop.
package preferstop
