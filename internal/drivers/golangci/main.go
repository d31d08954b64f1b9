// Command golangci is golangci-lint with the plugin mcwflint, made from released
// modules alone. For users, `golangci-lint custom` makes such a program; it clones
// golangci-lint's repository.
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"
)

func main() {
	// Without a version golangci-lint's caches go by the binary's contents, so they
	// hold whatever of the plugin changes.
	build := commands.BuildInfo{}
	if info, ok := debug.ReadBuildInfo(); ok {
		build.GoVersion = info.GoVersion
	}
	if err := commands.Execute(build); err != nil {
		fmt.Fprintln(os.Stderr, "golangci-lint:", err)
		os.Exit(exitcodes.Failure)
	}
}
