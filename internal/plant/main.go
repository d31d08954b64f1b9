//go:build tools

// Plant measures recall: it plants violations in public programs and counts how many the linter finds.
//
// Usage:
//
//	plant -payments DIR -orders DIR -linter PATH [-keep] [-v]
//
// DIR is a checkout of github.com/formancehq/payments or github.com/temporalio/reference-app-orders-go;
// it is copied, never changed. A program whose flag is not given is skipped, and plant says so. Each program is linted
// as it is, then with all its plants in it, once. Plant prints every plant that was missed, every finding that
// is neither a plant nor in the program as it is, every look-alike that was reported, and the share found. It exits with 1
// when that share is below 95 % or when anything was reported that should not be.
//
// With -build-only the planted programs are compiled and nothing is linted; -list prints the plants.
//
// The plants are the files in the folders orders and payments; plants.go says how to read one.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
)

// wanted is the share of plants that must be found.
const wanted = 0.95

// program is a public program that plants are put into.
type program struct {
	name   string
	source string // the repository
	dir    string // the checkout, empty if there is none
}

func main() {
	payments := flag.String("payments", "", "checkout of github.com/formancehq/payments")
	orders := flag.String("orders", "", "checkout of github.com/temporalio/reference-app-orders-go")
	linter := flag.String("linter", "mcwflint", "the linter's binary")
	keep := flag.Bool("keep", false, "keep the planted copies and print where they are")
	buildOnly := flag.Bool("build-only", false, "plant and compile, do not lint")
	list := flag.Bool("list", false, "print the plants and exit")
	verbose := flag.Bool("v", false, "print also the plants that are found")
	flag.Parse()

	programs := []program{
		{"orders", "github.com/temporalio/reference-app-orders-go", *orders},
		{"payments", "github.com/formancehq/payments", *payments},
	}
	if *list {
		if err := printPlants(os.Stdout, programs); err != nil {
			fatal(err)
		}
		return
	}

	bin := ""
	if !*buildOnly {
		path, err := exec.LookPath(*linter)
		if err != nil {
			fatal(err)
		}
		if bin, err = filepath.Abs(path); err != nil {
			fatal(err)
		}
	}
	var total tally
	for _, p := range programs {
		if p.dir == "" {
			fmt.Fprintf(os.Stderr, "plant: SKIPPED %s: no checkout of %s (flag -%s)\n", p.name, p.source, p.name)
			continue
		}
		t, err := run(p, bin, *keep, *verbose)
		if err != nil {
			fatal(fmt.Errorf("%s: %w", p.name, err))
		}
		total.add(t)
	}
	if total.planted == 0 {
		fatal(errors.New("nothing was planted: give -payments or -orders"))
	}
	if *buildOnly {
		fmt.Printf("%d violations and %d look-alikes planted, the programs compile\n", total.planted, total.silent)
		return
	}
	share := float64(total.found) / float64(total.planted)
	fmt.Printf("total: %d of %d found (%.1f %%), %d of %d look-alikes reported, %d findings that nobody planted\n",
		total.found, total.planted, 100*share, total.alarms, total.silent, total.collateral)
	if share < wanted || total.alarms > 0 || total.collateral > 0 {
		os.Exit(1)
	}
}

// run plants in a copy of a program, compiles it and, if a linter is given, judges what it reports.
func run(p program, linter string, keep, verbose bool) (tally, error) {
	plants, err := load(p.name)
	if err != nil {
		return tally{}, err
	}
	tmp, err := os.MkdirTemp("", "plant-"+p.name+"-")
	if err != nil {
		return tally{}, err
	}
	if keep {
		fmt.Printf("%s: %s\n", p.name, tmp)
	} else {
		defer os.RemoveAll(tmp)
	}
	// Positions are compared with the folder's name as the go command prints it.
	if tmp, err = filepath.EvalSymlinks(tmp); err != nil {
		return tally{}, err
	}
	if err := copyTree(tmp, p.dir); err != nil {
		return tally{}, err
	}

	var before []finding
	if linter != "" {
		if before, err = lint(linter, tmp); err != nil {
			return tally{}, fmt.Errorf("as it is: %w", err)
		}
	}
	for _, pl := range plants {
		if err := pl.addFiles(tmp); err != nil {
			return tally{}, fmt.Errorf("%s: %w", pl.name, err)
		}
	}
	if err := edit(tmp, plants); err != nil {
		return tally{}, err
	}
	if out, err := command(tmp, "go", "build", "./...").CombinedOutput(); err != nil {
		return tally{}, fmt.Errorf("the planted program does not compile: %w\n%s", err, out)
	}
	if linter == "" {
		return count(plants), nil
	}
	after, err := lint(linter, tmp)
	if err != nil {
		return tally{}, fmt.Errorf("planted: %w", err)
	}
	return judge(os.Stdout, p.name, plants, before, after, verbose), nil
}

// command is a command that runs in dir, outside of any Go workspace.
func command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "PWD="+dir)
	return cmd
}

func printPlants(w io.Writer, programs []program) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range programs {
		plants, err := load(p.name)
		if err != nil {
			return err
		}
		for _, pl := range plants {
			rule := pl.rule
			if pl.silent {
				rule = "not " + rule
			}
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", p.name, pl.name, rule, pl.shape)
		}
	}
	return tw.Flush()
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "plant:", err)
	os.Exit(1)
}
