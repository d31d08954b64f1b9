package clean

import (
	"archive/tar"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
)

func under(data []byte) error {
	if len(data) > 100<<10 {
		return errors.New("too large")
	}
	return nil
}

// CheckedBytes has a function look at the length.
func (a *Activities) CheckedBytes(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := under(data); err != nil {
		return nil, err
	}
	return data, nil
}

// Entry reads what the header of an archive announces.
func (a *Activities) Entry(ctx context.Context, from string) ([]byte, error) {
	file, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	archive := tar.NewReader(file)
	header, err := archive.Next()
	if err != nil {
		return nil, err
	}
	if header.Size > 100<<10 {
		return nil, errors.New("too large")
	}
	return io.ReadAll(archive)
}

func limited(r io.Reader) io.Reader { return io.LimitReader(r, 100<<10) }

// LimitedByFunction has a function limit the reader.
func (a *Activities) LimitedByFunction(ctx context.Context, url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(limited(response.Body))
}
