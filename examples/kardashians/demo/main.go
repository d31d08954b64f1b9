// Command demo runs the good and the bad program on servers that TEMPORAL_ADDRESS and DATABASE_URL name, has every
// activity's first answer get lost, and shows what each has in its tables afterwards.
//
//	demo folder
//
// The folder has the programs: good/workflow-worker, good/activity-worker, good/starter, bad/worker, bad/starter. The exit
// status is 0 if the good program has every row once, and the bad one some twice.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("demo: ")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: demo folder")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()

	dir, err := filepath.Abs(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	if err := errors.Join(good(ctx, dir), bad(ctx, dir)); err != nil {
		log.Fatal(err)
	}
}

func good(ctx context.Context, dir string) error {
	p, err := newProgram(ctx, dir, "good")
	if err != nil {
		return err
	}
	defer p.close()
	fmt.Println("\n=== good: every activity runs twice, because the first answer is lost")
	if err := p.start("workflow-worker"); err != nil {
		return err
	}
	if err := p.start("activity-worker", "-lose-answers", "1"); err != nil {
		return err
	}
	if err := p.run("starter", "-wait"); err != nil {
		return err
	}
	// The starter has waited for the party. The other workflow goes on; its three people are enough.
	if err := p.await(`SELECT count(*) = 4 FROM kardashians`); err != nil {
		return err
	}
	people, err := p.show(`SELECT name, surname, count(*) FROM kardashians GROUP BY 1, 2 ORDER BY 1, 2`)
	if err != nil {
		return err
	}
	cars, err := p.show(`SELECT owner, plate, model, count(*) FROM cars GROUP BY 1, 2, 3 ORDER BY 1, 2`)
	if err != nil {
		return err
	}
	invitations, err := p.show(`SELECT guest, reply_to, count(*) FROM invitations GROUP BY 1, 2 ORDER BY 1, 2`)
	if err != nil {
		return err
	}
	if err := p.mishaps("activity-worker"); err != nil {
		return err
	}
	if people != 1 || cars != 1 || invitations != 1 {
		return errors.New("the good program has a row twice")
	}
	fmt.Println("good: every row once")
	return nil
}

func bad(ctx context.Context, dir string) error {
	p, err := newProgram(ctx, dir, "bad")
	if err != nil {
		return err
	}
	defer p.close()
	fmt.Println("\n=== bad: the same mishap")
	if err := p.start("worker", "-lose-answers", "1"); err != nil {
		return err
	}
	if err := p.run("starter"); err != nil {
		return err
	}
	if err := p.await(`SELECT (SELECT count(*) FROM cars) > 1 AND (SELECT count(*) FROM kardashians) > 0`); err != nil {
		return err
	}
	if _, err := p.show(`SELECT name, surname, count(*) FROM kardashians GROUP BY 1, 2 ORDER BY 1, 2`); err != nil {
		return err
	}
	cars, err := p.show(`SELECT owner, plate, model, count(*) FROM cars GROUP BY 1, 2, 3 ORDER BY 1, 2`)
	if err != nil {
		return err
	}
	if err := p.mishaps("worker"); err != nil {
		return err
	}
	if cars < 2 {
		return errors.New("the bad program has every row once")
	}
	fmt.Printf("bad: Kim has the same car %d times, without a plate, and nobody has a surname; its workflows wait forever\n", cars)
	return nil
}

// program is one of the two, with a database of its own and what was started.
type program struct {
	ctx     context.Context
	dir     string
	url     string
	db      *pgx.Conn
	running []*exec.Cmd
}

// newProgram makes a database with the program's tables.
func newProgram(ctx context.Context, dir, name string) (*program, error) {
	server, err := pgx.Connect(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return nil, err
	}
	defer server.Close(ctx)
	if _, err := server.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		return nil, err
	}
	u, err := url.Parse(os.Getenv("DATABASE_URL"))
	if err != nil {
		return nil, errors.New("DATABASE_URL is not a URL")
	}
	u.Path = "/" + name
	p := &program{ctx: ctx, dir: filepath.Join(dir, name), url: u.String()}
	if p.db, err = pgx.Connect(ctx, p.url); err != nil {
		return nil, err
	}
	schema, err := os.ReadFile(filepath.Join(p.dir, "schema.sql"))
	if err == nil {
		_, err = p.db.Exec(ctx, string(schema))
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// close ends what was started, and waits for it.
func (p *program) close() {
	for _, cmd := range p.running {
		cmd.Process.Signal(os.Interrupt)
	}
	for _, cmd := range p.running {
		cmd.Wait()
	}
	p.db.Close(context.WithoutCancel(p.ctx))
}

func (p *program) command(name string, args ...string) *exec.Cmd {
	fmt.Println("+", name, strings.Join(args, " "))
	cmd := exec.CommandContext(p.ctx, filepath.Join(p.dir, name), args...)
	cmd.Env = append(os.Environ(), "DATABASE_URL="+p.url)
	return cmd
}

// start starts a worker. Its log is in a file beside it.
func (p *program) start(name string, args ...string) error {
	cmd := p.command(name, args...)
	file, err := os.Create(filepath.Join(p.dir, name+".log"))
	if err != nil {
		return err
	}
	defer file.Close()
	cmd.Stdout, cmd.Stderr = file, file
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		return err
	}
	p.running = append(p.running, cmd)
	return nil
}

// run runs a program to its end.
func (p *program) run(name string, args ...string) error {
	cmd := p.command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// mishaps tells how many answers a worker has lost, and fails if that is none.
func (p *program) mishaps(worker string) error {
	text, err := os.ReadFile(filepath.Join(p.dir, worker+".log"))
	if err != nil {
		return err
	}
	n := strings.Count(string(text), "the work is done, and the answer lost")
	if n == 0 {
		return errors.New("no activity ran twice")
	}
	fmt.Printf("\n%d activities have run a second time after their work was done\n", n)
	return nil
}

// await waits until a query says true.
func (p *program) await(sql string) error {
	for {
		var done bool
		if err := p.db.QueryRow(p.ctx, sql).Scan(&done); err != nil {
			return err
		}
		if done {
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-p.ctx.Done():
			return fmt.Errorf("waiting for %s: %w", sql, p.ctx.Err())
		}
	}
}

// show prints the rows of a query whose last column counts, and returns the largest count.
func (p *program) show(sql string) (most int64, err error) {
	fmt.Println("\n" + sql)
	rows, err := p.db.Query(p.ctx, sql)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return 0, err
		}
		last := len(values) - 1
		for _, v := range values[:last] {
			fmt.Printf("  %-22q", v)
		}
		n := values[last].(int64)
		fmt.Printf("  %d time(s)\n", n)
		most = max(most, n)
	}
	return most, rows.Err()
}
