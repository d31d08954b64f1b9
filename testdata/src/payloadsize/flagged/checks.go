package flagged

import (
	"context"
	"errors"
	"net/http"
	"os"
)

func some(data []byte) error {
	if len(data) > 0 {
		return nil
	}
	return errors.New("empty")
}

// Unchecked has functions look at the data, and at nothing of its length.
func (a *Activities) Unchecked(ctx context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := some(data); err != nil || http.DetectContentType(data) == "" {
		return nil, err
	}
	return data, nil // want `the result of Unchecked`
}
