// Command mcwflint reports where Go programs on Temporal break the tips for safe
// workflows.
//
//	mcwflint [flags] [lint] [packages]
//	mcwflint [flags] explain NAME [packages]
//	mcwflint [flags] compat -from=REV [packages]
//	mcwflint [flags] graph [packages]
//	mcwflint init
//	mcwflint help [rule]
//	go vet -vettool=$(which mcwflint) [packages]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/mediacloud/mcwflint/internal/interrupt"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// Exit statuses of the command; package interrupt has those after a signal.
const (
	clean    = 0
	findings = 1
	failed   = 2 // something could not be analysed, or the command line is wrong
)

func main() {
	if calledByVet(os.Args[1:]) {
		vet()
		return
	}
	ctx, stop := interrupt.Context(context.Background())
	os.Exit(stop(run(ctx, os.Args[1:], os.Stdout, os.Stderr)))
}

// A command is what the first word of the command line names. It returns the exit
// status; an error means that it has failed.
type command struct {
	name, args, does string
	run              func(context.Context, *call) (status int, err error)
}

// commands is a function because help, which is one of them, lists them. The first
// is the one that no word needs to name.
func commands() []command {
	return []command{
		{"lint", "[packages]", "lint packages, such as ./...", runLint},
		{"compat", "-from=REV [packages]", "say what a change breaks for running executions", runCompat},
		{"explain", "NAME [packages]", "say what is known of a function, type or package", runExplain},
		{"graph", "[packages]", "draw what workflows run, as mermaid, dot or json", runGraph},
		{"init", "", "write a configuration file", runInit},
		{"help", "[rule]", "list the rules, or explain one", runHelp},
	}
}

// A call is one run of a command.
type call struct {
	stdout, stderr io.Writer

	flags *flag.FlagSet
	set   *settings.Set
	opts  options
	args  []string // those of the command

	wd, root string // the current folder, and that of its module; see enter
}

// A usageError is a mistake in the command line.
type usageError struct{ error }

func misuse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is the command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &call{stdout: stdout, stderr: stderr, flags: flag.NewFlagSet("mcwflint", flag.ContinueOnError), set: settings.New()}
	c.set.Register(c.flags)
	c.opts.register(c.flags)
	// What is wrong with a flag is said below, as everything else is.
	c.flags.SetOutput(io.Discard)
	status, err := c.run(ctx, args)
	if err == nil {
		return status
	}
	if errors.Is(err, flag.ErrHelp) {
		usage(stdout, c.flags)
		return clean
	}
	fmt.Fprintln(stderr, "mcwflint:", err)
	if errors.As(err, new(usageError)) {
		fmt.Fprintln(stderr, "Run 'mcwflint -h' for usage.")
	}
	return failed
}

func (c *call) run(ctx context.Context, args []string) (status int, err error) {
	cmd, err := c.parse(args)
	if err != nil {
		return failed, err
	}
	if c.opts.version {
		fmt.Fprintln(c.stdout, "mcwflint", version(), runtime.Version())
		return clean, nil
	}
	return cmd.run(ctx, c)
}

// parse reads the command line. Flags may stand on both sides of the command's
// name.
func (c *call) parse(args []string) (command, error) {
	if err := c.flags.Parse(args); err != nil {
		return command{}, flagError(err)
	}
	found := commands()[0]
	for _, cmd := range commands() {
		if c.flags.Arg(0) != cmd.name {
			continue
		}
		found = cmd
		if err := c.flags.Parse(c.flags.Args()[1:]); err != nil {
			return command{}, flagError(err)
		}
		break
	}
	c.args = c.flags.Args()
	return found, nil
}

func flagError(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	return usageError{err}
}

// enter checks the flags and goes where -C says.
func (c *call) enter() error {
	if err := c.opts.validate(); err != nil {
		return usageError{err}
	}
	if c.opts.dir != "" {
		if err := os.Chdir(c.opts.dir); err != nil {
			return err
		}
	}
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	c.wd, c.root = wd, settings.Root(wd)
	return nil
}

// commandNames lists the commands for people.
func commandNames() string {
	var names []string
	for _, cmd := range commands() {
		names = append(names, cmd.name)
	}
	return strings.Join(names, ", ")
}

// version is the module's, as the go command recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
