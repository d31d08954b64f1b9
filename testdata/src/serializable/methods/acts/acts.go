// Package acts has the activities of a struct that a command registers. Nothing executes
// most of them here: another program may, by name.
package acts

import "context"

// A Page is one page of stories.
type Page struct {
	URL  string
	done chan struct{}
	Next func() *Page
}

// Activities are the activities that command worker registers.
type Activities struct{}

// Fetch can travel.
func (a *Activities) Fetch(ctx context.Context, url string) (string, error) { return url, nil }

// Store cannot be called: its parameter has a function.
func (a *Activities) Store(ctx context.Context, page Page) error { return nil }

// Crawl cannot be read: its result has a function.
func (a *Activities) Crawl(ctx context.Context, url string) (*Page, error) { return nil, nil }

// Each is called as plain Go, by Fetch's neighbour.
func (a *Activities) Each(ctx context.Context, visit func(Page) error) error { return visit(Page{}) }

// Count calls Each.
func (a *Activities) Count(ctx context.Context) (n int, err error) {
	err = a.Each(ctx, func(Page) error { n++; return nil })
	return n, err
}

// Walk is called as plain Go, by another package.
func (a *Activities) Walk(ctx context.Context, visit func(Page) error) error { return visit(Page{}) }

// Visit is called through an interface.
func (a *Activities) Visit(ctx context.Context, visit func(Page) error) error { return visit(Page{}) }

// Index runs as a local activity: its arguments do not travel.
func (a *Activities) Index(ctx context.Context, page Page) error { return nil }

// Delete is executed, and reported there.
func (a *Activities) Delete(ctx context.Context, page Page) error { return nil }

// Quiet has a reason.
func (a *Activities) Quiet(ctx context.Context, page Page) error { return nil } //mcwflint:ignore serializable -- only called by a test
