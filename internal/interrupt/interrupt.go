// Package interrupt ends a run when a signal asks for it, together with the
// processes that the run has started: the go command and, below it, compilers,
// which would otherwise go on for minutes.
//
// They stay in the process group of the run. In one of their own they would miss
// what a terminal or a CI runner sends to the whole group.
package interrupt

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	// pause is the time between two looks at the processes. A process that was about
	// to start another at the first look is found with it at the second.
	pause = 20 * time.Millisecond
	// patience is the time that processes have to end by themselves. go/packages kills
	// the go command a second after it has interrupted it, and what the go command has
	// started could not be found any more.
	patience = 900 * time.Millisecond
	// limit is the time after which a run ends whatever is left.
	limit = 2 * time.Second
)

// Context returns a context that the first SIGINT or SIGTERM cancels; its cause names
// the signal. Another signal has no effect until the processes that were started
// have ended, which takes at most two seconds, and its usual effect afterwards.
//
// A program that calls stop exits with the status that stop is given or, after a
// signal, with the shells' status for it.
func Context(parent context.Context) (ctx context.Context, stop func(status int) int) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	// A shell script's background jobs are started so that they survive Ctrl-C.
	if !signal.Ignored(os.Interrupt) {
		signal.Notify(signals, os.Interrupt)
	}
	stopped := make(chan struct{})
	received := make(chan os.Signal, 1)
	go func() {
		defer close(received)
		select {
		case sig := <-signals:
			cancel(fmt.Errorf("stopped by signal: %s", sig))
			endDescendants()
			received <- sig
		case <-stopped:
		}
		signal.Stop(signals)
	}()
	return ctx, func(status int) int {
		close(stopped)
		sig, ok := <-received
		cancel(nil)
		switch {
		case !ok:
			return status
		case sig == os.Interrupt:
			return 128 + 2
		}
		return 128 + 15
	}
}

// endDescendants ends the processes that this one has started, those that they have
// started, and so on.
func endDescendants() {
	begin := time.Now()
	for quiet := 0; quiet < 2; quiet++ {
		for _, p := range descendants() {
			quiet = -1
			p.end(time.Since(begin) > patience)
		}
		if time.Since(begin) > limit {
			return
		}
		time.Sleep(pause)
	}
}

// end asks a process to end, or ends it.
func (d descendant) end(now bool) {
	p, err := os.FindProcess(d.pid)
	if err != nil {
		return
	}
	defer p.Release()
	switch {
	case now:
		p.Kill()
	case d.child:
		// The go command starts nothing more, waits for what runs and removes its
		// temporary files; SIGTERM would end it at once.
		p.Signal(os.Interrupt)
	default:
		// Compilers may have inherited that SIGINT is to be ignored.
		p.Signal(syscall.SIGTERM)
	}
}
