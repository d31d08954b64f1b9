// Package stories composes its store of small interfaces.
package stories

import "context"

// Reader reads stories.
type Reader interface {
	Story(ctx context.Context, id int64) (string, error)
}

// Writer writes stories.
type Writer interface {
	WriteStory(ctx context.Context, url string) error
}

// Store embeds both: WriteStory is declared by Writer and callable through Store.
type Store interface {
	Reader
	Writer
}

// Fetcher is registered by main.
type Fetcher struct {
	Store Store
}

// FetchStory calls the method of an embedded interface.
func (f *Fetcher) FetchStory(ctx context.Context, url string) error {
	return f.Store.WriteStory(ctx, url)
}

// ReadStory only reads through the same store.
func (f *Fetcher) ReadStory(ctx context.Context, id int64) (string, error) {
	return f.Store.Story(ctx, id)
}

// Copier needs the small interface only.
type Copier struct {
	Writer Writer
}

// CopyStory calls the method by the interface that declares it.
func (c *Copier) CopyStory(ctx context.Context, url string) error {
	return c.Writer.WriteStory(ctx, url)
}
